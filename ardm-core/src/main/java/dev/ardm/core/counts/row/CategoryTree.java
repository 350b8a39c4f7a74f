package dev.ardm.core.counts.row;

/**
 * A value as answers to questions: is it in the lower part of the range that is left? Where values are numbered by how frequent
 * they are, the first question is for 0, the next ones for 1 and 2, 3 to 6, 7 to 14 and so on; otherwise each halves the range.
 */
final class CategoryTree {
    private final boolean byFrequency;
    private int low;
    private int high;
    private int block; // Size of the next block; 0 inside of one.
    private int depth;

    CategoryTree(boolean byFrequency) {
        this.byFrequency = byFrequency;
    }

    /** Begins a value from 0 to {@code categories - 1}. */
    void begin(int categories) {
        low = 0;
        high = categories;
        block = byFrequency ? 1 : 0;
        depth = 0;
    }

    /** What is left after one more answer; this stays as it is. */
    CategoryTree after(boolean lower) {
        CategoryTree after = new CategoryTree(byFrequency);
        after.low = low;
        after.high = high;
        after.block = block;
        after.depth = depth;
        after.take(lower);
        return after;
    }

    /** Whether only one value is left. */
    boolean found() {
        return high - low == 1;
    }

    /** The least value that is left. */
    int value() {
        return low;
    }

    /** The question, as a number of its own. */
    int question() {
        return low << 16 | high - 1;
    }

    /** Number of answers so far. */
    int depth() {
        return depth;
    }

    /** The first value that is not in the lower part. */
    int split() {
        return block == 0 || low + block >= high ? low + high + 1 >>> 1 : low + block;
    }

    /** Takes the lower part or the other. */
    void take(boolean lower) {
        boolean last = low + block >= high;
        int split = split();
        if (lower) {
            high = split;
            block = 0;
        } else {
            low = split;
            block = last ? 0 : block * 2;
        }
        depth++;
    }
}
