package dev.ardm.core.counts.row;

import dev.ardm.core.decision.Logistic;
import dev.ardm.core.decision.SymbolCoder;

/**
 * Predicts the value of one column of a row given values of others, its parents. Threads may share it while nothing learns, each
 * with a {@link Lane} of its own.
 */
final class ColumnPredictor {
    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long FACTOR = 0xD6E8FEB86659FD93L;

    private final ColumnPlan plan;
    private final int categories;
    private final int[][] contexts;
    private final DecisionCounts counts;
    private final DecisionMixer mixer;

    /**
     * @param categories of the column
     * @param largest number of slots for counts, a power of two
     */
    ColumnPredictor(ColumnPlan plan, int categories, int largest) {
        this.plan = plan;
        this.categories = categories;
        this.contexts = plan.contexts();
        this.counts = new DecisionCounts(largest);
        this.mixer = new DecisionMixer(contexts.length);
    }

    /** Number of the column. */
    int column() {
        return plan.column();
    }

    /** Number of slots that its counts take. */
    int slots() {
        return counts.slots();
    }

    /** What a thread needs. */
    final class Lane {
        private final long[] hashes = new long[contexts.length];
        private final CategoryTree tree = new CategoryTree(plan.byFrequency());
        private final DecisionMixer.Decision decision = new DecisionMixer.Decision(contexts.length);

        /**
         * Codes the value of the column.
         *
         * @param row whose parents of the column are known
         * @param value ignored when reading
         */
        int code(SymbolCoder coder, int[] row, int value) {
            look(row);
            return code(coder, value, false);
        }

        private void look(int[] row) {
            for (int k = 0; k < contexts.length; k++) {
                long hash = k + 1L;
                for (int parent : contexts[k]) {
                    hash = mix(hash, row[parent]);
                }
                hashes[k] = hash;
            }
        }

        private int code(SymbolCoder coder, int value, boolean learning) {
            tree.begin(categories);
            while (!tree.found()) {
                int probability = probability(tree);
                boolean lower = coder.decide(probability, value < tree.split());
                if (learning) {
                    mixer.learn(decision, lower);
                    for (long hash : hashes) {
                        counts.add(mix(hash, tree.question()), lower);
                    }
                }
                tree.take(lower);
            }
            return tree.value();
        }

        /**
         * The probabilities of all values of the column.
         *
         * @param row whose parents of the column are known
         */
        double[] distribution(int[] row) {
            double[] probabilities = new double[categories];
            look(row);
            tree.begin(categories);
            spread(tree, 1, probabilities);
            return probabilities;
        }

        private void spread(CategoryTree left, double all, double[] probabilities) {
            if (left.found()) {
                probabilities[left.value()] = all;
            } else {
                double lower = (double) probability(left) / Logistic.ONE;
                spread(left.after(true), all * lower, probabilities);
                spread(left.after(false), all * (1 - lower), probabilities);
            }
        }

        private int probability(CategoryTree left) {
            long question = left.question();
            for (int k = 0; k < hashes.length; k++) {
                decision.counts[k] = counts.find(mix(hashes[k], question));
            }
            return mixer.probability(decision, left.depth());
        }
    }

    /** Codes the values of the column in rows, in their order, and learns them on request. What is read is put into the columns. */
    void code(SymbolCoder coder, int[][] columns, boolean learning) {
        Lane lane = new Lane();
        int[] values = columns[plan.column()];
        for (int r = 0; r < values.length; r++) {
            for (int k = 0; k < contexts.length; k++) {
                long hash = k + 1L;
                for (int parent : contexts[k]) {
                    hash = mix(hash, columns[parent][r]);
                }
                lane.hashes[k] = hash;
            }
            int value = lane.code(coder, values[r], learning);
            if (value != values[r]) { // Rows that are known are read by other threads too.
                values[r] = value;
            }
        }
    }

    private static long mix(long a, long b) {
        long x = (a ^ b * BASE) * FACTOR;
        x ^= x >>> 32;
        return x * FACTOR;
    }
}
