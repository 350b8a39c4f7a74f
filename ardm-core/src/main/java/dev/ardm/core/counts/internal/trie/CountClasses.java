package dev.ardm.core.counts.internal.trie;

/** Counts as they are stored: those below 8 exactly, others as the middle of a class a quarter as wide as its octave. */
final class CountClasses {
    /** The largest count. */
    static final int MOST = 1 << 28;

    /** The class of the largest count. */
    static final int LARGEST = of(MOST);

    private CountClasses() {}

    /** The class of a count of at least 0. */
    static int of(long count) {
        if (count < 4) {
            return (int) count;
        }
        int octave = 63 - Long.numberOfLeadingZeros(count);
        return 4 * (octave - 1) + (int) (count >>> octave - 2 & 3);
    }

    /** The count that a class stands for, of at most {@link #LARGEST}. */
    static int count(int of) {
        if (of < 8) {
            return of;
        }
        int shift = of / 4 - 1;
        return (4 + of % 4 << shift) + (1 << shift - 1);
    }
}
