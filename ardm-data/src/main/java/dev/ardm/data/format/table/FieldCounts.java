package dev.ardm.data.format.table;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each text occurs in a column, as long as there are not too many of them. */
final class FieldCounts {
    /** Longer texts are not words. */
    private static final int MAX_WORD_BYTES = 256;

    private final int most;
    private final Map<String, int[]> counts = new HashMap<>();
    private boolean complete = true;

    /**
     * None yet.
     *
     * @param most the most texts that are counted: the first ones
     */
    FieldCounts(int most) {
        this.most = most;
    }

    void add(String field) {
        int[] count = counts.get(field);
        if (count != null) {
            count[0]++;
        } else if (counts.size() < most && field.length() <= MAX_WORD_BYTES && FieldText.utf8(field) != null) {
            counts.put(field, new int[] {1});
        } else {
            complete = false;
        }
    }

    /** The counts of two columns that have no text in common. */
    static FieldCounts union(FieldCounts one, FieldCounts other) {
        FieldCounts union = new FieldCounts(Integer.MAX_VALUE);
        union.counts.putAll(one.counts);
        union.counts.putAll(other.counts);
        union.complete = one.complete && other.complete;
        return union;
    }

    /** Whether all texts of the column were counted. */
    boolean complete() {
        return complete;
    }

    int size() {
        return counts.size();
    }

    int count(String field) {
        int[] count = counts.get(field);
        return count == null ? 0 : count[0];
    }

    /**
     * The most frequent texts first, those of one frequency in the order of their bytes.
     *
     * @param least the least number of occurrences of a text
     * @param limit the most texts
     */
    List<String> words(int least, int limit) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue()[0] >= least)
                .sorted(Comparator.comparingInt((Map.Entry<String, int[]> entry) -> -entry.getValue()[0])
                        .thenComparing(Map.Entry::getKey))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }
}
