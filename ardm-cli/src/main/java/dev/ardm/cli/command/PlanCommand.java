package dev.ardm.cli.command;

import dev.ardm.app.FirstNames;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.data.OutputPath;
import dev.ardm.app.plan.LossComponentsChart;
import dev.ardm.app.plan.LossComponentsTable;
import dev.ardm.app.plan.PlanReport;
import dev.ardm.app.plan.Planning;
import dev.ardm.app.weights.StoredWeights;
import dev.ardm.app.weights.WeightStorage;
import dev.ardm.cli.option.FormatOption;
import dev.ardm.cli.option.ModelOption;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.plan.Monotonization;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.Verb;
import dev.ardm.data.ItemSet;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.InputOptions;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import dev.ardm.train.TrainingSettings;
import dev.ardm.train.runtime.TrainingRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code ardm plan}. */
@Command(
        name = "plan",
        description = "Plans when to call the network, from held-out data, and stores the plans in the model "
                + "file. Weights, id and existing archives do not change, unless --weights makes another model of it.")
public final class PlanCommand extends BaseCommand {
    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private FormatOption reading = new FormatOption();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            description = "Items the model was not trained on, as for eval.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(
            names = "--names",
            paramLabel = "REGEX",
            description = "Use only files of a folder or zip whose whole name matches REGEX.")
    private @Nullable String names;

    @Option(
            names = "--calls",
            required = true,
            split = ",",
            paramLabel = "N",
            description = "Numbers of network calls to plan for, such as 10,20,50,100.")
    @SuppressWarnings("NullAway.Init")
    private List<Integer> calls;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "spread: plan for the order of archives and samples, from costs measured in it, and store "
                    + "the schedules. random: plan for random orders, from loss components, and store these. "
                    + "Default: ${DEFAULT-VALUE}.",
            defaultValue = "spread")
    private Planning.Order order = Planning.Order.SPREAD;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "How to smooth the loss components before planning for random orders: isotonic "
                    + "(regression) or sorted. Default: isotonic.")
    private @Nullable Monotonization method;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "Use N items: half to measure, half to test the plans. Default: up to 400, fewer if they are large.")
    private @Nullable Integer limit;

    @Option(
            names = "--grid",
            paramLabel = "N",
            description = "Measure loss components at N steps of each stage, even if the model file already has "
                    + "some. Default: all steps, at most 128.")
    private @Nullable Integer grid;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the random orders. Default: 0.")
    private long seed;

    @Option(
            names = "-o",
            paramLabel = "OUT_MODEL",
            description = "Model file to write. Default: MODEL itself, replaced at the end.")
    private @Nullable Path out;

    @Option(
            names = "--weights",
            paramLabel = "HOW",
            description =
                    "Also round the weights, which makes another, smaller model for -o: auto (loses 0.1 %% of the "
                            + "bits), a loss such as 0.5%%, or f16. Archives of MODEL still need MODEL.")
    private @Nullable String weights;

    @Option(
            names = {"-f", "--force"},
            description = "Overwrite OUT_MODEL if it exists and is not MODEL.")
    private boolean force;

    @Option(
            names = "--plot",
            paramLabel = "FILE.png",
            description = "Picture of the loss components; their table gets the same name with .tsv. Default: "
                    + "loss-components.png next to the model.")
    private @Nullable Path plot;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    int run() throws IOException {
        checkOptions();
        Path file = model.file();
        Path target = out == null ? file : out;
        OutputPath.requireFile(target, force || (Files.exists(target) && Files.isSameFile(target, file)));
        Path picture = plot == null ? target.resolveSibling("loss-components.png") : plot;
        Path table =
                picture.resolveSibling(picture.getFileName().toString().replaceAll("\\.[pP][nN][gG]$", "") + ".tsv");
        for (Path output : List.of(target, picture, table)) {
            OutputPath.requireOther(output, data);
            OutputPath.requireFile(output, true);
        }
        LikelihoodModel whole = model.open(threads());
        LikelihoodModel likelihood = whole.part(Verb.PLAN, ItemLayout.VALUES);
        boolean plans = likelihood.verbs().contains(Verb.PLAN);
        if (weights == null || !(likelihood.model() instanceof MaskingModel)) {
            ModelOption.require(file, whole, Verb.PLAN);
        }
        ItemSet items = items(likelihood, target);
        if (weights != null) {
            StoredWeights stored = rounded(likelihood, items);
            likelihood = stored.in(MaskingModel.of(likelihood)).open(threads());
            if (!plans) {
                Planning.store(file, storage(), target, MaskingModel.of(likelihood));
                out().println(target + ": " + Text.count(Files.size(target), "byte"));
                return 0;
            }
        }
        Planning planning = planning(likelihood, items);
        if (!json) {
            out().println(model.describe(likelihood.model()) + " on " + data + ": "
                    + Text.count(planning.measuring(), "item") + " of " + likelihood.space()
                    + " to measure on, " + planning.measuring() + " others to test the plans");
            out().flush();
        }
        Planning.Result result = planning.run(commandText(), listener());
        if (weights == null) {
            Planning.store(file, target, result.model());
        } else {
            Planning.store(file, storage(), target, result.model());
        }
        LossComponentsTable.write(table, result.curve());
        LossComponentsChart.write(picture, "Loss components of " + file, result.curve(), result.randomSchedule());
        print(result.report(), likelihood.model(), target, table, picture);
        return 0;
    }

    private ItemSet items(LikelihoodModel likelihood, Path target) throws IOException {
        DataFormat format = reading.of(likelihood.model(), names);
        if (format.layout().equals(ItemLayout.ROWS)) {
            try (ItemInput input =
                    format.input(List.of(data), InputOptions.nextTo(target).keeping(Kept.MEASURED))) {
                input.assumed().forEach(listener()::notice);
            }
        }
        ItemSet items = format.evaluationItems(List.of(data));
        FirstNames.tellRemarks(items.remarks(), listener());
        return items;
    }

    private Planning planning(LikelihoodModel likelihood, ItemSet items) {
        Planning.Choice choice =
                new Planning.Choice(order, calls, method == null ? Monotonization.ISOTONIC : method, limit, grid, seed);
        try {
            return new Planning(likelihood, choice, items, data.toString());
        } catch (IllegalArgumentException e) {
            throw usage("--" + e.getMessage());
        }
    }

    private StoredWeights rounded(LikelihoodModel likelihood, ItemSet items) throws IOException {
        if (items.size() < Planning.LEAST_ITEMS) {
            throw new UserError(data + ": " + Text.count(items.size(), "item") + " are too few to round weights by");
        }
        TrainingRuntime.setThreads(threads());
        StoredWeights stored = StoredWeights.of(
                storage(),
                0,
                MaskingModel.of(likelihood),
                items,
                TrainingSettings.defaults().withSeed(seed));
        if (!json && !stored.sentence().isEmpty()) {
            out().println(stored.sentence());
        }
        return stored;
    }

    private WeightStorage storage() {
        try {
            return WeightStorage.of(String.valueOf(weights));
        } catch (IllegalArgumentException e) {
            throw usage("--" + e.getMessage());
        }
    }

    private void checkOptions() {
        for (int n : calls) {
            if (n < 1) {
                throw usage("--calls must be at least 1, got " + n);
            }
        }
        if (limit != null) {
            requireRange("--limit", limit, Planning.LEAST_ITEMS, Integer.MAX_VALUE);
        }
        if (grid != null) {
            requireRange("--grid", grid, 2, Integer.MAX_VALUE);
        }
        if (method != null && order == Planning.Order.SPREAD) {
            throw usage("--method applies to --order random only; plans for the spread order come from measured costs");
        }
        if (weights != null && out == null) {
            throw usage(
                    "--weights makes another model, which cannot read the archives of MODEL: give its name with -o");
        }
        if (weights != null) {
            storage();
        }
        if (plot != null && !plot.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw usage("--plot must end in .png, got " + plot);
        }
    }

    private void print(PlanReport report, Model before, Path target, Path table, Path picture) {
        if (json) {
            ObjectNode node = report.json();
            node.put("model", target.toString());
            node.put("model_id", before.idText());
            node.put("data", data.toString());
            node.put("seed", seed);
            node.put("schedules_stored", order == Planning.Order.SPREAD);
            node.put("table", table.toString());
            node.put("plot", picture.toString());
            out().println(node);
            return;
        }
        out().print(report.text());
        out().println(target + ": "
                + (order == Planning.Order.SPREAD
                        ? "schedules of the spread order and loss components stored"
                        : "loss components stored; they give the schedules for random orders. Schedules of the "
                                + "spread order are unchanged")
                + (weights == null
                        ? "; weights and id are unchanged"
                        : "; the weights are rounded, and it is another model"));
        out().println(table + ", " + picture + ": the loss components");
    }
}
