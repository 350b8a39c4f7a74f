package dev.ardm.cli.command;

import dev.ardm.app.FirstNames;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.data.OutputPath;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.plan.BudgetPlanner;
import dev.ardm.app.plan.LossComponentsChart;
import dev.ardm.app.plan.LossComponentsTable;
import dev.ardm.app.plan.LossMeasurement;
import dev.ardm.app.plan.PlanReport;
import dev.ardm.app.plan.RandomBudgets;
import dev.ardm.app.plan.Schedules;
import dev.ardm.app.plan.SpreadBudgets;
import dev.ardm.cli.option.ModelOption;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.plan.LossComponentEstimator;
import dev.ardm.core.plan.LossComponents;
import dev.ardm.core.plan.Monotonization;
import dev.ardm.core.plan.Schedule;
import dev.ardm.core.process.Process;
import dev.ardm.data.ItemSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code ardm plan}. */
@Command(
        name = "plan",
        description = "Plans when to call the network, from held-out data, and stores the plans in the model "
                + "file. Weights, id and existing archives do not change.")
public final class PlanCommand extends BaseCommand {
    private static final String COMPONENTS = "loss_components";
    private static final int LEAST_ITEMS = 4;

    /** In which order items will be generated. */
    enum OrderChoice {
        /** The order of archives and samples. */
        SPREAD,
        /** Another order for each item. */
        RANDOM
    }

