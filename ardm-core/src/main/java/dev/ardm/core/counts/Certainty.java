package dev.ardm.core.counts;

import dev.ardm.core.decision.Logistic;

/**
 * How often the only symbol that ever followed a long context follows again: a probability for each length of context, class of
 * how often it followed, and number of such symbols before that were right, learnt from what happened.
 */
final class Certainty {
    private static final int RUNS = 4;
    private static final int LEVELS = 16;

    /** Binary logarithm of the unit of probabilities. */
    static final int BITS = 28;

    private static final int MOST_SEEN = 1 << 10;

    final int[] probabilities = new int[Contexts.ORDERS * LEVELS * RUNS];
    private final short[] seen = new short[probabilities.length];

    Certainty() {
        for (int cell = 0; cell < probabilities.length; cell++) {
            int level = cell / RUNS % LEVELS;
            probabilities[cell] = (int) (((8L << level / 2) - 1 << BITS) / (8L << level / 2));
        }
    }

    /**
     * The class of a symbol.
     *
     * @param order number of the context
     * @param count how often the symbol followed it
     * @param run number of certain symbols before that were right
     */
    static int cell(int order, int count, int run) {
        int log = 31 - Integer.numberOfLeadingZeros(count);
        int level = Math.min(LEVELS - 1, 2 * log + (log > 0 ? count >>> log - 1 & 1 : 0));
        return (order * LEVELS + level) * RUNS + Math.min(run, RUNS - 1);
    }

    /** The probability of a class, from 1 to 65,535 in 1/65,536. */
    int probability(int cell) {
        return Math.max(1, Math.min(Logistic.ONE - 1, probabilities[cell] >>> BITS - Logistic.BITS));
    }

    /** Learns whether the symbol followed. */
    void learn(int cell, boolean followed) {
        int count = seen[cell];
        probabilities[cell] += ((followed ? (1 << BITS) - 1 : 0) - probabilities[cell]) / (2 * count + 9) * 2;
        if (count < MOST_SEEN) {
            seen[cell] = (short) (count + 1);
        }
    }
}
