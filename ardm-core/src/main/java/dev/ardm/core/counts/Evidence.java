package dev.ardm.core.counts;

import dev.ardm.core.counts.internal.Logistic;

/**
 * How often a symbol follows a context that has counted it {@code hits} times and others {@code misses} times: a probability for
 * each kind of context and each class of such counts, learnt from what happened.
 */
final class Evidence {
    private static final int LEVELS = 13;
    private static final int CELLS = LEVELS * LEVELS * 3;
    private static final int BITS = 28;
    private static final int MOST_SEEN = 1 << 14;

    private final int[] probabilities = new int[Contexts.ALL * CELLS];
    private final short[] seen = new short[Contexts.ALL * CELLS];

    Evidence() {
        for (int context = 0; context < Contexts.ALL; context++) {
            for (int cell = 0; cell < CELLS; cell++) {
                int hits = cell / 3 / LEVELS;
                int misses = cell / 3 % LEVELS;
                // (hits + 0.4) / (hits + misses + 0.8), as a count of few symbols suggests.
                probabilities[context * CELLS + cell] =
                        (int) (((5L * hits + 2) << BITS) / (5L * hits + 5L * misses + 4));
            }
        }
    }

    /**
     * The class of the counts of a symbol.
     *
     * @param context number of the context
     * @param hits of the symbol
     * @param misses of others that are not excluded
     * @param distinct number of symbols that followed the context
     */
    static int cell(int context, int hits, int misses, int distinct) {
        int spread = distinct == 1 ? 0 : distinct < 4 ? 1 : 2;
        return context * CELLS + (level(hits) * LEVELS + level(misses)) * 3 + spread;
    }

    private static int level(int count) {
        if (count < 6) {
            return count;
        }
        return count < 8
                ? 6
                : count < 12 ? 7 : count < 20 ? 8 : count < 40 ? 9 : count < 100 ? 10 : count < 400 ? 11 : 12;
    }

    /** The logit of a class. */
    int logit(int cell) {
        return Logistic.logit(probabilities[cell] >>> BITS - Logistic.BITS);
    }

    /** Learns whether the symbol followed. */
    void learn(int cell, boolean followed) {
        int count = seen[cell];
        // The first values weigh as much as four and a half observations.
        int change = ((followed ? (1 << BITS) - 1 : 0) - probabilities[cell]) / (2 * count + 9) * 2;
        probabilities[cell] += change;
        if (count < MOST_SEEN) {
            seen[cell] = (short) (count + 1);
        }
    }
}
