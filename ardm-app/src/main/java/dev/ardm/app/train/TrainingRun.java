package dev.ardm.app.train;

import dev.ardm.app.FirstNames;
import dev.ardm.app.Listener;
import dev.ardm.app.UserError;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.plan.Schedules;
import dev.ardm.app.report.Figure;
import dev.ardm.app.score.GivenLabels;
import dev.ardm.app.score.HeldOutRecords;
import dev.ardm.coding.internal.file.AppendLock;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.counts.NextValueCounts;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import dev.ardm.data.file.SkippedFiles;
import dev.ardm.data.file.Staging;
import dev.ardm.train.MaskingObjective;
import dev.ardm.train.ModelTraining;
import dev.ardm.train.Trainer;
import dev.ardm.train.runtime.TrainingRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run folder: {@code config.json}, {@code metrics.jsonl}, {@code samples/}, {@code checkpoints/}, {@code curve.png} and,
 * when training is done, {@code model.safetensors}.
 */
public final class TrainingRun {
    public static final String MODEL = "model.safetensors";

    /** The folder of a network that may store, beside the one that fills in. */
    private static final String STORING = "storing";

    private final Path folder;
    private final int threads;
    private final Origin origin;
    private final Listener listener;
    private final Stop stop;

    /** A run in a folder that is new, or holds the run to resume. */
    public TrainingRun(Path folder, int threads, Origin origin, Listener listener, Stop stop) {
        this.folder = folder;
        this.threads = threads;
        this.origin = origin;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Who trains, for the model's provenance.
     *
     * @param command what was asked for
     * @param program its name and version
     */
    public record Origin(String command, String program) {}

    /** How a user ends training early. */
    public interface Stop {
        /** Never ends it early. */
        Stop NEVER = () -> false;

        /** Whether training should end after this step, with a checkpoint. */
        boolean requested();

        /** The first step comes next: from now on a stop keeps what was learnt. */
        default void training() {}

        /** Training is done; the rest need not end in order. */
        default void trained() {}
    }

    /**
     * Trains, plans and writes the model.
     *
     * @param labels file of the items' labels, null if they have none
     * @param resume whether to go on with the run in the folder: from its newest checkpoint, from the beginning if there is none
     * @return false if the user interrupted it; unless that was before the first step, a checkpoint is there then
     * @throws dev.ardm.train.DivergedException if training diverges; what is in the folder is of use then
     */
    public boolean train(Path data, @Nullable Path labels, RunOptions options, boolean resume) throws IOException {
        checkFolder(resume);
        TrainingData opened = TrainingData.open(
                        data, options.data(), labels == null && options.method().continues())
                .labelled(labels, data.toString());
        FirstNames.tellSkipped(SkippedFiles.of(opened.items().skipped()), listener);
        if (!opened.format().note().isEmpty()) {
            listener.notice(opened.format().note());
        }
        FirstNames.tellRemarks(opened.items().remarks(), listener);
        return train(opened, data.toString(), options, resume);
    }

    /** Like {@link #train(Path, Path, RunOptions, boolean)}, a new run on items that are loaded already. */
    public boolean train(ItemSet items, String dataName, RunOptions options) throws IOException {
        return train(TrainingData.of(items), dataName, options, false);
    }

    /**
     * Like {@link #train(Path, Path, RunOptions, boolean)}, on data that are open already.
     *
     * @param dataName what they are called, in messages
     */
    public boolean train(TrainingData data, String dataName, RunOptions options, boolean resume) throws IOException {
        ItemSet items = data.items();
        TrainingRuntime.setThreads(threads);
        if (items.size() < 20) {
            throw new UserError(
                    dataName + ": " + items.size() + " items are too few to learn from; at least 20 are needed");
        }
        boolean usual = options.preset().equals(UsualPreset.NAME);
        boolean chosen = !options.preset().equals(SizeChoice.AUTO) || StoringPart.wanted(data, options);
        RunOptions given = chosen && options.preset().equals(SizeChoice.AUTO)
                ? options.withPreset("small", options.settings()) // of a pair, what stores is chosen
                : usual ? options.withPreset(UsualPreset.reproducible(), options.settings()) : options;
        definition(chosen ? given : given.withPreset("tiny", given.settings()), data, dataName); // or a refusal
        Files.createDirectories(folder.resolve("samples"));
        try (AppendLock lock = AppendLock.ofFolder(folder, "training this run")) {
            checkFolder(resume);
            if (usual && given.settings().steps() == 0) {
                given = given.withPreset(usual(data, dataName, given), given.settings());
            }
            Splits.Split split = ModelTraining.split(
                    items, options.validation(), options.settings().seed());
            NetworkCounts counted = NetworkCounts.none(split);
            double counting = 0;
            if (options.method().counts()) {
                long begun = System.nanoTime();
                MaskingDefinition any = definition(given.withPreset("tiny", given.settings()), data, dataName);
                counted = NetworkCounts.learn(any, data, split, options.countsBytes(), listener);
                counting = (System.nanoTime() - begun) / 60e9;
            }
            Optional<RunOptions> sized = chosen ? Optional.of(given) : sized(data, dataName, given, counted);
            if (sized.isEmpty()) {
                return false;
            }
            MaskingDefinition definition = definition(sized.get(), data, dataName);
            RunConfig config = new RunConfig(
                    dataName,
                    items.size(),
                    items.space().toString(),
                    data.classes(),
                    RunConfig.digest(items),
                    threads,
                    definition.network(),
                    sized.get());
            if (resume) {
                RunConfig.read(folder).requireSame(config, folder);
            }
            config.write(folder);
            return train(data, definition, config, counted, counting);
        }
    }

    private String usual(TrainingData data, String dataName, RunOptions options) throws IOException {
        Splits.Split split = ModelTraining.split(
                data.items(), options.validation(), options.settings().seed());
        return UsualPreset.of(
                preset -> definition(options.withPreset(preset, options.settings()), data, dataName),
                split,
                options.settings(),
                listener,
                stop);
    }

    private Optional<RunOptions> sized(TrainingData data, String dataName, RunOptions options, NetworkCounts counted)
            throws IOException {
        SizeChoice choice = new SizeChoice(
                options,
                counted.split(),
                preset -> counted.in(definition(options.withPreset(preset, options.settings()), data, dataName)),
                listener,
                stop);
        try (Staging trials = Staging.folder(folder.resolve("trials"))) {
            return choice.choose(trials.path(), NetworkTraining.checkpoints(folder));
        }
    }

    /** @param counting minutes that the counts took, which the network does not have */
    private boolean train(
            TrainingData data, MaskingDefinition definition, RunConfig config, NetworkCounts counted, double counting)
            throws IOException {
        RunOptions options = config.options();
        Network network = definition.buildNetwork();
        Splits.Split all = ModelTraining.split(
                data.items(), options.validation(), options.settings().seed());
        result(
                "%s: %,d items of %s, %,d held out for validation; network '%s' with %,d parameters",
                config.data(),
                config.items(),
                config.space(),
                all.validation().size(),
                options.preset(),
                network.parameterCount());
        if (data.classes() > 0) {
            result("labels of %d classes", data.classes());
        }
        StoringPart storing = StoringPart.wanted(data, options)
                ? new StoringPart(folder.resolve(STORING), threads, listener, data, all, options)
                : null;
        stop.training();
        if (storing != null && !storing.train(stop)) {
            return false;
        }
        RunOptions rest = storing == null ? options : storing.rest();
        if (counting > 0) {
            rest = rest.lasting(1, counting);
        }
        MaskingModel trained = new NetworkTraining(folder, threads, listener, stop)
                .train(counted.in(definition), counted.split(), rest, data.items());
        if (trained == null) {
            return false;
        }
        stop.trained(); // what follows is short, and done again by --resume
        finish(trained, counted.complete(), storing, all.validation(), options, config.data());
        return true;
    }

    /**
     * The model that a run trains.
     *
     * @throws UserError if the options do not fit the data
     */
    public static MaskingDefinition definition(RunOptions options, TrainingData data, String dataName) {
        try {
            MethodOptions method = options.method();
            ItemSet learnt = ModelTraining.split(
                            data.items(),
                            options.validation(),
                            options.settings().seed())
                    .training();
            Process process = method.process(learnt, data.classes());
            if (process.causal() && options.settings().codingOrder() > 0) {
                throw new IllegalArgumentException("coding-order is for models that generate in any order");
            }
            OutputDistribution distribution = method.distribution(process);
            NetworkConfig network = Presets.of(options.preset(), method.kind(), process, distribution);
            MaskingDefinition definition = new MaskingDefinition(
                    ArithmeticVersions.NEWEST,
                    process,
                    distribution,
                    data.terminated() ? network.withoutEnds() : network,
                    data.format().definition(),
                    data.terminated(),
                    null);
            if (method.counts()) {
                network.withCounts(); // or a refusal
            }
            new MaskingObjective(definition.buildNetwork(), options.settings());
            return definition;
        } catch (IllegalArgumentException e) {
            throw new UserError(dataName + ": " + e.getMessage());
        }
    }

    /** What began and left neither checkpoint nor model is begun anew. */
    private void checkFolder(boolean resume) throws IOException {
        if (!resume
                && (Files.exists(folder.resolve(MODEL))
                        || Trainer.canResume(NetworkTraining.checkpoints(folder))
                        || Trainer.canResume(NetworkTraining.checkpoints(folder.resolve(STORING))))) {
            throw new UserError(folder + ": already contains a run; give another --out, or --resume to continue");
        }
    }

    private void finish(
            MaskingModel trained,
            @Nullable NextValueCounts complete,
            @Nullable StoringPart storing,
            ItemSet validation,
            RunOptions options,
            String dataName)
            throws IOException {
        boolean ends = trained.network().ends();
        List<int[]> items =
                validation.limit(Schedules.itemsToPlanWith(trained.process())).all(ends);
        MaskingModel planned = trained.process().causal()
                ? trained
                : Schedules.plan(trained, items, threads, listener).addedTo(trained);
        LikelihoodModel likelihood = planned.open(threads);
        ItemSet some = validation.limit(500);
        Estimate estimate = trained.definition().terminated()
                ? HeldOutRecords.of(some).measure(likelihood)
                : GivenLabels.of(some, ends)
                        .measure(
                                likelihood,
                                options.settings().seed(),
                                LikelihoodModel.NO_PROGRESS,
                                given -> given.estimator(Estimator.BOUND, given.plan(1), 4));
        Figure figure = Figure.of(estimate);
        Map<String, String> provenance = new TreeMap<>();
        provenance.put("command", origin.command());
        provenance.put("data", dataName);
        provenance.put("data_held_out", validation.size() + " items for validation");
        provenance.put("preset", options.preset());
        provenance.put("method", options.method().describe(trained.space()));
        if (trained.process().classes() > 0) {
            provenance.put("classes", Integer.toString(trained.process().classes()));
        }
        provenance.put("seed", Long.toString(options.settings().seed()));
        provenance.put(
                "validation_bits_per_dimension",
                figure + " (" + estimate.estimator() + ", " + estimate.items() + " items)");
        provenance.put("program", origin.program());
        MaskingModel network = (complete == null ? planned : planned.withCounts(complete)).withProvenance(provenance);
        Model finished = storing == null ? network : storing.joined(network, items);
        Path path = folder.resolve(MODEL);
        AtomicFile.write(path, true, stream -> options.stored().write(finished, stream));
        Curve.write(folder);
        result("%s: %s bits/dim on %d held-out items (%s)", path, figure, estimate.items(), estimate.estimator());
    }

    private void result(String format, Object... arguments) {
        listener.result(String.format(Locale.ROOT, format, arguments));
    }
}
