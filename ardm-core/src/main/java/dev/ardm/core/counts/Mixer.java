package dev.ardm.core.counts;

import dev.ardm.core.decision.Logistic;
import java.util.Arrays;

/**
 * Mixes logits to one probability: a logistic regression whose weights are the mean of three sets, each chosen by what is known
 * of the place, and then a correction of the result by what happened at such results. Learns online.
 *
 * <p>Source: M. Mahoney, "Adaptive weighing of context models for lossless data compression" (2005), mixing in the logistic
 * domain and secondary estimation.
 */
final class Mixer {
    /** Number of logits. */
    private static final int INPUTS = Contexts.ALL;

    private static final int ATTEMPTS = 4;
    private static final int LENGTHS = Contexts.ORDERS + 1;
    private static final int FIRST = LENGTHS * ATTEMPTS * 4;
    private static final int SECOND = 258 * 3;
    private static final int THIRD = 64 * ATTEMPTS;
    private static final int STEP = 768; // Of the logits at which results are corrected.
    private static final int KNOTS = 2 * (Logistic.LARGEST + 1) / STEP + 1;

    /** The unit of weights. */
    static final int UNIT = 1 << 16;

    /** Binary logarithm of the unit of corrected probabilities. */
    static final int CORRECTED_BITS = 22;

    final int[] weights = new int[(FIRST + SECOND + THIRD) * (INPUTS + 1)];
    final int[] corrected = new int[FIRST * KNOTS];

    Mixer() {
        Arrays.fill(weights, UNIT / 4);
        for (int k = 0; k < corrected.length; k++) {
            corrected[k] =
                    Logistic.probability(k % KNOTS * STEP - Logistic.LARGEST - 1) << CORRECTED_BITS - Logistic.BITS;
        }
    }

    /** What one decision needs, for one thread. */
    static final class Decision {
        /** Number of contexts that know something. */
        int inputs;

        /** Their numbers. */
        final int[] contexts = new int[INPUTS];

        /** Their logits. */
        final int[] logits = new int[INPUTS];

        private int first;
        private int second;
        private int third;
        private int mixed;
        private int knot;
        private int within;
    }

    /**
     * The probability, from 1 to 65,535 in 1/65,536, that the candidate is right.
     *
     * @param longest number of the longest order that is known, from 1; 0 if there is none
     * @param attempt number of candidates before
     * @param support 0 to 3: what the longest known context says of the candidate
     * @param previous symbol
     * @param place number of symbols before in the item
     */
    int probability(Decision decision, int longest, int attempt, int support, int previous, int place) {
        int row = (longest * ATTEMPTS + Math.min(attempt, ATTEMPTS - 1)) * 4 + support;
        decision.first = row * (INPUTS + 1);
        decision.second = (FIRST + previous * 3 + Math.min(attempt, 3 - 1)) * (INPUTS + 1);
        decision.third =
                (FIRST + SECOND + Math.min(place, 63) * ATTEMPTS + Math.min(attempt, ATTEMPTS - 1)) * (INPUTS + 1);
        long sum = (long) weight(decision, INPUTS) * BIAS;
        for (int k = 0; k < decision.inputs; k++) {
            sum += (long) weight(decision, decision.contexts[k]) * decision.logits[k];
        }
        int logit = (int) Math.max(-Logistic.LARGEST, Math.min(Logistic.LARGEST, sum / (3L * UNIT)));
        decision.mixed = Logistic.probability(logit);
        int at = logit + Logistic.LARGEST + 1;
        decision.knot = row * KNOTS + at / STEP;
        decision.within = at % STEP;
        long refined = (long) corrected[decision.knot] * (STEP - decision.within)
                + (long) corrected[decision.knot + 1] * decision.within;
        return Math.max(
                1,
                Math.min(
                        Logistic.ONE - 1,
                        decision.mixed + (int) (refined / (STEP << CORRECTED_BITS - Logistic.BITS)) >> 1));
    }

    private static final int BIAS = 307; // A logit that every decision has.

    /**
     * Learns from the last decision.
     *
     * @param rate of the weights, in 1/4,096
     */
    void learn(Decision decision, boolean right, int rate) {
        int error = (right ? Logistic.ONE : 0) - decision.mixed;
        long step = (long) error * rate;
        change(decision, INPUTS, step * BIAS);
        for (int k = 0; k < decision.inputs; k++) {
            change(decision, decision.contexts[k], step * decision.logits[k]);
        }
        int target = right ? (1 << CORRECTED_BITS) - 1 : 0;
        int near = decision.within < STEP / 2 ? decision.knot : decision.knot + 1;
        corrected[near] += (target - corrected[near]) / 50;
    }

    private int weight(Decision decision, int input) {
        return weights[decision.first + input] + weights[decision.second + input] + weights[decision.third + input];
    }

    private void change(Decision decision, int input, long step) {
        int change = (int) (step + (1 << 21) >> 22);
        weights[decision.first + input] += change;
        weights[decision.second + input] += change;
        weights[decision.third + input] += change;
    }
}
