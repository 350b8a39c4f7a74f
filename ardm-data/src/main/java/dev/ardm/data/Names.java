package dev.ardm.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of items. */
public final class Names {
    private Names() {}

    /** The index with as many leading zeros as the largest index of the set needs, at least five digits in all. */
    public static String padded(int index, int size) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("item " + index + " of a set of " + size);
        }
        String digits = Integer.toString(index);
        return "0".repeat(width(size) - digits.length()) + digits;
    }

    /** The length of every padded index of a set of a size. */
    public static int width(int size) {
        return Math.max(5, Integer.toString(size - 1).length());
    }

    /** Whether a name is a padded index of a set of a size. */
    public static boolean isPadded(String name, int size) {
        return name.length() == width(size)
                && name.chars().allMatch(c -> c >= '0' && c <= '9')
                && Long.parseLong(name) < size;
    }

    /** The names as they are if all differ, otherwise each with its group's label and {@code /} before it. */
    static List<String> joined(List<String> labels, List<List<String>> groups) {
        Set<String> seen = new HashSet<>();
        List<String> plain = new ArrayList<>();
        groups.forEach(plain::addAll);
        if (seen.addAll(plain) && seen.size() == plain.size()) {
            return plain;
        }
        List<String> distinct = distinct(labels);
        List<String> joined = new ArrayList<>(plain.size());
        for (int g = 0; g < groups.size(); g++) {
            for (String name : groups.get(g)) {
                joined.add(distinct.get(g) + "/" + name);
            }
        }
        return joined;
    }

    /** Keeps labels as they are; repeated ones get a number from 2. */
    public static List<String> distinct(List<String> labels) {
        Set<String> used = new HashSet<>();
        List<String> distinct = new ArrayList<>(labels.size());
        for (String wanted : labels) {
            String label = wanted;
            for (int n = 2; !used.add(label); n++) {
                label = wanted + "-" + n;
            }
            distinct.add(label);
        }
        return distinct;
    }
}
