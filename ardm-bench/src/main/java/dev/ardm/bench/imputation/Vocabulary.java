package dev.ardm.bench.imputation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The field texts that a column has in the training rows: in the order of their numbers if it is numeric, else of the texts. */
final class Vocabulary {
    private final List<String> texts;
    private final Map<String, Integer> index = new TreeMap<>();
    private final boolean numeric;
    private final int trainingRows;

    Vocabulary(CsvTable training, int column) {
        numeric = training.numeric(column);
        trainingRows = training.rows().size();
        Comparator<String> order = numeric ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
        texts = training.column(column).stream()
                .distinct()
                .sorted(order.thenComparing(Comparator.naturalOrder()))
                .toList();
        for (int i = 0; i < texts.size(); i++) {
            index.put(texts.get(i), i);
        }
    }

    int size() {
        return texts.size();
    }

    boolean numeric() {
        return numeric;
    }

    /** Place of a text; -1 if it is not there. */
    int of(String text) {
        return index.getOrDefault(text, -1);
    }

    /**
     * A distribution over the texts. One part in n + 1, n training rows, is kept for a text that is none of them (rule of succession), without
     * saying which: else one unseen text among the test rows would cost infinitely many bits.
     *
     * @param weights one for each text, not negative, sum positive
     */
    Prediction distribution(float[] weights) {
        double sum = 0;
        int best = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            best = weights[i] > weights[best] ? i : best;
        }
        return new Distribution(weights, sum, texts.get(best));
    }

    private final class Distribution implements Prediction {
        private final float[] weights;
        private final double sum;
        private final String mode;

        Distribution(float[] weights, double sum, String mode) {
            this.weights = weights;
            this.sum = sum;
            this.mode = mode;
        }

        @Override
        public String value() {
            return mode;
        }

        @Override
        public double number() {
            if (!numeric) {
                return Double.NaN;
            }
            double below = 0;
            for (int i = 0; i < weights.length; i++) {
                below += weights[i];
                if (below >= sum / 2) {
                    return Long.parseLong(texts.get(i));
                }
            }
            return Long.parseLong(texts.get(weights.length - 1));
        }

        @Override
        public double probability(String text) {
            int at = of(text);
            double unseen = 1.0 / (trainingRows + 1);
            // A softmax in binary32 underflows; no text that was seen is impossible.
            return at < 0 ? unseen : (1 - unseen) * Math.max(weights[at] / sum, Float.MIN_NORMAL);
        }
    }
}
