package dev.ardm.core.masking.window;

import java.util.Arrays;

/**
 * A window of an item: D consecutive values, of which some are known and the others are generated. The first window of a
 * sequence of n values generates all of its values; every other one begins c values before what is not generated yet, and
 * the last one as many before as it takes to end where the sequence does. Of a sequence of fewer than D values the rest of
 * the window is absent, if the network has ends; for others it is filled with padding values, which count as known. Part of
 * the archive format.
 *
 * @param start where in the item it begins
 * @param from first position in the window that is generated; what is before it is known
 * @param to after the last position in the window that is generated; what is after it is filling
 */
public record SequenceWindow(int start, int from, int to) {
    /** The number of windows of an item of n values. */
    public static int count(int n, int dimensions, int context) {
        if (n <= dimensions) {
            return n == 0 ? 0 : 1;
        }
        int step = dimensions - context;
        return 1 + (n - dimensions + step - 1) / step;
    }

    /** Window {@code index} of an item of n values. */
    public static SequenceWindow of(int n, int dimensions, int context, int index) {
        if (index == 0) {
            return new SequenceWindow(0, 0, Math.min(n, dimensions));
        }
        int step = dimensions - context;
        int regular = Math.multiplyExact(index, step);
        int start = Math.min(regular, n - dimensions);
        return new SequenceWindow(start, regular - start + context, dimensions);
    }

    /** Number of values that are generated. */
    public int generated() {
        return to - from;
    }

    /**
     * The values of the window in an item, then padding values.
     *
     * @param length how many in all
     */
    public int[] item(int[] values, int length, int paddingValue) {
        int[] item = new int[length];
        int present = Math.min(length, values.length - start);
        System.arraycopy(values, start, item, 0, present);
        Arrays.fill(item, present, length, paddingValue);
        return item;
    }
}