    @Mixin
    private ModelOption model = new ModelOption();

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
    private int[] calls;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "spread: plan for the order of archives and samples, from costs measured in it, and store "
                    + "the schedules. random: plan for random orders, from loss components, and store these. "
                    + "Default: ${DEFAULT-VALUE}.",
            defaultValue = "spread")
    private OrderChoice order = OrderChoice.SPREAD;

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
        LikelihoodModel likelihood = model.open(threads());
        int[] budgets = budgets(likelihood.model().process());
        ItemSet read = TrainingData.openFor(data, likelihood.model(), names);
        FirstNames.tellRemarks(read.remarks(), listener());
        List<List<int[]>> parts = parts(read, likelihood.model().process());
        List<int[]> measuring = parts.get(0);
        List<int[]> judging = parts.get(1);
        if (!json) {
            out().println(model.describe(likelihood.model()) + " on " + data + ": "
                    + Text.count(measuring.size(), "item") + " of " + likelihood.space() + " to measure on, "
                    + judging.size() + " others to test the plans");
            out().flush();
        }
        Model changed = likelihood.model();
        Map<String, String> provenance = new TreeMap<>(changed.provenance());
        LossComponents curve = grid == null ? changed.lossComponents().orElse(null) : null;
        LossComponentEstimator observations = null;
        if (curve == null) {
            observations = observe(likelihood, measuring);
            curve = observations.estimate();
            provenance.put(COMPONENTS, data + ", " + Text.count(measuring.size(), "item") + ", seed " + seed);
        }
        BudgetPlanner planner = order == OrderChoice.SPREAD
                ? new SpreadBudgets()
                : new RandomBudgets(curve, observations, method == null ? Monotonization.ISOTONIC : method, seed);
        PlanReport report = new PlanReport(
                measuring.size(),
                judging.size(),
                order.name().toLowerCase(Locale.ROOT),
                planner,
                curve,
                provenance.getOrDefault(COMPONENTS, "from the model file"),
                observations != null,
                likelihood.model().process().generatedDimensions(),
                planner.plan(likelihood, new BudgetPlanner.Parts(measuring, judging), budgets, listener()));
        changed = changed.withLossComponents(curve);
        if (order == OrderChoice.SPREAD) {
            Map<Integer, Schedule> schedules = new TreeMap<>(changed.schedules());
            report.budgets().forEach(budget -> schedules.put(budget.calls(), budget.schedule()));
            changed = changed.withSchedules(schedules);
            provenance.put("schedules", commandText());
        }
        store(file, target, changed.withProvenance(provenance));
        LossComponentsTable.write(table, curve);
        LossComponentsChart.write(
                picture,
                "Loss components of " + file,
                curve,
                order == OrderChoice.RANDOM ? report.budgets().get(0).schedule() : null);
        print(report, likelihood.model(), target, table, picture);
        return 0;
    }

    private void checkOptions() {
        for (int n : calls) {
            if (n < 1) {
                throw usage("--calls must be at least 1, got " + n);
            }
        }
        if (limit != null) {
            requireRange("--limit", limit, LEAST_ITEMS, Integer.MAX_VALUE);
        }
        if (grid != null) {
            requireRange("--grid", grid, 2, Integer.MAX_VALUE);
        }
        if (method != null && order == OrderChoice.SPREAD) {
            throw usage("--method applies to --order random only; plans for the spread order come from measured costs");
        }
        if (plot != null && !plot.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw usage("--plot must end in .png, got " + plot);
        }
    }

    /** The budgets in increasing order, if a model can be planned for them. */
    private int[] budgets(Process process) {
        if (process.causal()) {
            throw new UserError(
                    model.file() + ": a causal model predicts one variable a call, so there are no schedules to plan");
        }
        for (int n : calls) {
            if (n < process.stages() || n >= process.steps()) {
                throw usage("--calls must be in " + process.stages() + ".." + (process.steps() - 1)
                        + " for this model of " + Text.count(process.stages(), "stage") + " and "
                        + Text.count(process.steps(), "step") + ", got " + n);
            }
        }
        return Arrays.stream(calls).sorted().distinct().toArray();
    }

    /**
     * Items to measure on and items to try plans on, drawn from the two ends of one random order of the data: whatever the
     * limits of two calls are, what one measures on the other does not judge by.
     */
    private List<List<int[]>> parts(ItemSet set, Process process) {
        if (set.size() < LEAST_ITEMS) {
            throw new UserError(data + ": " + Text.count(set.size(), "item") + ", but at least " + LEAST_ITEMS
                    + " are needed: some to measure, others to test the plans");
        }
        int usual = 2 * Schedules.itemsToPlanWith(process);
        int each = Math.min(set.size(), limit == null ? usual : limit) / 2;
        int[] permutation = RandomStream.of(0, Purpose.SPLIT, 0).permutation(set.size());
        List<int[]> measuring = new ArrayList<>();
        List<int[]> judging = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            measuring.add(set.item(permutation[i]));
            judging.add(set.item(permutation[permutation.length - 1 - i]));
        }
        return List.of(measuring, judging);
    }

    private LossComponentEstimator observe(LikelihoodModel likelihood, List<int[]> items) {
        Process process = likelihood.model().process();
        int points = grid == null ? LossMeasurement.usualGrid(process.generatedUnits()) : grid;
        int[] steps = LossMeasurement.grid(process.stages(), process.generatedUnits(), points);
        return LossMeasurement.measure(likelihood, items, steps, seed, listener());
    }

    /** Replaces the target once what was written has been read back. */
    private static void store(Path original, Path target, Model changed) throws IOException {
        try (AtomicFile file = AtomicFile.create(target, true)) {
            ModelFile.rewrite(original, changed, file.stream());
            file.commit(written -> {
                Model back = ModelFile.read(written);
                if (!Arrays.equals(back.id(), changed.id())
                        || !back.schedules().equals(changed.schedules())
                        || !back.lossComponents().equals(changed.lossComponents())) {
                    throw new IOException(target + ": not written, because it reads back differently");
                }
            });
        }
    }

    private void print(PlanReport report, Model before, Path target, Path table, Path picture) {
        if (json) {
            ObjectNode node = report.json();
            node.put("model", target.toString());
            node.put("model_id", before.idText());
            node.put("data", data.toString());
            node.put("seed", seed);
            node.put("schedules_stored", order == OrderChoice.SPREAD);
            node.put("table", table.toString());
            node.put("plot", picture.toString());
            out().println(node);
            return;
        }
        out().print(report.text());
        out().println(target + ": "
                + (order == OrderChoice.SPREAD
                        ? "schedules of the spread order and loss components stored"
                        : "loss components stored; they give the schedules for random orders. Schedules of the "
                                + "spread order are unchanged")
                + "; weights and id are unchanged");
        out().println(table + ", " + picture + ": the loss components");
    }
}
