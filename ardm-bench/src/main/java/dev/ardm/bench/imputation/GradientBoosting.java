package dev.ardm.bench.imputation;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Gradient-boosted trees (XGBoost: Chen and Guestrin 2016) for one column, as people use them: nine tenths of rows and columns for each tree, the number
 * of rounds by early stopping on a tenth of the training rows (once, for all seeds), then trained on all of them. A column of few enough values is
 * classified (soft maximum, log-loss); the number of a numeric column comes from a regression of its own, under absolute error.
 */
final class GradientBoosting {
    /** Columns of more values have no classifier: a round needs a tree for each value. */
    private static final int MOST_CLASSES = 256;
    /** Classes from which on trees are smaller and steps larger, which takes fewer and cheaper rounds. */
    private static final int MANY_CLASSES = 32;

    private static final int MOST_ROUNDS = 1000;
    private static final int PATIENCE = 10;
    private static final int HELD_OUT = 10;
    private static final long SPLIT_SEED = 0;

    private final CsvTable training;
    private final int column;
    private final Vocabulary vocabulary;
    private final RowFeatures features;
    private final Map<String, Integer> rounds = new TreeMap<>();

    GradientBoosting(CsvTable training, int column) {
        this.training = training;
        this.column = column;
        this.vocabulary = new Vocabulary(training, column);
        this.features = new RowFeatures(training, column);
    }

    /** A predictor whose trees see the rows and columns that a seed draws. */
    ColumnPredictor seeded(long seed) {
        return rows -> predict(rows, seed);
    }

    private List<Prediction> predict(List<List<String>> rows, long seed) throws XGBoostError {
        boolean classified = vocabulary.size() <= MOST_CLASSES;
        float[][] distributions = classified ? run(classifier(seed), labels(false), rows) : new float[0][];
        float[][] numbers = vocabulary.numeric() ? run(regression(seed), labels(true), rows) : new float[0][];
        List<Prediction> predictions = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            double number = vocabulary.numeric() ? numbers[row][0] : Double.NaN;
            predictions.add(
                    classified
                            ? new Both(vocabulary.distribution(distributions[row]), number)
                            : Prediction.point(Long.toString(Math.round(number)), number));
        }
        return predictions;
    }

    private record Both(Prediction distribution, double number) implements Prediction {
        @Override
        public String value() {
            return distribution.value();
        }

        @Override
        public double probability(String text) {
            return distribution.probability(text);
        }
    }

    private float[] labels(boolean numbers) {
        List<String> texts = training.column(column);
        float[] labels = new float[texts.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = numbers ? Long.parseLong(texts.get(i)) : vocabulary.of(texts.get(i));
        }
        return labels;
    }

    private Map<String, Object> classifier(long seed) {
        Map<String, Object> parameters = parameters("multi:softprob", "mlogloss", seed);
        boolean many = vocabulary.size() > MANY_CLASSES;
        parameters.put("num_class", vocabulary.size());
        parameters.put("max_depth", many ? 4 : 6);
        parameters.put("eta", many ? 0.3 : 0.1);
        if (many) {
            // From equal probabilities the first Newton step to those of rare classes overshoots by tens of bits.
            parameters.put("max_delta_step", 1);
        }
        return parameters;
    }

    private Map<String, Object> regression(long seed) {
        Map<String, Object> parameters = parameters("reg:absoluteerror", "mae", seed);
        parameters.put("max_depth", 6);
        parameters.put("eta", 0.1);
        return parameters;
    }

    private Map<String, Object> parameters(String objective, String metric, long seed) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("objective", objective);
        parameters.put("eval_metric", metric);
        parameters.put("maximize_evaluation_metrics", false);
        parameters.put("tree_method", "hist");
        parameters.put("subsample", 0.9);
        parameters.put("colsample_bytree", 0.9);
        parameters.put("seed", seed);
        // Columns run in parallel instead.
        parameters.put("nthread", 1);
        parameters.put("verbosity", 0);
        parameters.put("silent", "True");
        return parameters;
    }

    /** Trains and predicts; shape {@code [rows, classes or 1]}. */
    private float[][] run(Map<String, Object> parameters, float[] labels, List<List<String>> rows) throws XGBoostError {
        String objective = String.valueOf(parameters.get("objective"));
        if (!rounds.containsKey(objective)) {
            rounds.put(objective, rounds(parameters, labels));
        }
        int[] everyRow = IntStream.range(0, labels.length).toArray();
        DMatrix all = matrix(everyRow, labels);
        DMatrix asked = features.matrix(rows);
        Booster booster = XGBoost.train(all, parameters, rounds.get(objective), Map.of(), null, null);
        try {
            return booster.predict(asked);
        } finally {
            booster.dispose();
            all.dispose();
            asked.dispose();
        }
    }

    private int rounds(Map<String, Object> parameters, float[] labels) throws XGBoostError {
        int[] order = RandomStream.of(SPLIT_SEED, Purpose.SPLIT, 0).permutation(labels.length);
        int held = Math.max(1, labels.length / HELD_OUT);
        DMatrix validation = matrix(Arrays.copyOf(order, held), labels);
        DMatrix rest = matrix(Arrays.copyOfRange(order, held, order.length), labels);
        float[][] history = new float[1][MOST_ROUNDS];
        Booster booster = XGBoost.train(
                rest, parameters, MOST_ROUNDS, Map.of("validation", validation), history, null, null, PATIENCE);
        booster.dispose();
        validation.dispose();
        rest.dispose();
        int best = 0;
        for (int round = 1; round < MOST_ROUNDS; round++) {
            // Rounds after the last stand as zeros.
            if (history[0][round] > 0 && history[0][round] < history[0][best]) {
                best = round;
            }
        }
        return best + 1;
    }

    private DMatrix matrix(int[] rows, float[] labels) throws XGBoostError {
        List<List<String>> fields = new ArrayList<>();
        float[] chosen = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            fields.add(training.rows().get(rows[i]));
            chosen[i] = labels[rows[i]];
        }
        DMatrix matrix = features.matrix(fields);
        matrix.setLabel(chosen);
        return matrix;
    }
}
