package dev.ardm.core.counts.row;

import dev.ardm.core.decision.Logistic;
import java.util.Arrays;

/**
 * Mixes what several contexts counted to the probability of a yes. Small counts become a logit that is learnt for each context and
 * pair of counts; the logits are summed with weights that are learnt for each context and size of its counts; the sum is corrected
 * by what happened at such sums. Learns online; threads may share it while nothing learns.
 *
 * <p>Source: M. Mahoney, "Adaptive weighing of context models for lossless data compression" (2005), mixing in the logistic
 * domain and secondary estimation.
 */
final class DecisionMixer {
    /** The largest number of depths that have weights of their own. */
    static final int DEPTHS = 12;

    private static final int SMALL = 8; // Counts of at most this sum have a cell for each pair.
    private static final int SIZES = 12;
    private static final int CELLS = (SMALL + 1) * (SMALL + 1) + 2 * SIZES;
    private static final int BITS = 28;
    private static final int MOST_SEEN = 1 << 12;
    private static final int UNIT = 1 << 16; // Of weights.
    private static final int BIAS = 307; // A logit that every decision has.
    private static final int STEP = 768; // Of the logits at which results are corrected.
    private static final int KNOTS = 2 * (Logistic.LARGEST + 1) / STEP + 1;

    // The rate of the weights, in 1/4,096, falls with the number of decisions.
    private static final int LEAST_RATE = 2;
    private static final int MORE_AT_FIRST = 20;
    private static final int HALF_AFTER = 20_000;

    private final int inputs;
    private final int[] probabilities;
    private final short[] seen;
    private final int[] bySize;
    private final int[] byDepth;
    private final int[] corrected = new int[DEPTHS * KNOTS];
    private int decisions;

    DecisionMixer(int inputs) {
        this.inputs = inputs;
        probabilities = new int[inputs * CELLS];
        seen = new short[inputs * CELLS];
        bySize = new int[(inputs + 1) * SIZES];
        byDepth = new int[(inputs + 1) * DEPTHS];
        Arrays.fill(bySize, (int) (0.6 * UNIT / StrictMath.sqrt(inputs)));
        for (int input = 0; input < inputs; input++) {
            for (int yes = 0; yes <= SMALL; yes++) {
                for (int no = 0; no <= SMALL; no++) {
                    probabilities[input * CELLS + yes * (SMALL + 1) + no] =
                            (int) (((5L * yes + 2) << BITS) / (5L * yes + 5L * no + 4));
                }
            }
            for (int size = 0; size < SIZES; size++) {
                int at = input * CELLS + (SMALL + 1) * (SMALL + 1) + 2 * size;
                int n = 1 << size;
                probabilities[at] = (int) ((2L << BITS) / (5L * n + 4));
                probabilities[at + 1] = (int) (((5L * n + 2) << BITS) / (5L * n + 4));
            }
        }
        for (int k = 0; k < corrected.length; k++) {
            corrected[k] = Logistic.probability(k % KNOTS * STEP - Logistic.LARGEST - 1) << 6;
        }
    }

    /** What one decision needs, for one thread. */
    static final class Decision {
        /** What each context counted, see {@link DecisionCounts#find}. */
        final int[] counts;

        private final int[] cells;
        private final int[] sizes;
        private final int[] logits;
        private int depth;
        private int mixed;
        private int knot;
        private int within;

        Decision(int inputs) {
            counts = new int[inputs];
            cells = new int[inputs];
            sizes = new int[inputs];
            logits = new int[inputs];
        }
    }

    private static int size(int total) {
        return total < 4 ? total - 1 : Math.min(SIZES - 1, 1 + 31 - Integer.numberOfLeadingZeros(total));
    }

    /**
     * The probability of a yes, from 1 to 65,535 in 1/65,536.
     *
     * @param decision whose counts are set
     * @param depth number of decisions before on the same value
     */
    int probability(Decision decision, int depth) {
        decision.depth = Math.min(depth, DEPTHS - 1);
        long sum = (long) (bySize[inputs * SIZES] + byDepth[inputs * DEPTHS + decision.depth]) * BIAS;
        for (int k = 0; k < inputs; k++) {
            int count = decision.counts[k];
            if (count == 0) {
                continue;
            }
            int yes = count >>> 16;
            int no = count & 0xFFFF;
            int total = yes + no;
            int size = size(total);
            int cell = -1;
            if (total <= SMALL) {
                cell = k * CELLS + yes * (SMALL + 1) + no;
            } else if (yes == 0 || no == 0) {
                cell = k * CELLS + (SMALL + 1) * (SMALL + 1) + 2 * size + (no == 0 ? 1 : 0);
            }
            int logit = cell >= 0
                    ? Logistic.logit(probabilities[cell] >>> BITS - Logistic.BITS)
                    : Logistic.logit((int) (((5L * yes + 2) << Logistic.BITS) / (5L * total + 4)));
            decision.cells[k] = cell;
            decision.sizes[k] = k * SIZES + size;
            decision.logits[k] = logit;
            sum += (long) (bySize[k * SIZES + size] + byDepth[k * DEPTHS + decision.depth]) * logit;
        }
        int logit = (int) Math.max(-Logistic.LARGEST, Math.min(Logistic.LARGEST, sum / UNIT));
        decision.mixed = Logistic.probability(logit);
        int at = logit + Logistic.LARGEST + 1;
        decision.knot = decision.depth * KNOTS + at / STEP;
        decision.within = at % STEP;
        long refined = (long) corrected[decision.knot] * (STEP - decision.within)
                + (long) corrected[decision.knot + 1] * decision.within;
        return Math.max(1, Math.min(Logistic.ONE - 1, decision.mixed + (int) (refined / (STEP << 6)) >> 1));
    }

    /** Learns from the last decision. */
    void learn(Decision decision, boolean yes) {
        int error = (yes ? Logistic.ONE : 0) - decision.mixed;
        decisions = Math.min(decisions + 1, 1 << 30);
        int rate = LEAST_RATE + (int) ((long) MORE_AT_FIRST * HALF_AFTER / (HALF_AFTER + (long) decisions));
        long step = (long) error * rate;
        int bias = (int) (step * BIAS + (1 << 21) >> 22);
        bySize[inputs * SIZES] += bias;
        byDepth[inputs * DEPTHS + decision.depth] += bias;
        for (int k = 0; k < inputs; k++) {
            if (decision.counts[k] == 0) {
                continue;
            }
            int change = (int) (step * decision.logits[k] + (1 << 21) >> 22);
            bySize[decision.sizes[k]] += change;
            byDepth[k * DEPTHS + decision.depth] += change;
            int cell = decision.cells[k];
            if (cell >= 0) {
                int count = seen[cell];
                // The first values weigh as much as four and a half observations.
                probabilities[cell] += ((yes ? (1 << BITS) - 1 : 0) - probabilities[cell]) / (2 * count + 9) * 2;
                if (count < MOST_SEEN) {
                    seen[cell] = (short) (count + 1);
                }
            }
        }
        int target = yes ? (1 << 22) - 1 : 0;
        int near = decision.within < STEP / 2 ? decision.knot : decision.knot + 1;
        corrected[near] += (target - corrected[near]) / 200;
    }
}
