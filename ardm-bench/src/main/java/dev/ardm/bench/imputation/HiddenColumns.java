package dev.ardm.bench.imputation;

import dev.ardm.coding.internal.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The protocol by which fillers of tables are compared: one column is hidden at a time, in all test rows, and must be predicted from the
 * other columns of the same row. Whatever predicts, a distribution, a forest or a model that fills in, sees the same rows and is scored by the same
 * figures. In one process: {@link #rows} and {@link #score}. Through files: {@link #write}, and {@link #filled} for what came back.
 *
 * @param training what a predictor may learn from; decides which columns are numeric
 * @param test of the same columns
 */
public record HiddenColumns(CsvTable training, CsvTable test) {
    private static final double LN2 = Math.log(2);

    /**
     * One hidden field.
     *
     * @param row index of a test row
     * @param column index of the hidden column
     */
    public record Cell(int row, int column) {}

    /**
     * Figures of one column over all test rows.
     *
     * @param rows number of test rows
     * @param accuracy part of the rows whose field was predicted exactly
     * @param bits mean of -log2 of the probability that the true field was given; NaN without distributions
     * @param bitsError its standard error over the rows
     * @param absoluteError mean absolute error of the number; NaN if the column is not numeric
     * @param absoluteErrorError its standard error over the rows
     */
    public record Score(
            int rows,
            double accuracy,
            double bits,
            double bitsError,
            double absoluteError,
            double absoluteErrorError) {}

    /** @throws IllegalArgumentException if the columns differ, or a numeric column has a test field that is not an integer */
    public HiddenColumns {
        if (!training.names().equals(test.names())) {
            throw new IllegalArgumentException(
                    "columns differ: training " + training.names() + ", test " + test.names());
        }
        if (training.rows().isEmpty() || test.rows().isEmpty()) {
            throw new IllegalArgumentException("training and test need at least one row each");
        }
        for (int column = 0; column < training.names().size(); column++) {
            if (training.numeric(column) && !test.numeric(column)) {
                throw new IllegalArgumentException("column '" + training.names().get(column)
                        + "' is integers in training, and something else in the test rows");
            }
        }
    }

    /** All cases, column by column. */
    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (int column = 0; column < test.names().size(); column++) {
            for (int row = 0; row < test.rows().size(); row++) {
                cells.add(new Cell(row, column));
            }
        }
        return cells;
    }

    /** The mask (true = known) by column while one is hidden. */
    public boolean[] known(int hidden) {
        boolean[] known = new boolean[test.names().size()];
        Arrays.fill(known, true);
        known[hidden] = false;
        return known;
    }

    /** The test rows with an empty text in the hidden column. */
    public List<List<String>> rows(int hidden) {
        List<List<String>> rows = new ArrayList<>();
        for (List<String> row : test.rows()) {
            List<String> fields = new ArrayList<>(row);
            fields.set(hidden, "");
            rows.add(List.copyOf(fields));
        }
        return rows;
    }

    /**
     * Compares predictions with the truth.
     *
     * @param predictions one for each test row
     * @throws IllegalArgumentException if there are more or fewer, or only some have a distribution
     */
    public Score score(int hidden, List<Prediction> predictions) {
        int n = test.rows().size();
        if (predictions.size() != n) {
            throw new IllegalArgumentException(predictions.size() + " predictions for " + n + " test rows");
        }
        boolean numeric = training.numeric(hidden);
        double[] bits = new double[n];
        double[] errors = new double[n];
        int hits = 0;
        for (int row = 0; row < n; row++) {
            Prediction prediction = predictions.get(row);
            String truth = test.rows().get(row).get(hidden);
            hits += prediction.value().equals(truth) ? 1 : 0;
            bits[row] = -Math.log(prediction.probability(truth)) / LN2;
            if (Double.isNaN(bits[row]) != Double.isNaN(bits[0])) {
                throw new IllegalArgumentException("row " + row + " has a distribution and row 0 none, or the reverse");
            }
            errors[row] = numeric ? Math.abs(prediction.number() - Long.parseLong(truth)) : Double.NaN;
        }
        return new Score(n, (double) hits / n, mean(bits), standardError(bits), mean(errors), standardError(errors));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double standardError(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1) / values.length);
    }

    /** Name of the file that {@link #write} makes for a column. */
    public String fileName(int hidden) {
        return String.format(
                "hidden-%02d-%s.csv", hidden, test.names().get(hidden).replaceAll("[^A-Za-z0-9_-]", "_"));
    }

    /** Writes a CSV file for each column into a folder: header and all test rows, the fields of that column empty. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int hidden = 0; hidden < test.names().size(); hidden++) {
            StringBuilder text = new StringBuilder(line(test.names()));
            rows(hidden).forEach(row -> text.append(line(row)));
            AtomicFile.write(
                    folder.resolve(fileName(hidden)),
                    true,
                    stream -> stream.write(text.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** A line of CSV. Commons CSV would quote an empty first field, which a reader that keeps quotes takes for a text. */
    private static String line(List<String> fields) {
        return fields.stream()
                        .map(field -> field.matches("[^\",\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(","))
                + "\n";
    }

    /**
     * The content of a filled table in a column, to be scored.
     *
     * @param filled the test rows in their order, nothing changed but the hidden column
     * @throws IllegalArgumentException if other columns or rows differ from the test rows', or a number is none; the message names the row
     */
    public List<Prediction> filled(int hidden, CsvTable filled) {
        if (!filled.names().equals(test.names())
                || filled.rows().size() != test.rows().size()) {
            throw new IllegalArgumentException(
                    "the filled table has " + filled.rows().size() + " rows of " + filled.names()
                            + ", the test rows are " + test.rows().size() + " of " + test.names());
        }
        boolean numeric = training.numeric(hidden);
        if (numeric && !filled.numeric(hidden)) {
            throw new IllegalArgumentException(
                    "column '" + test.names().get(hidden) + "' was filled with something that is not an integer");
        }
        List<Prediction> predictions = new ArrayList<>();
        for (int row = 0; row < filled.rows().size(); row++) {
            List<String> fields = new ArrayList<>(filled.rows().get(row));
            String value = fields.set(hidden, test.rows().get(row).get(hidden));
            if (!fields.equals(test.rows().get(row))) {
                throw new IllegalArgumentException(
                        "row " + row + " of the filled table is another row, or known fields were changed");
            }
            predictions.add(Prediction.point(value, numeric ? Long.parseLong(value) : Double.NaN));
        }
        return predictions;
    }
}
