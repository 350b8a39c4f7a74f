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
    private static final long HALF = 1L << RATE_BITS - 1;
    private static final int RATE = 10; // 0.0006: what is frozen must not follow the last images.
    private static final int EXTRA_RATE = 100; // At the beginning, and half of it after HALVING decisions.
    private static final long HALVING = 1 << 18;
    private static final int ITEM_RATE = 30; // Within an item, which has few decisions.
    private static final int LAST_RATE = 8;
    private static final int LEAST = 4;

    /** Number of sets of weights. Their sums are made side by side, because four sums keep a processor busier than one. */
    static final int SETS = 4;

    private final int inputs;
    private final int[][] weights;
    private final int[] last;
    private long decisions;

    /**
     * @param inputs number of logits
     * @param choices for each of the {@link #SETS} sets of weights how many there are to choose from
     * @param lastChoices how many sets of last weights
     */
    AnswerMixer(int inputs, int[] choices, int lastChoices) {
        this.inputs = inputs;
        weights = new int[SETS][];
        for (int set = 0; set < SETS; set++) {
            weights[set] = new int[choices[set] * inputs];
            Arrays.fill(weights[set], (4 << UNIT) / (inputs * 2 / 3 + 1));
        }
        last = new int[lastChoices * SETS];
        Arrays.fill(last, (1 << UNIT) / SETS);
    }

    private static int limited(long sum) {
        return (int) Math.max(-Logistic.LARGEST, Math.min(Logistic.LARGEST, sum >> UNIT));
    }

    /** What one question needs, for one thread, and what its item changed of the weights. */
    final class Question {
        /** What the contexts say, as logits in 1/1,024. */
        final int[] logits = new int[inputs];

        /** How many of the logits there are; the others count as zeros, which change nothing. */
        int used;

        /** Which weights of each set. */
        final int[] chosen = new int[SETS];

        private final int[] sums = new int[SETS];
        private final int[][] rows = new int[SETS][]; // Of each choice the number of its copy, if it is of this item.
        private final int[][] stamps = new int[SETS][];
        private final int[][] copies = new int[SETS][];
        private final int[] counts = new int[SETS];
        private int[] lastOfItem = {};
        private int stamp;
        private int lastChosen;
        private int probability;

        /** For questions of items one after the other. */
        Question() {
            for (int set = 0; set < SETS; set++) {
                rows[set] = new int[weights[set].length / inputs];
                stamps[set] = new int[rows[set].length];
                copies[set] = new int[8 * inputs];
            }
        }

        /** Begins an item: its weights are those that were learnt. */
        void begin() {
            stamp++;
            if (stamp == 0) {
                for (int[] of : stamps) {
                    Arrays.fill(of, 0);
                }
                stamp = 1;
            }
            Arrays.fill(counts, 0);
            lastOfItem = last.clone();
        }

        /** Whether a set's chosen weights are copied. */
        private boolean copied(int set) {
            return stamps[set][chosen[set]] == stamp;
        }

        /** The weights of a set, among which are the chosen ones. */
        private int[] weights(int set, boolean copy) {
            return copy ? copies[set] : weights[set];
        }

        /** Where the chosen ones begin. */
        private int from(int set, boolean copy) {
            return (copy ? rows[set][chosen[set]] : chosen[set]) * inputs;
        }

        /** The probability of a yes, in 1/65,536 from 4 to 65,532. */
        int probability(int chosenOfLast, boolean ofItem) {
            sum(ofItem && copied(0), ofItem && copied(1), ofItem && copied(2), ofItem && copied(3));
            lastChosen = chosenOfLast * SETS;
            int[] lastWeights = ofItem ? lastOfItem : last;
            long total = 0;
            for (int set = 0; set < SETS; set++) {
                total += (long) lastWeights[lastChosen + set] * sums[set];
            }
            int logit = limited(total);
            probability = Math.max(LEAST, Math.min(Logistic.ONE - LEAST, Logistic.probability(logit)));
            return probability;
        }

        private void sum(boolean copy0, boolean copy1, boolean copy2, boolean copy3) {
            int[] w0 = weights(0, copy0);
            int[] w1 = weights(1, copy1);
            int[] w2 = weights(2, copy2);
            int[] w3 = weights(3, copy3);
            int from0 = from(0, copy0);
            int from1 = from(1, copy1);
            int from2 = from(2, copy2);
            int from3 = from(3, copy3);
            int[] x = logits;
            int n = used;
            long sum0 = 0;
            long sum1 = 0;
            long sum2 = 0;
            long sum3 = 0;
            for (int k = 0; k < n; k++) {
                long logit = x[k];
                sum0 += w0[from0 + k] * logit;
                sum1 += w1[from1 + k] * logit;
                sum2 += w2[from2 + k] * logit;
                sum3 += w3[from3 + k] * logit;
            }
            sums[0] = limited(sum0);
            sums[1] = limited(sum1);
            sums[2] = limited(sum2);
            sums[3] = limited(sum3);
        }

        /** Learns the answer of the last question, for this item alone or for all to come. */
        void learn(boolean yes, boolean ofItem) {
            int target = yes ? Logistic.ONE : 0;
            decisions += ofItem ? 0 : 1;
            long extra = EXTRA_RATE * HALVING / (HALVING + decisions);
            long rate = ofItem ? ITEM_RATE : RATE + extra;
            long lastStep = (long) (target - probability) * LAST_RATE;
            int[] lastWeights = ofItem ? lastOfItem : last;
            for (int set = 0; set < SETS; set++) {
                lastWeights[lastChosen + set] += (int) (lastStep * sums[set] + HALF >> RATE_BITS);
                if (ofItem && !copied(set)) {
                    copy(set);
                }
            }
            step(target, rate, ofItem);
        }

        private void step(int target, long rate, boolean ofItem) {
            int[] w0 = weights(0, ofItem);
            int[] w1 = weights(1, ofItem);
            int[] w2 = weights(2, ofItem);
            int[] w3 = weights(3, ofItem);
            int from0 = from(0, ofItem);
            int from1 = from(1, ofItem);
            int from2 = from(2, ofItem);
            int from3 = from(3, ofItem);
            long step0 = (target - Logistic.probability(sums[0])) * rate;
            long step1 = (target - Logistic.probability(sums[1])) * rate;
            long step2 = (target - Logistic.probability(sums[2])) * rate;
            long step3 = (target - Logistic.probability(sums[3])) * rate;
            int[] x = logits;
            int n = used;
            for (int k = 0; k < n; k++) {
                long logit = x[k];
                w0[from0 + k] += (int) (step0 * logit + HALF >> RATE_BITS);
                w1[from1 + k] += (int) (step1 * logit + HALF >> RATE_BITS);
                w2[from2 + k] += (int) (step2 * logit + HALF >> RATE_BITS);
                w3[from3 + k] += (int) (step3 * logit + HALF >> RATE_BITS);
            }
        }

        private void copy(int set) {
            int row = counts[set]++;
            if (counts[set] * inputs > copies[set].length) {
                copies[set] = Arrays.copyOf(copies[set], 2 * copies[set].length);
            }
            System.arraycopy(weights[set], chosen[set] * inputs, copies[set], row * inputs, inputs);
            rows[set][chosen[set]] = row;
            stamps[set][chosen[set]] = stamp;
        }
    }
}
