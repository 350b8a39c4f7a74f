package dev.ardm.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of items. */
final class Names {
    private Names() {}

    /** The index with as many leading zeros as the largest index of the set needs, at least five digits in all. */
    static String padded(int index, int size) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("item " + index + " of a set of " + size);
        }
        String digits = Integer.toString(index);
        int width = Math.max(5, Integer.toString(size - 1).length());
        return "0".repeat(width - digits.length()) + digits;
    }

    /** The names as they are if all differ, otherwise each with its group's label and {@code /} before it. */
    static List<String> joined(List<String> labels, List<List<String>> groups) {
        Set<String> seen = new HashSet<>();
        List<String> plain = new ArrayList<>();
        groups.forEach(plain::addAll);
        if (seen.addAll(plain) && seen.size() == plain.size()) {
            return plain;
        }
        Set<String> used = new HashSet<>();
        List<String> joined = new ArrayList<>(plain.size());
        for (int g = 0; g < groups.size(); g++) {
            String label = labels.get(g);
            for (int n = 2; !used.add(label); n++) {
                label = labels.get(g) + "-" + n;
            }
            for (String name : groups.get(g)) {
                joined.add(label + "/" + name);
            }
        }
        return joined;
    }
}
