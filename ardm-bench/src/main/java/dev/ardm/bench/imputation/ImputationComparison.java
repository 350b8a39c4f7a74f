package dev.ardm.bench.imputation;

import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.ItemSet;
import dev.ardm.data.format.table.TableColumn;
import dev.ardm.data.format.table.TableFormat;
import dev.ardm.data.registry.DataFormats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The predictions of a model of rows for each hidden column, by the protocol of {@link HiddenColumns}. Usage: MODEL TRAIN.csv TEST.csv
 * [THREADS]. Prints Markdown. Columns of several variables (decimals of many values) are left out.
 */
public final class ImputationComparison {
    private ImputationComparison() {}

    public static void main(String[] arguments) throws Exception {
        LikelihoodModel model =
                Models.open(Path.of(arguments[0]), arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1);
        TableFormat format = (TableFormat)
                DataFormats.read(new JsonMapper().readTree(model.model().data()));
        Path testFile = Path.of(arguments[2]);
        HiddenColumns hidden = new HiddenColumns(CsvTable.read(Path.of(arguments[1])), CsvTable.read(testFile));
        ItemSet rows = format.items(List.of(testFile));
        List<int[]> items = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            items.add(rows.item(i));
        }
        System.out.println("| column | accuracy | bits | mean absolute error |\n|---|---|---|---|");
        for (int c = 0; c < format.columns().size(); c++) {
            TableColumn column = format.columns().get(c);
            if (column.variables() > 1) {
                continue;
            }
            boolean[] known = format.known(format.columns().stream()
                    .map(TableColumn::name)
                    .filter(n -> !n.equals(column.name()))
                    .toList());
            List<double[]> distributions =
                    model.conditionals(items, known, column.firstVariable(), LikelihoodModel.NO_PROGRESS);
            List<Prediction> predictions = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                predictions.add(prediction(
                        column,
                        items.get(i),
                        distributions.get(i),
                        hidden.training().numeric(c)));
            }
            HiddenColumns.Score score = hidden.score(c, predictions);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f %% | %.3f ± %.3f | %s |%n",
                    column.name(),
                    100 * score.accuracy(),
                    score.bits(),
                    score.bitsError(),
                    Double.isNaN(score.absoluteError())
                            ? "-"
                            : String.format(Locale.ROOT, "%,.3f", score.absoluteError()));
        }
    }

    private static Prediction prediction(TableColumn column, int[] item, double[] distribution, boolean numeric) {
        int[] row = item.clone();
        int variable = column.firstVariable();
        List<String> texts = new ArrayList<>();
        int best = 0;
        double escaped = 0;
        for (int value = 0; value < distribution.length; value++) {
            row[variable] = value;
            @Nullable String text = value == column.escapeSymbol() ? null : column.text(row);
            texts.add(text == null ? "" : text);
            best = distribution[value] > distribution[best] && text != null ? value : best;
            escaped += text == null ? distribution[value] : 0;
        }
        double rest = escaped;
        String value = texts.get(best);
        double number = numeric ? median(texts, distribution) : Double.NaN;
        return new Prediction() {
            @Override
            public String value() {
                return value;
            }

            @Override
            public double number() {
                return number;
            }

            /** A field that is not in the vocabulary is charged the whole escape, as if its text were known then. */
            @Override
            public double probability(String text) {
                int at = texts.indexOf(text);
                return at < 0 ? rest : distribution[at];
            }
        };
    }

    private static double median(List<String> texts, double[] distribution) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < distribution.length; i++) {
            if (!texts.get(i).isEmpty()) {
                order.add(i);
            }
        }
        order.sort(java.util.Comparator.comparingLong(i -> Long.parseLong(texts.get(i))));
        double total = order.stream().mapToDouble(i -> distribution[i]).sum();
        double sum = 0;
        for (int i : order) {
            sum += distribution[i];
            if (sum >= total / 2) {
                return Long.parseLong(texts.get(i));
            }
        }
        return Double.NaN;
    }
}
