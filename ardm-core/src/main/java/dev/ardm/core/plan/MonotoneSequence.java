package dev.ardm.core.plan;

/**
 * A sequence of integers that does not decrease, in about two bits for each where it ends near its length: term i is kept as
 * the set bit i + term (the upper half of the code of Elias 1974 and Fano 1971). An array of ints would take 32.
 */
final class MonotoneSequence {
    private static final int WORDS_PER_BLOCK = 64;

    private final long[] words;
    /** Terms before each block of words. */
    private final int[] before;

    private MonotoneSequence(long[] words) {
        this.words = words;
        this.before = new int[words.length / WORDS_PER_BLOCK + 1];
        int count = 0;
        for (int word = 0; word < words.length; word++) {
            if (word % WORDS_PER_BLOCK == 0) {
                before[word / WORDS_PER_BLOCK] = count;
            }
            count += Long.bitCount(words[word]);
        }
        if (words.length % WORDS_PER_BLOCK == 0) {
            before[words.length / WORDS_PER_BLOCK] = count;
        }
    }

    /** The first {@code length} terms, from 0 up and never decreasing. */
    static MonotoneSequence of(int[] terms, int length) {
        long bits = length == 0 ? 0 : (long) length + terms[length - 1];
        long[] words = new long[(int) ((bits + 63) >>> 6)];
        int word = 0;
        long current = 0; // in a register: updating the array for each term takes longer
        for (int i = 0; i < length; i++) {
            long bit = (long) i + terms[i];
            int place = (int) (bit >>> 6);
            if (place != word) {
                words[word] = current;
                word = place;
                current = 0;
            }
            current |= 1L << bit;
        }
        if (length > 0) {
            words[word] = current;
        }
        return new MonotoneSequence(words);
    }

    /** Term i, from 0; in O(log length). */
    int term(int i) {
        int low = 0;
        int high = before.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (before[middle] <= i) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        int word = low * WORDS_PER_BLOCK;
        int left = i - before[low];
        for (int count = Long.bitCount(words[word]); left >= count; count = Long.bitCount(words[word])) {
            left -= count;
            word++;
        }
        long rest = words[word];
        for (; left > 0; left--) {
            rest &= rest - 1;
        }
        return (int) (((long) word << 6) + Long.numberOfTrailingZeros(rest) - i);
    }
}
