package dev.ardm.cli.command;

import dev.ardm.app.UserError;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.train.CountsTraining;
import dev.ardm.app.train.MethodOptions;
import dev.ardm.app.train.Presets;
import dev.ardm.app.train.RunConfig;
import dev.ardm.app.train.RunOptions;
import dev.ardm.app.train.SignalTraining;
import dev.ardm.app.train.SizeChoice;
import dev.ardm.app.train.TrainingRun;
import dev.ardm.app.train.UsualPreset;
import dev.ardm.cli.console.Interrupts;
import dev.ardm.cli.console.Versions;
import dev.ardm.cli.option.ItemsOption;
import dev.ardm.core.counts.CountsForm;
import dev.ardm.core.counts.CountsOptions;
import dev.ardm.data.format.line.LineFormat;
import dev.ardm.data.format.sequence.WavCodec;
import dev.ardm.data.format.table.TableFormat;
import dev.ardm.data.registry.FileItems;
import dev.ardm.train.DivergedException;
import dev.ardm.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ardm train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains a model and writes it to RUN_DIR/model.safetensors.")
public final class TrainCommand extends BaseCommand {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            description = "Training data: a folder of images, an IDX or NPY file (may be gzipped; an array of two "
                    + "axes is one sequence per row); text, WAV, CSV or other files, or a folder or zip of "
                    + "them.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "RUN_DIR",
            description = "Folder for checkpoints, metrics, samples and the model.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Size of the network: ${COMPLETION-CANDIDATES}. Default: small, or "
                    + "tiny where this machine is too slow for it.",
            completionCandidates = Presets.Names.class)
    private @Nullable String preset;

    @Option(
            names = "--for-items",
            paramLabel = "N",
            description =
                    "How many items the model is to store. Sizes of the network are tried for a part of the time, and the "
                            + "one goes on whose file and N items are likely to be smallest together; weights are rounded for "
                            + "that, too. With --preset only the rounding is.")
    private @Nullable Long forItems;

    /** Kinds of files that two models learn. */
    private static final Set<String> PAIRED = Set.of(TrainingData.ARRAYS, WavCodec.KIND);

    @Mixin
    private ItemsOption items = new ItemsOption();

    @Option(
            names = "--kind",
            paramLabel = "NAME",
            description =
                    "Kind of files: array (images and arrays), text, bytes, wav, csv. Default: guessed from the files, "
                            + "and what --items says of them.")
    private @Nullable String kind;

    @Option(
            names = "--format",
            paramLabel = "KEY=VALUE",
            description = "How to read the data: window (values seen at once), stride, names (regular expression of "
                    + "file names), max-alphabet, ...; of tables delimiter (one character, or tab) and header (true "
                    + "or false); widen=true converts images of several kinds to one. May be repeated.")
    private Map<String, String> formatSettings = new LinkedHashMap<>();

    @Option(
            names = "--process",
            paramLabel = "NAME",
            description =
                    "How items are generated: order-agnostic (default), upscale:B (digit by digit in base B; values without "
                            + "order along a learnt tree, unless upscale:B:numbers), "
                            + "autoregressive (from the first value to the last; the default of --network causal and "
                            + "causal-transformer), infilling (the same for sequences, given any values that are known), or the "
                            + "baseline permuted.")
    private @Nullable String process;

    @Option(
            names = "--distribution",
            paramLabel = "NAME",
            description = "What the network predicts: categorical (default), digits (with upscaling), logistic[:M] "
                    + "(a mixture for ordered values), pixel-logistic[:M] (all channels of a pixel jointly; the default of "
                    + "autoregressive colour images).")
    private @Nullable String distribution;

    @Option(
            names = "--given",
            paramLabel = "LIST",
            description = "Variables that are always known, such as 0-31 or 0,3,7. The model is conditional on them "
                    + "and only completes items.")
    private @Nullable String given;

    @Option(
            names = "--network",
            paramLabel = "KIND",
            description = "Network: unet, causal (images pixel by pixel), dilated (convolutions over sequences), "
                    + "transformer or causal-transformer (sequences from their beginning, of any length), in the preset's size; or counts, which counts what goes with what and needs seconds; or prediction, of sound, by "
                    + "linear predictors; or pair: of images a model that stores, counts or a causal network, beside a unet that fills in, "
                    + "of sound prediction beside a dilated network. Default: chosen for the data; pair for images and sound, "
                    + "counts for lines, and for tables without options of networks such as --minutes.")
    private @Nullable String network;

    @Option(
            names = "--counts-form",
            paramLabel = "FORM",
            description =
                    "How a model of counts is stored: primer (the items themselves, compressed; learnt again when "
                            + "the model is opened) or entries (contexts and what followed them; ready at once, for data of "
                            + "any size). Default: what makes model and data together smallest.")
    private @Nullable String countsForm;

    @Option(
            names = "--model-bytes",
            paramLabel = "N",
            description = "The most bytes that the counts take in the model file. Entries use them up; the default "
                    + "stores what pays for itself on as much data.")
    private @Nullable Integer modelBytes;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Class of each item: an IDX or NPY file of one axis (may be gzipped) with integers from "
                    + "0. The model can then sample, fill and score a chosen class, or any. Not for baselines "
                    + "and dilated networks.")
    private @Nullable Path labels;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "Minutes of training, including those before --resume. Default: 10.")
    private @Nullable Double minutes;

    @Option(names = "--steps", paramLabel = "N", description = "Optimiser steps, instead of minutes. Reproducible.")
    private @Nullable Long steps;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of all randomness. Default: 0.")
    private @Nullable Long seed;

    @Option(
            names = "--resume",
            description = "Continue from the newest checkpoint in RUN_DIR with the run's settings and threads. "
                    + "--minutes or --steps, --threads and settings of --set may change.")
    private boolean resume;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Training setting: batch, learning-rate, warmup-steps, weight-decay, beta2, clip, ema, "
                    + "loss-sites, coding-order, optimizer (adamw or muon), shifts, report-seconds, precision, "
                    + "validation, weights (auto, which loses 0.1 %% of the bits; a loss such as 0.5%%; f16 or f32). "
                    + "May be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Override
    int run() throws IOException {
        if (minutes != null && steps != null) {
            throw usage("give --minutes or --steps, not both");
        }
        if ((minutes != null && !(minutes > 0)) || (steps != null && steps < 1)) {
            throw usage("--minutes and --steps must be positive");
        }
        TrainingData.Choice choice = choice();
        tellGuess();
        if (byCounting(choice)) {
            new CountsTraining(out, threads(), origin(), listener()).train(data, choice, countsOptions());
            return 0;
        }
        if (countsForm != null) {
            throw usage("--counts-form is for models of counts alone, which --network counts names");
        }
        if (SignalTraining.NAME.equals(network)) {
            return bySignals(choice);
        }
        int countsBytes = countsOptions().bytes();
        RunOptions options;
        int recordedThreads = 0;
        try {
            if (resume) {
                RunConfig before = RunConfig.read(out);
                options = resumed(before.options(), choice);
                recordedThreads = before.threads();
            } else {
                options = started(choice);
            }
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        if (modelBytes != null) {
            if (!options.method().counts()) {
                throw usage("--model-bytes is for counts: give --network counts, or a network with +counts");
            }
            options = options.withCountsBytes(countsBytes);
        }
        String goOn = "; go on with: " + advised(again());
        TrainingRun run = new TrainingRun(out, threads(recordedThreads), origin(), listener(), new Signals(goOn));
        try {
            if (!run.train(data, labels, options, resume)) {
                throw new UserError("interrupted" + goOn);
            }
        } catch (DivergedException e) {
            double lower = Math.min(
                    options.settings().learningRate() / 4,
                    TrainingSettings.defaults().learningRate());
            throw new UserError(e.getMessage() + "; go on with a lower learning rate: "
                    + advised(again("--set", "learning-rate=" + lower)));
        } finally {
            Interrupts.stopAtOnce();
            Interrupts.advise("");
        }
        return 0;
    }

    private int bySignals(TrainingData.Choice choice) throws IOException {
        if (forItems != null || process != null || distribution != null || given != null || labels != null || resume) {
            throw usage("--network " + SignalTraining.NAME + " takes --preset, --minutes or --steps, --seed and --set");
        }
        RunOptions options = new RunOptions(
                        preset == null ? "small" : Presets.known(preset),
                        choice,
                        MethodOptions.DEFAULT,
                        withLength(TrainingSettings.defaults().withSeed(seed == null ? 0 : seed)))
                .with(overrides);
        try {
            if (!new SignalTraining(threads(), listener(), new Signals("")).train(data, out, options, origin())) {
                throw new UserError("interrupted");
            }
            return 0;
        } finally {
            Interrupts.stopAtOnce();
            Interrupts.advise("");
        }
    }

    /** The arguments that go on with the run. */
    private Object[] again(String... more) {
        List<Object> again = new ArrayList<>(List.of("train", "--data", data, "--out", out, "--resume"));
        if (labels != null) {
            Collections.addAll(again, "--labels", labels);
        }
        Collections.addAll(again, (Object[]) more);
        return again.toArray();
    }

    private TrainingRun.Origin origin() {
        return new TrainingRun.Origin(commandText(), Versions.program());
    }

    private CountsOptions countsOptions() {
        try {
            return new CountsOptions(
                    Optional.ofNullable(countsForm).map(CountsForm::of), modelBytes == null ? 0 : modelBytes);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private TrainingData.Choice choice() throws IOException {
        String named = kind == null ? "" : kind;
        Optional<FileItems> given = items.given();
        if (given.isPresent()) {
            if (kind != null && !given.get().isOf(kind)) {
                throw usage("--items " + given.get() + " and --kind " + kind + " exclude each other");
            }
            named = kind == null ? given.get().kind(data) : kind;
        }
        return new TrainingData.Choice(named, items.with(formatSettings));
    }

    /** Says what an item is, where only the names of the files tell. */
    private void tellGuess() throws IOException {
        if (kind == null && items.given().isEmpty() && !resume && Files.exists(data)) {
            FileItems.guess(data).ifPresent(guess -> out().println(
                            data + ": items are " + guess + ", as the names of the files say; --items changes that"));
        }
    }

    /**
     * Whether a model of counts is asked for. Lines get one unless a network is named, tables also unless there is an option that
     * only networks have.
     */
    private boolean byCounting(TrainingData.Choice choice) throws IOException {
        Map<String, @Nullable Object> networks = new LinkedHashMap<>();
        networks.put("--preset", preset);
        networks.put("--for-items", forItems);
        networks.put("--process", process);
        networks.put("--distribution", distribution);
        networks.put("--given", given);
        networks.put("--labels", labels);
        networks.put("--minutes", minutes);
        networks.put("--steps", steps);
        networks.put("--seed", seed);
        networks.put("--resume", resume ? true : null);
        networks.put("--set", overrides.isEmpty() ? null : overrides);
        networks.values().removeIf(Objects::isNull);
        if (!CountsTraining.NAME.equals(network)) {
            String kind = network == null && !resume ? TrainingData.kind(data, choice) : "";
            if (!kind.equals(LineFormat.KIND) && !(kind.equals(TableFormat.KIND) && networks.isEmpty())) {
                return false;
            }
        }
        networks.keySet().stream().findFirst().ifPresent(name -> {
            throw usage(name + " is for networks, and a model of counts has none; name one with --network");
        });
        return true;
    }

    /** Whether images or sound are learnt by two models: unless something is asked for that only one network has. */
    private boolean pair(TrainingData.Choice choice) throws IOException {
        return process == null
                && distribution == null
                && given == null
                && labels == null
                && PAIRED.contains(TrainingData.kind(data, choice));
    }

    /** Whether items are text or bytes that a network with counts learns from left to right: unless something else is asked for. */
    private boolean text(TrainingData.Choice choice) throws IOException {
        return process == null
                && distribution == null
                && given == null
                && labels == null
                && network == null
                && (preset == null || !preset.startsWith("paper"))
                && MethodOptions.TEXT_KINDS.contains(TrainingData.kind(data, choice));
    }

    private RunOptions started(TrainingData.Choice choice) throws IOException {
        TrainingSettings settings =
                TrainingSettings.defaults().withSeed(seed == null ? 0 : seed).withLength(0, 10);
        String size = preset != null ? Presets.known(preset) : forItems != null ? SizeChoice.AUTO : UsualPreset.NAME;
        RunOptions options = new RunOptions(
                        size,
                        choice,
                        method(
                                text(choice)
                                        ? MethodOptions.TEXT
                                        : MethodOptions.suiting(
                                                process, network == null && pair(choice) ? Presets.PAIR : network)),
                        withLength(settings))
                .with(overrides);
        return forItems == null ? options : options.forItems(forItems);
    }

    private MethodOptions method(MethodOptions otherwise) {
        return new MethodOptions(
                process == null ? otherwise.process() : process,
                distribution == null ? otherwise.distribution() : distribution,
                given == null ? otherwise.given() : given,
                network == null ? otherwise.network() : network);
    }

    private RunOptions resumed(RunOptions before, TrainingData.Choice now) {
        MethodOptions method = method(before.method());
        requireStarted("preset", before.preset(), preset == null ? before.preset() : Presets.known(preset));
        requireStarted("process", before.method().process(), method.process());
        requireStarted("distribution", before.method().distribution(), method.distribution());
        requireStarted("given", before.method().given(), method.given());
        requireStarted("network", before.method().network(), method.network());
        requireStarted(
                "kind",
                before.data().kind(),
                now.kind().isEmpty() ? before.data().kind() : now.kind());
        requireStarted(
                "format",
                before.data().settings(),
                now.settings().isEmpty() ? before.data().settings() : now.settings());
        requireStarted(
                "seed",
                before.settings().seed(),
                seed == null ? before.settings().seed() : seed);
        requireStarted("for-items", before.forItems(), forItems == null ? before.forItems() : forItems);
        RunOptions options = new RunOptions(
                        before.preset(),
                        before.data(),
                        before.method(),
                        withLength(before.settings()),
                        before.validation(),
                        before.stored(),
                        before.forItems(),
                        before.countsBytes())
                .with(overrides);
        requireStarted(
                "optimizer", before.settings().optimizer(), options.settings().optimizer());
        // Other items to hold out would be items that it has learnt from.
        requireStarted("validation", before.validation(), options.validation());
        return options;
    }

    private void requireStarted(String what, Object before, Object now) {
        if (!now.equals(before)) {
            throw usage("the run was started with " + what + " '" + before + "', not '" + now + "'");
        }
    }

    private TrainingSettings withLength(TrainingSettings settings) {
        return steps != null
                ? settings.withLength(steps, 0)
                : minutes != null ? settings.withLength(0, minutes) : settings;
    }

    /**
     * Ctrl-C ends training after a step, and what comes before and after at once.
     *
     * @param advice how to go on from then on
     */
    private record Signals(String advice) implements TrainingRun.Stop {
        @Override
        public void training() {
            Interrupts.advise(advice);
            Interrupts.stopInOrder();
        }

        @Override
        public boolean requested() {
            return Interrupts.requested();
        }

        @Override
        public void trained() {
            Interrupts.stopAtOnce();
        }
    }
}
