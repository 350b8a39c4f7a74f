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
    private static final long HALVING = 1 << 18;
    private static final int ITEM_RATE = 30; // Within an item, which has few decisions.
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

    /** What one question needs, for one thread, and what its item changed of the weights. */
    final class Question {
        /** What the contexts say, as logits in 1/1,024. */
        final int[] logits = new int[inputs];

        /** Which weights of each set. */
        final int[] chosen = new int[weights.length];

        private final int[] sums = new int[weights.length];
        private final int[][] rows = new int[weights.length][]; // Of each choice the number of its copy, if it is of this item.
        private final int[][] stamps = new int[weights.length][];
        private final int[][] copies = new int[weights.length][];
        private final int[] counts = new int[weights.length];
        private int[] lastOfItem = {};
        private int stamp;
        private int lastChosen;
        private int probability;

        /** For questions of items one after the other. */
        Question() {
            for (int set = 0; set < weights.length; set++) {
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

        /** The probability of a yes, in 1/65,536 from 4 to 65,532. */
        int probability(int chosenOfLast, boolean ofItem) {
            int sets = weights.length;
            lastChosen = chosenOfLast * sets;
            int[] lastWeights = ofItem ? lastOfItem : last;
            long total = 0;
            for (int set = 0; set < sets; set++) {
                boolean copy = ofItem && copied(set);
                int[] own = copy ? copies[set] : weights[set];
                int at = (copy ? rows[set][chosen[set]] : chosen[set]) * inputs;
                long sum = 0;
                for (int k = 0; k < inputs; k++) {
                    sum += (long) own[at + k] * logits[k];
                }
                sums[set] = (int) Math.max(-Logistic.LARGEST, Math.min(Logistic.LARGEST, sum >> UNIT));
                total += (long) lastWeights[lastChosen + set] * sums[set];
            }
            int logit = (int) Math.max(-Logistic.LARGEST, Math.min(Logistic.LARGEST, total >> UNIT));
            probability = Math.max(LEAST, Math.min(Logistic.ONE - LEAST, Logistic.probability(logit)));
            return probability;
        }

        /** Learns the answer of the last question, for this item alone or for all to come. */
        void learn(boolean yes, boolean ofItem) {
            int target = yes ? Logistic.ONE : 0;
            decisions += ofItem ? 0 : 1;
            long extra = EXTRA_RATE * HALVING / (HALVING + decisions);
            long rate = ofItem ? ITEM_RATE : RATE + extra;
            long half = 1L << RATE_BITS - 1;
            long lastStep = (long) (target - probability) * LAST_RATE;
            int[] lastWeights = ofItem ? lastOfItem : last;
            for (int set = 0; set < weights.length; set++) {
                lastWeights[lastChosen + set] += (int) (lastStep * sums[set] + half >> RATE_BITS);
                if (ofItem && !copied(set)) {
                    copy(set);
                }
                int[] own = ofItem ? copies[set] : weights[set];
                int at = (ofItem ? rows[set][chosen[set]] : chosen[set]) * inputs;
                long step = (target - Logistic.probability(sums[set])) * rate;
                for (int k = 0; k < inputs; k++) {
                    own[at + k] += (int) (step * logits[k] + half >> RATE_BITS);
                }
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
