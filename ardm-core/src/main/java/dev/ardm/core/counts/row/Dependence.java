package dev.ardm.core.counts.row;

import java.util.Arrays;

/**
 * What columns of a sample of rows cost when they are coded given others: the adaptive code length in 1/1,024 bits, so that what a context
 * must learn first counts too.
 */
final class Dependence {
    private static final int UNIT = 1024;
    private static final int BITS = 12;
    private static final int[] LOGS = new int[1 << BITS];

    // How many observations in a context the frequencies of a column outweigh: for a close dependence, and for a loose
    // one.
    private static final int CLOSE = 2;
    private static final int LOOSE = 64;

    static {
        for (int k = 1; k < LOGS.length; k++) {
            LOGS[k] = (int) StrictMath.rint(UNIT * StrictMath.log(k) / StrictMath.log(2));
        }
    }

    private final int[][] columns;
    private final int[] categories;
    private final int rows;

    /** @param columns values of each column, of the same rows */
    Dependence(int[][] columns, int[] categories) {
        this.columns = columns;
        this.categories = categories;
        this.rows = columns[0].length;
    }

    /** Numbers of rows by a context that is finer by a column: rows of one number agree in all columns so far. */
    int[] refine(int[] groups, int column) {
        Groups table = new Groups(rows);
        int[] refined = new int[rows];
        for (int r = 0; r < rows; r++) {
            refined[r] = table.number((long) groups[r] << 16 | columns[column][r]);
        }
        return refined;
    }

    /** The cost of a column given the group of each row. */
    long cost(int column, int[] groups) {
        Groups pairs = new Groups(rows);
        int[] counts = new int[rows];
        int[] totals = new int[rows];
        int[] all = new int[categories[column]];
        int k = categories[column];
        long close = 0;
        long loose = 0;
        for (int r = 0; r < rows; r++) {
            int value = columns[column][r];
            int group = groups[r];
            int pair = pairs.number((long) group << 16 | value);
            // (count + prior * (2 all + 1) / (2 r + k)) / (total + prior)
            long seen = 2L * r + k;
            long usual = 2L * all[value] + 1;
            close += log(seen * (totals[group] + CLOSE)) - log(counts[pair] * seen + CLOSE * usual);
            loose += log(seen * (totals[group] + LOOSE)) - log(counts[pair] * seen + LOOSE * usual);
            counts[pair]++;
            totals[group]++;
            all[value]++;
        }
        return Math.min(close, loose);
    }

    /** The group of all rows. */
    int[] one() {
        return new int[rows];
    }

    private static int log(long x) {
        int shift = Math.max(0, 64 - BITS - Long.numberOfLeadingZeros(x));
        return LOGS[(int) (x >>> shift)] + shift * UNIT;
    }

    /** Gives numbers to keys, in the order in which they come. */
    private static final class Groups {
        private final long[] keys;
        private final int[] numbers;
        private int count;

        Groups(int most) {
            int size = Integer.highestOneBit(Math.max(4, most)) * 4;
            keys = new long[size];
            numbers = new int[size];
            Arrays.fill(keys, -1);
        }

        int number(long key) {
            int mask = keys.length - 1;
            long hash = key * 0x9E3779B97F4A7C15L;
            int at = (int) (hash >>> 40) & mask;
            while (keys[at] != key && keys[at] != -1) {
                at = at + 1 & mask;
            }
            if (keys[at] == -1) {
                keys[at] = key;
                numbers[at] = count++;
            }
            return numbers[at];
        }
    }
}
