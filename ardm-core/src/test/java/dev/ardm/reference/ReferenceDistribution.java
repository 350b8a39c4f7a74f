package dev.ardm.reference;

import java.util.Arrays;

/** A distribution: the frequencies of symbols, which add up to a power of two (format.md, Distributions). */
final class ReferenceDistribution {

    private final int precision;
    private final long[] starts;

    private ReferenceDistribution(int precision, long[] starts) {
        this.precision = precision;
        this.starts = starts;
    }

    /** Makes the distribution of integer weights of symbols that are all feasible, at precision 24. */
    static ReferenceDistribution of(long[] weights) {
        boolean[] feasible = new boolean[weights.length];
        Arrays.fill(feasible, true);
        return of(weights, feasible, 24);
    }

    /** Makes the distribution of integer weights; those of symbols that are not feasible do not matter. */
    static ReferenceDistribution of(long[] weights, boolean[] feasible, int precision) {
        int n = weights.length;
        long total = 0;
        int m = 0;
        for (int k = 0; k < n; k++) {
            if (feasible[k]) {
                total += weights[k];
                m++;
            }
        }
        boolean equal = total == 0;
        if (equal) {
            total = m;
        }
        long[] frequencies = new long[n];
        long left = 1L << precision;
        int largest = -1;
        for (int k = 0; k < n; k++) {
            if (feasible[k]) {
                long weight = equal ? 1 : weights[k];
                frequencies[k] = 1 + weight * ((1L << precision) - m) / total;
                left -= frequencies[k];
                if (largest < 0 || !equal && weight > weights[largest]) {
                    largest = k;
                }
            }
        }
        frequencies[largest] += left;
        long[] starts = new long[n + 1];
        for (int k = 0; k < n; k++) {
            starts[k + 1] = starts[k] + frequencies[k];
        }
        return new ReferenceDistribution(precision, starts);
    }

    /** Makes a distribution of frequencies that add up to a power of two. */
    static ReferenceDistribution ofFrequencies(int precision, long... frequencies) {
        long[] starts = new long[frequencies.length + 1];
        for (int k = 0; k < frequencies.length; k++) {
            starts[k + 1] = starts[k] + frequencies[k];
        }
        return new ReferenceDistribution(precision, starts);
    }

    int precision() {
        return precision;
    }

    long start(int symbol) {
        return starts[symbol];
    }

    long frequency(int symbol) {
        return starts[symbol + 1] - starts[symbol];
    }

    /** Returns the symbol that owns a slot. */
    int owner(long slot) {
        int symbol = 0;
        while (slot >= starts[symbol + 1]) {
            symbol++;
        }
        return symbol;
    }
}
