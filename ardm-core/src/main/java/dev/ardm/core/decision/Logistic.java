package dev.ardm.core.decision;

/**
 * The logistic function and its inverse in integers. Probabilities are in 1/65,536, logits in 1/1,024. The tables come from
 * {@link StrictMath}, which gives the same bits everywhere.
 */
public final class Logistic {
    /** Binary logarithm of the unit of probabilities. */
    public static final int BITS = 16;

    /** Probability 1. */
    public static final int ONE = 1 << BITS;

    /** The logit of probability 1 - 1/65,536, and more than every other. */
    public static final int LARGEST = 12 * 1024 - 1;

    private static final short[] LOGITS = new short[ONE];
    private static final int[] PROBABILITIES = new int[2 * LARGEST + 1];

    static {
        for (int p = 1; p < ONE; p++) {
            LOGITS[p] = (short) StrictMath.rint(1024 * StrictMath.log((double) p / (ONE - p)));
        }
        LOGITS[0] = LOGITS[1];
        for (int k = -LARGEST; k <= LARGEST; k++) {
            PROBABILITIES[k + LARGEST] =
                    Math.min(ONE - 1, Math.max(1, (int) StrictMath.rint(ONE / (1 + StrictMath.exp(-k / 1024.0)))));
        }
    }

    private Logistic() {}

    /** The logit of a probability from 0 to 65,535; 0 counts as the smallest that is not 0. */
    public static int logit(int probability) {
        return LOGITS[probability];
    }

    /** The probability, from 1 to 65,535, of a logit. */
    public static int probability(int logit) {
        return PROBABILITIES[Math.max(-LARGEST, Math.min(LARGEST, logit)) + LARGEST];
    }
}
