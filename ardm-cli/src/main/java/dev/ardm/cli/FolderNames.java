package dev.ardm.cli;

import dev.ardm.data.ImageFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Names of items as names of files of this system: with characters replaced that it does not
 * take. A name that would then occur twice gets a number. Whether a name leads out of the folder is for the writer of the
 * folder to find out. Keeps no names; goes through the items in order, twice.
 */
final class FolderNames {
    /** The names that are given away. */
    interface Taken {
        /** Adds a name; false if it was there. */
        boolean add(String name) throws IOException;
    }

    /** Looks at a name. */
    interface Check {
        /** Objects by an exception. */
        void accept(int item, String name) throws IOException;
    }

    private final ItemNames names;
    private final Taken taken;
    private final int to;
    private int next;

    /**
     * The names of the items from one on and before another.
     *
     * @param taken holds no names yet, and takes one for each item
     */
    FolderNames(ItemNames names, int from, int to, Taken taken) {
        this.names = names;
        this.taken = taken;
        this.to = to;
        this.next = from;
    }

    /** The name of an item that has none: its number, so that items left out do not shift the others. */
    static String numbered(int item, int items) {
        int width = Math.max(5, Integer.toString(Math.max(0, items - 1)).length());
        return String.format(Locale.ROOT, "%0" + width + "d", item);
    }

    /** All names at once, of items that all have another. */
    static List<String> portable(List<String> names) throws IOException {
        FolderNames folder = new FolderNames(names::get, 0, names.size(), new HashSet<>()::add);
        folder.reserve((item, name) -> {});
        List<String> portable = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            portable.add(folder.name(i));
        }
        return portable;
    }

    /**
     * First of all, reserves the names that stay as they are, so that no changed one takes them.
     *
     * @param check hears the names without refused characters
     * @return whether all that stay as they are differ
     */
    boolean reserve(Check check) throws IOException {
        boolean differ = true;
        for (int k = next; k < to; k++) {
            String name = names.name(k);
            String plain = replaced(name);
            check.accept(k, plain);
            differ &= !plain.equals(name) || taken.add(name);
        }
        return differ;
    }

    /** The name of an item, which is a later one each time. Numbers do not depend on which items are asked for. */
    String name(int item) throws IOException {
        while (next < item) {
            give(next++);
        }
        next = item + 1;
        return give(item);
    }

    private String give(int item) throws IOException {
        String name = names.name(item);
        String plain = replaced(name);
        if (plain.equals(name)) {
            return name;
        }
        String free = plain;
        for (int n = 2; !taken.add(free); n++) {
            int dot = plain.lastIndexOf('.');
            int end = dot > plain.lastIndexOf('/') ? dot : plain.length();
            free = plain.substring(0, end) + "_" + n + plain.substring(end);
        }
        return free;
    }

    private static String replaced(String name) {
        return ImageFolder.writableName(name);
    }
}
