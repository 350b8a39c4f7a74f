package dev.ardm.core.counts.pixel;

import dev.ardm.core.decision.Logistic;
import java.util.Arrays;

/**
 * Mixes what the contexts of a question say to the probability of a yes. Several sets of weights, each chosen by something else
 * about the question, sum up the same logits; a last set sums up their results. Learns online; threads may share it while nothing
 * learns.
 *
 * <p>Source: M. Mahoney, "Adaptive weighing of context models for lossless data compression" (2005).
 */
final class AnswerMixer {
    private static final int UNIT = 16; // Binary logarithm of the weight 1.
    private static final int RATE_BITS = 24;
    private static final int RATE = 10; // 0.0006: what is frozen must not follow the last images.
    private static final int EXTRA_RATE = 100; // At the beginning, and half of it after HALVING decisions.
    private static final long HALVING = 1 << 20;
    private static final int LAST_RATE = 8;
    private static final int LEAST = 4;

    private final int inputs;
    private final int[][] weights;
    private final int[] last;
    private long decisions;

    /**
     * @param inputs number of logits
     * @param choices for each set of weights how many there are to choose from
     * @param lastChoices how many sets of last weights
     */
    AnswerMixer(int inputs, int[] choices, int lastChoices) {
        this.inputs = inputs;
        weights = new int[choices.length][];
        for (int set = 0; set < choices.length; set++) {
            weights[set] = new int[choices[set] * inputs];
            Arrays.fill(weights[set], (4 << UNIT) / (inputs * 2 / 3 + 1));
        }
        last = new int[lastChoices * choices.length];
        Arrays.fill(last, (1 << UNIT) / choices.length);
    }

    /** What one question needs, for one thread. */
    static final class Question {
        /** What the contexts say, as logits in 1/1,024. */
        final int[] logits;

        /** Which weights of each set. */
        final int[] chosen;

        private final int[] sums;
        private int lastChosen;
        private int probability;

        Question(int inputs, int sets) {
            logits = new int[inputs];
            chosen = new int[sets];
            sums = new int[sets];
        }
    }

    /** The probability of a yes, in 1/65,536 from 4 to 65,532. */
    int probability(Question question, int lastChosen) {
        int sets = weights.length;
        question.lastChosen = lastChosen * sets;
        long total = 0;
        for (int set = 0; set < sets; set++) {
            int[] own = weights[set];
            int at = question.chosen[set] * inputs;
            long sum = 0;
            for (int k = 0; k < inputs; k++) {
                sum += (long) own[at + k] * question.logits[k];
            }
            question.sums[set] = (int) Math.max(-Logistic.LARGEST, Math.min(Logistic.LARGEST, sum >> UNIT));
            total += (long) last[question.lastChosen + set] * question.sums[set];
        }
        int logit = (int) Math.max(-Logistic.LARGEST, Math.min(Logistic.LARGEST, total >> UNIT));
        question.probability = Math.max(LEAST, Math.min(Logistic.ONE - LEAST, Logistic.probability(logit)));
        return question.probability;
    }

    /** Learns the answer of the last question. */
    void learn(Question question, boolean yes) {
        int target = yes ? Logistic.ONE : 0;
        decisions++;
        long rate = RATE + EXTRA_RATE * HALVING / (HALVING + decisions);
        long half = 1L << RATE_BITS - 1;
        long lastStep = (long) (target - question.probability) * LAST_RATE;
        for (int set = 0; set < weights.length; set++) {
            last[question.lastChosen + set] += (int) (lastStep * question.sums[set] + half >> RATE_BITS);
            int[] own = weights[set];
            int at = question.chosen[set] * inputs;
            long step = (target - Logistic.probability(question.sums[set])) * rate;
            for (int k = 0; k < inputs; k++) {
                own[at + k] += (int) (step * question.logits[k] + half >> RATE_BITS);
            }
        }
    }
}
