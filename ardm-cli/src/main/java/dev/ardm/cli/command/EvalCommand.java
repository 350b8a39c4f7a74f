package dev.ardm.cli.command;

import dev.ardm.app.FirstNames;
import dev.ardm.app.ScratchFolder;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.report.Figure;
import dev.ardm.app.score.Evaluation;
import dev.ardm.app.score.GivenLabels;
import dev.ardm.cli.option.CallsOption;
import dev.ardm.cli.option.FormatOption;
import dev.ardm.cli.option.ModelOption;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.array.LabelledItemSet;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.InputOptions;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ardm eval}. */
@Command(name = "eval", description = "Measures bits per dimension on data, with standard errors.")
public final class EvalCommand extends BaseCommand {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Mixin
    private ModelOption model = new ModelOption();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            description = "Image, folder of images, IDX or NPY file (may be gzipped), or files of the model's format.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Class of each item, for a model trained with --labels: an IDX or NPY file of one axis "
                    + "(may be gzipped). Default: score without labels.")
    private @Nullable Path labels;

    @Mixin
    private FormatOption reading = new FormatOption();

    @Mixin
    private CallsOption calls = new CallsOption();

    @Option(
            names = "--names",
            paramLabel = "REGEX",
            description = "Use only files of a folder or zip whose whole name matches REGEX.")
    private @Nullable String names;

    @Option(names = "--naive", description = "Space the calls evenly instead of by the model's plan.")
    private boolean naive;

    @Option(names = "--limit", paramLabel = "N", description = "Use only the first N items.")
    private @Nullable Integer limit;

    @Option(
            names = "--passes",
            paramLabel = "N",
            description = "Random steps per item in the Monte Carlo bound. Default: ${DEFAULT-VALUE}.",
            defaultValue = "4")
    private int passes;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the Monte Carlo bound. Default: 0.")
    private long seed;

    @Option(
            names = "--exact",
            description = "Also compute the exact log-likelihood for one order, with one call per value.")
    private boolean exact;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    int run() throws IOException {
        calls.check();
        requireRange("--passes", passes, 1, 100_000);
        if (limit != null) {
            requireRange("--limit", limit, 1, Integer.MAX_VALUE);
        }
        LikelihoodModel likelihood = model.open(threads());
        if (!Files.exists(data)) {
            throw new UserError(data + ": no such file or folder");
        }
        DataFormat format = reading.of(likelihood.model(), names);
        List<Measured> measured = new ArrayList<>();
        try (ScratchFolder scratch = ScratchFolder.create();
                ItemInput input = format.input(List.of(data), options(likelihood, scratch.file("names")))) {
            input.assumed().forEach(listener()::notice);
            boolean lines = format.linesOfFiles();
            for (LikelihoodModel part : parts(likelihood, input.layout())) {
                Map<String, Estimate> estimates = new LinkedHashMap<>();
                int count = input.layout().images() || lines && !part.ends()
                        ? whole(part, input, estimates, lines ? "lines" : "images of any size")
                        : values(part, format, input, estimates);
                measured.add(new Measured(part.model(), count, estimates));
            }
        }
        if (json) {
            ObjectNode first = json(measured.get(0), likelihood.space().dimensions());
            for (Measured other : measured.subList(1, measured.size())) {
                first.set("filling", json(other, likelihood.space().dimensions()));
            }
            out().println(JSON.writeValueAsString(first));
        }
        return 0;
    }

    /** What was measured of a part of the model. */
    private record Measured(Model model, int items, Map<String, Estimate> estimates) {}

    /** The part that stores such items, and then the other one if it has its own likelihood of them. */
    private List<LikelihoodModel> parts(LikelihoodModel likelihood, ItemLayout layout) {
        LikelihoodModel storing = likelihood.part(Verb.SCORE, layout);
        LikelihoodModel filling = likelihood.part(Verb.FILL, layout);
        // Naive schedules are those of networks that have schedules.
        return naive ? List.of(filling) : storing == filling ? List.of(storing) : List.of(storing, filling);
    }

    private static InputOptions options(LikelihoodModel likelihood, Path file) {
        InputOptions options = InputOptions.nextTo(file).keeping(Kept.MEASURED);
        String refusal = likelihood.refusals().get(Verb.IMAGES_OF_ANY_SIZE);
        return refusal == null ? options : options.withoutWindows(refusal);
    }

    /** Items of any size: what a coder pays for them. */
    private int whole(LikelihoodModel likelihood, ItemInput input, Map<String, Estimate> estimates, String what)
            throws IOException {
        if (labels != null) {
            throw new UserError(labels + ": labels apply only to items of the model's size; " + input.note());
        }
        List<Item> items = whole(input);
        describe(likelihood, items.size(), what);
        evaluation(likelihood, plan(likelihood, input.calls()))
                .whole(items, input.layout(), Estimator.PLAN, (kind, estimate) -> add(estimates, kind, estimate));
        return items.size();
    }

    private int values(LikelihoodModel likelihood, DataFormat format, ItemInput input, Map<String, Estimate> estimates)
            throws IOException {
        ItemSet set = format.evaluationItems(List.of(data));
        FirstNames.tellRemarks(set.remarks(), listener());
        ItemSet known = labels == null ? set : labelled(set, labels, likelihood.classes());
        GivenLabels items = GivenLabels.of(limit == null ? known : known.limit(limit), likelihood.ends());
        Plan plan = plan(likelihood, OptionalInt.empty());
        boolean full = plan.calls() == likelihood.plan(Integer.MAX_VALUE).calls();
        describe(likelihood, items.size(), likelihood.space().toString());
        Evaluation evaluation = evaluation(likelihood, plan);
        evaluation.values(items, labels != null, exact, (kind, estimate) -> {
            add(estimates, kind, estimate);
            if (full && kind.equals(Estimator.PLAN)) { // It says it already.
                add(estimates, Evaluation.ONE_BY_ONE, forOrder(estimate));
            }
        });
        if (format.layout().sequences()
                && format.lossless()
                && likelihood.verbs().contains(Verb.SCORE)) {
            evaluation.whole(
                    whole(input), input.layout(), "whole_files", (kind, estimate) -> add(estimates, kind, estimate));
        }
        return items.size();
    }

    private List<Item> whole(ItemInput input) throws IOException {
        List<Item> items = new ArrayList<>();
        try (ItemCursor cursor = input.cursor()) {
            for (Item item = cursor.next();
                    item != null && (limit == null || items.size() < limit);
                    item = cursor.next()) {
                items.add(item);
            }
            FirstNames.tellRemarks(cursor.remarks(), listener());
        }
        return items;
    }

    private Evaluation evaluation(LikelihoodModel likelihood, Plan plan) {
        return new Evaluation(likelihood, plan, passes, seed, listener());
    }

    private Plan plan(LikelihoodModel likelihood, OptionalInt usual) {
        Plan planned = calls.plan(likelihood, usual);
        return naive ? evenly(likelihood, planned) : planned;
    }

    private void describe(LikelihoodModel likelihood, int items, String what) {
        if (!json) {
            out().println(model.describe(likelihood.model()) + " on " + data + ": " + Text.count(items, "item") + " of "
                    + what);
            out().flush();
        }
    }

    private ItemSet labelled(ItemSet set, Path file, int classes) throws IOException {
        if (classes == 0) {
            throw new UserError(file + ": " + model.file() + " was trained without labels and does not accept any");
        }
        return LabelledItemSet.read(set, data.toString(), file, classes);
    }

    /** The calls of a plan, evenly over stages and steps: the naive schedule of the paper. */
    private Plan evenly(LikelihoodModel likelihood, Plan plan) {
        Process process = model.masking(likelihood).process();
        MaskingPlan planned = MaskingPlan.of(plan);
        return new MaskingPlan(
                planned.kind(),
                planned.seed(),
                Schedule.even(process.stages(), process.generatedUnits(), plan.calls()));
    }

    private static Estimate forOrder(Estimate plan) {
        return new Estimate(
                plan.estimator().replace("one order and schedule", "one order").replaceAll(", \\d+ calls\\)", ")"),
                plan.bitsPerDimension(),
                plan.standardError(),
                plan.items(),
                plan.callsPerItem());
    }

    private void add(Map<String, Estimate> estimates, String key, Estimate estimate) {
        boolean said = estimates.containsValue(estimate);
        estimates.put(key, estimate);
        if (!json && !said) {
            out().printf(
                            Locale.ROOT,
                            "  %-18s bits/dim  %s; %s, %s each%n",
                            Figure.of(estimate),
                            estimate.estimator(),
                            Text.count(estimate.items(), "item"),
                            Text.count(estimate.callsPerItem(), "call"));
            out().flush();
        }
    }

    private ObjectNode json(Measured measured, int dimensions) {
        ObjectNode node = JSON.createObjectNode();
        node.put("model", model.file().toString());
        node.put("model_id", measured.model().idText());
        node.put("data", data.toString());
        if (labels != null) {
            node.put("labels", labels.toString());
        }
        node.put("items", measured.items());
        node.put("dimensions", dimensions);
        node.put("seed", seed);
        ArrayNode list = node.putArray("estimates");
        measured.estimates().forEach((kind, estimate) -> {
            ObjectNode entry = list.addObject();
            entry.put("kind", kind);
            entry.put("estimator", estimate.estimator());
            Figure.of(estimate).addTo(entry);
            entry.put("items", estimate.items());
            entry.put("calls", estimate.callsPerItem());
        });
        return node;
    }
}
