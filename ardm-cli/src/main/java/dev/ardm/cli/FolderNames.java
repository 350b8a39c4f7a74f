package dev.ardm.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of items as names of files that every file system takes. */
final class FolderNames {
    private FolderNames() {}

    /** The name of an item that has none: its number, so that items left out do not shift the others. */
    static String numbered(int item, int items) {
        int width = Math.max(5, Integer.toString(Math.max(0, items - 1)).length());
        return String.format(Locale.ROOT, "%0" + width + "d", item);
    }

    /**
     * The names with characters replaced that some file system does not take; a name that would then occur twice gets a
     * number. Whether a name leads out of the folder is for the writer of the folder to find out.
     */
    static List<String> portable(List<String> names) {
        Set<String> used = new HashSet<>();
        for (String name : names) {
            if (name.equals(portable(name))) {
                used.add(name);
            }
        }
        List<String> out = new ArrayList<>(names.size());
        for (String name : names) {
            String changed = portable(name);
            if (!changed.equals(name)) {
                String plain = changed;
                for (int n = 2; !used.add(changed); n++) {
                    int dot = plain.lastIndexOf('.');
                    int end = dot > plain.lastIndexOf('/') ? dot : plain.length();
                    changed = plain.substring(0, end) + "_" + n + plain.substring(end);
                }
            }
            out.add(changed);
        }
        return out;
    }

    private static String portable(String name) {
        return name.replaceAll("[\\p{Cntrl}\\\\:*?\"<>|]", "_");
    }
}
