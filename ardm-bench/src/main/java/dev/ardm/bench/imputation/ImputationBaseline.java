package dev.ardm.bench.imputation;

import dev.ardm.bench.imputation.HiddenColumns.Score;
import dev.ardm.coding.internal.file.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Predicts each column of test rows from the others, by the frequencies of the training rows and by gradient-boosted trees for each of several seeds.
 * Prints Markdown, and writes every figure of every seed as tab-separated values.
 */
public final class ImputationBaseline {
    private static final String HEADER =
            "column\tmethod\tseed\trows\taccuracy\tbits\tbits_error\tabsolute_error\tabsolute_error_error\tseconds\n";

    private final HiddenColumns protocol;

    private ImputationBaseline(HiddenColumns protocol) {
        this.protocol = protocol;
    }

    /** Arguments: training and test rows as CSV, the file for the figures, and how many seeds (3). */
    public static void main(String[] args) throws Exception {
        if (args.length < 3 || args.length > 4) {
            System.err.println("usage: bench/run imputation-baseline TRAIN.csv TEST.csv OUT.tsv [SEEDS]");
            System.exit(2);
        }
        int seeds = args.length > 3 ? Integer.parseInt(args[3]) : 3;
        HiddenColumns protocol = new HiddenColumns(CsvTable.read(Path.of(args[0])), CsvTable.read(Path.of(args[1])));
        new ImputationBaseline(protocol)
                .run(Path.of(args[2]), seeds, Runtime.getRuntime().availableProcessors());
    }

    private void run(Path target, int seeds, int threads) throws Exception {
        System.out.println("| column | values in training | accuracy: mode | trees | bits: frequencies | trees"
                + " | mean absolute error: median | trees |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        StringBuilder figures = new StringBuilder(HEADER);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Result>> results = new ArrayList<>();
            for (int c = 0; c < protocol.training().names().size(); c++) {
                int column = c;
                results.add(pool.submit(() -> measure(column, seeds)));
            }
            for (Future<Result> result : results) {
                System.out.println(result.get().row());
                figures.append(result.get().figures());
                AtomicFile.write(
                        target, true, stream -> stream.write(figures.toString().getBytes(StandardCharsets.UTF_8)));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Of one column: a row of the Markdown table, and lines of figures. */
    private record Result(String row, String figures) {}

    private Result measure(int column, int seeds) throws Exception {
        StringBuilder lines = new StringBuilder();
        CsvTable training = protocol.training();
        Score marginal = score(lines, "frequencies", 0, column, new MarginalDistribution(training, column));
        GradientBoosting boosting = new GradientBoosting(training, column);
        List<Score> trees = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            trees.add(score(lines, "xgboost", seed, column, boosting.seeded(seed)));
        }
        return new Result(row(column, marginal, trees), lines.toString());
    }

    private Score score(StringBuilder lines, String method, int seed, int column, ColumnPredictor predictor)
            throws Exception {
        long start = System.nanoTime();
        Score score = protocol.score(column, predictor.predict(protocol.rows(column)));
        lines.append(String.format(
                Locale.ROOT,
                "%s\t%s\t%d\t%d\t%.6f\t%.6f\t%.6f\t%.6f\t%.6f\t%.1f%n",
                protocol.test().names().get(column),
                method,
                seed,
                score.rows(),
                score.accuracy(),
                score.bits(),
                score.bitsError(),
                score.absoluteError(),
                score.absoluteErrorError(),
                (System.nanoTime() - start) / 1e9));
        return score;
    }

    private String row(int column, Score marginal, List<Score> trees) {
        // Where the values are too many for a classifier, most test rows have one that training has not: the
        // distribution of
        // frequencies, which
        // does not say which, would seem far too good.
        boolean distribution = trees.stream().noneMatch(score -> Double.isNaN(score.bits()));
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %s | %s | %s | %s | %s | %s |",
                protocol.test().names().get(column),
                new Vocabulary(protocol.training(), column).size(),
                percent(marginal.accuracy()),
                spread(trees.stream().mapToDouble(Score::accuracy).toArray(), 100, 2, " %"),
                distribution ? figure(marginal.bits()) : "-",
                spread(trees.stream().mapToDouble(Score::bits).toArray(), 1, 3, ""),
                figure(marginal.absoluteError()),
                spread(trees.stream().mapToDouble(Score::absoluteError).toArray(), 1, 3, ""));
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * part);
    }

    private static String figure(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,.3f", value);
    }

    /** Mean over the seeds and, if there are several, their standard deviation. */
    static String spread(double[] values, double scale, int digits, String unit) {
        double mean = 0;
        for (double value : values) {
            mean += scale * value / values.length;
        }
        if (Double.isNaN(mean)) {
            return "-";
        }
        double squares = 0;
        for (double value : values) {
            squares += (scale * value - mean) * (scale * value - mean);
        }
        String text = String.format(Locale.ROOT, "%,." + digits + "f", mean);
        if (values.length > 1) {
            text += String.format(Locale.ROOT, " ± %,." + digits + "f", Math.sqrt(squares / (values.length - 1)));
        }
        return text + unit;
    }
}
