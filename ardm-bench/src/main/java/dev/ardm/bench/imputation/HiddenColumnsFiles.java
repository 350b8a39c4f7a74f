package dev.ardm.bench.imputation;

import dev.ardm.bench.imputation.HiddenColumns.Score;
import java.nio.file.Path;
import java.util.Locale;

/** The protocol of {@link HiddenColumns} through files, for fillers that are another program. */
public final class HiddenColumnsFiles {
    private HiddenColumnsFiles() {}

    /**
     * Arguments: {@code write TRAIN.csv TEST.csv FOLDER}, which writes one CSV file a column; or {@code score TRAIN.csv TEST.csv
     * COLUMN=FILLED.csv ...}, which prints the figures of what came back as Markdown.
     */
    public static void main(String[] args) throws Exception {
        if (args.length < 4 || !(args[0].equals("score") || (args[0].equals("write") && args.length == 4))) {
            System.err.println("usage: bench/run hidden-columns write TRAIN.csv TEST.csv FOLDER");
            System.err.println("       bench/run hidden-columns score TRAIN.csv TEST.csv COLUMN=FILLED.csv ...");
            System.exit(2);
        }
        HiddenColumns protocol = new HiddenColumns(CsvTable.read(Path.of(args[1])), CsvTable.read(Path.of(args[2])));
        if (args[0].equals("write")) {
            protocol.write(Path.of(args[3]));
            return;
        }
        System.out.println("| column | rows | accuracy | mean absolute error | standard error |");
        System.out.println("|---|---|---|---|---|");
        for (int i = 3; i < args.length; i++) {
            String[] pair = args[i].split("=", 2);
            if (pair.length < 2) {
                throw new IllegalArgumentException("'" + args[i] + "' is not COLUMN=FILLED.csv");
            }
            int column = protocol.test().column(pair[0]);
            Score score = protocol.score(column, protocol.filled(column, CsvTable.read(Path.of(pair[1]))));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %.2f %% | %s | %s |%n",
                    pair[0],
                    score.rows(),
                    100 * score.accuracy(),
                    Double.isNaN(score.absoluteError())
                            ? "-"
                            : String.format(Locale.ROOT, "%,.3f", score.absoluteError()),
                    Double.isNaN(score.absoluteErrorError())
                            ? "-"
                            : String.format(Locale.ROOT, "%,.3f", score.absoluteErrorError()));
        }
    }
}
