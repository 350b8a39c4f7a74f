package dev.ardm.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of files to write, made from names of items that nobody vouches for. */
final class FileNames {
    private FileNames() {}

    /** A safe relative file name for each item, ending in {@code .png}, all different even if case does not count. */
    static List<String> png(ItemSet set) throws DataException {
        List<String> names = new ArrayList<>(set.size());
        Set<String> used = new HashSet<>();
        for (int i = 0; i < set.size(); i++) {
            String name = set.name(i);
            requireSafe(i, name);
            String stem = ImageDecoder.hasImageExtension(name) ? name.substring(0, name.lastIndexOf('.')) : name;
            String file = stem.isEmpty() || stem.endsWith("/") ? name + ".png" : stem + ".png";
            if (!used.add(file.toLowerCase(Locale.ROOT))) {
                file = name + ".png";
                if (!used.add(file.toLowerCase(Locale.ROOT))) {
                    throw new DataException("item " + i + ": the name " + name + " is taken by an earlier item");
                }
            }
            names.add(file);
        }
        return names;
    }

    private static void requireSafe(int item, String name) throws DataException {
        boolean bad = name.isEmpty() || name.length() > 1024;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            bad |= c < 0x20 || c == 0x7F || "\\:*?\"<>|".indexOf(c) >= 0;
        }
        for (String part : name.split("/", -1)) {
            bad |= part.isEmpty() || part.equals(".") || part.equals("..") || part.length() > 240;
        }
        if (bad) {
            throw new DataException("item " + item + ": its name \"" + shown(name)
                    + "\" is not a relative file name; it would lead out of the folder or cannot be written");
        }
    }

    private static String shown(String name) {
        String text = name.length() > 80 ? name.substring(0, 80) + "..." : name;
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
