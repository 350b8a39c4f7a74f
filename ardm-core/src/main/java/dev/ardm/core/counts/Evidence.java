package dev.ardm.core.counts;

import dev.ardm.core.decision.Logistic;

/**
 * How often a symbol follows a context that has counted it {@code hits} times and others {@code misses} times: a probability for
 * each kind of context and each class of such counts, learnt from what happened.
 */
final class Evidence {
    private static final int LEVELS = 13;
    private static final int SPREADS = 3;
    private static final int FEW = LEVELS * LEVELS * SPREADS; // Classes of hits and misses.
    private static final int MANY = 16; // Counts from which on there are classes of their ratio instead.
    private static final int LEAST_HITS = 3;
    private static final int RATIOS = 64;
    private static final int RATIO = 256; // Width of such a class, in the unit of logits.
    private static final int SURE = 6;
    private static final int CELLS = FEW + RATIOS * SURE * SPREADS;

    /** Binary logarithm of the unit of probabilities. */
    static final int BITS = 28;

    private static final int MOST_SEEN = 1 << 14;
    private static final int MOST_COUNTED = 400;
    private static final byte[] LEVEL = levels();
    private static final int SHARE_BITS = 24;

    // How far a cell follows what happens: the first values weigh as much as four and a half observations.
    private static final int[] SHARE = shares();

    final int[] probabilities = new int[Contexts.ALL * CELLS];
    private final short[] seen = new short[Contexts.ALL * CELLS];
    private final short[] logits = new short[Contexts.ALL * CELLS];

    Evidence() {
        for (int context = 0; context < Contexts.ALL; context++) {
            for (int cell = 0; cell < CELLS; cell++) {
                probabilities[context * CELLS + cell] = cell < FEW
                        ? few(cell / SPREADS / LEVELS, cell / SPREADS % LEVELS)
                        : many((cell - FEW) / SPREADS / SURE);
                refresh(context * CELLS + cell);
            }
        }
    }

    /** (hits + 0.4) / (hits + misses + 0.8), as a count of few symbols suggests. */
    private static int few(int hits, int misses) {
        return (int) (((5L * hits + 2) << BITS) / (5L * hits + 5L * misses + 4));
    }

    private static int many(int ratio) {
        return Logistic.probability((ratio - RATIOS / 2) * RATIO + RATIO / 2) << BITS - Logistic.BITS;
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
        int all = hits + misses;
        if (all >= MANY && hits >= LEAST_HITS) {
            int logit = Logistic.logit((int) ((((long) hits << Logistic.BITS) - 1) / all));
            int ratio = Math.max(0, Math.min(RATIOS - 1, Math.floorDiv(logit, RATIO) + RATIOS / 2));
            return context * CELLS + FEW + (ratio * SURE + sure(all)) * SPREADS + spread;
        }
        return context * CELLS + (level(hits) * LEVELS + level(misses)) * SPREADS + spread;
    }

    private static int sure(int all) {
        return all < 32 ? 0 : all < 64 ? 1 : all < 200 ? 2 : all < 800 ? 3 : all < 5_000 ? 4 : 5;
    }

    private static int level(int count) {
        return LEVEL[Math.min(count, MOST_COUNTED)];
    }

    private static byte[] levels() {
        byte[] levels = new byte[MOST_COUNTED + 1];
        int[] from = {0, 1, 2, 3, 4, 5, 6, 8, 12, 20, 40, 100, 400};
        for (int count = 0; count < levels.length; count++) {
            while (levels[count] + 1 < from.length && from[levels[count] + 1] <= count) {
                levels[count]++;
            }
        }
        return levels;
    }

    private static int[] shares() {
        int[] shares = new int[MOST_SEEN + 1];
        for (int seen = 0; seen < shares.length; seen++) {
            shares[seen] = (1 << SHARE_BITS + 1) / (2 * seen + 9);
        }
        return shares;
    }

    /** Takes probabilities that were written from outside. */
    void refresh() {
        for (int cell = 0; cell < probabilities.length; cell++) {
            refresh(cell);
        }
    }

    private void refresh(int cell) {
        logits[cell] = (short) Logistic.logit(probabilities[cell] >>> BITS - Logistic.BITS);
    }

    /** The logit of a class. */
    int logit(int cell) {
        return logits[cell];
    }

    /** Learns whether the symbol followed. */
    void learn(int cell, boolean followed) {
        int count = seen[cell];
        long wrong = (followed ? (1 << BITS) - 1 : 0) - probabilities[cell];
        probabilities[cell] += (int) (wrong * SHARE[count] >> SHARE_BITS);
        refresh(cell);
        if (count < MOST_SEEN) {
            seen[cell] = (short) (count + 1);
        }
    }
}
