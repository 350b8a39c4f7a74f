package dev.ardm.cli.option;

import dev.ardm.app.data.TrainingData;
import dev.ardm.app.train.MethodOptions;
import dev.ardm.app.train.Presets;
import dev.ardm.app.train.RunOptions;
import dev.ardm.app.train.SignalTraining;
import dev.ardm.app.train.SizeChoice;
import dev.ardm.app.train.UsualPreset;
import dev.ardm.data.format.sequence.WavCodec;
import dev.ardm.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code train} that networks have, and what they say of a run. */
public final class NetworkOptions {
    /** Kinds of files that two models learn. */
    private static final Set<String> PAIRED = Set.of(TrainingData.ARRAYS, WavCodec.KIND);

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
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Training setting: batch, learning-rate, warmup-steps, weight-decay, beta2, clip, ema, "
                    + "loss-sites, coding-order, optimizer (adamw or muon), shifts, report-seconds, precision, "
                    + "validation, weights (auto, which loses 0.1 %% of the bits; a loss such as 0.5%%; f16 or f32). "
                    + "May be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    /** The name of the network; null if none was given. */
    public @Nullable String network() {
        return network;
    }

    /** The file of labels; null if none was given. */
    public @Nullable Path labels() {
        return labels;
    }

    /**
     * Checks the length of the run.
     *
     * @throws IllegalArgumentException if there are two, or one is not positive
     */
    public void check() {
        if (minutes != null && steps != null) {
            throw new IllegalArgumentException("give --minutes or --steps, not both");
        }
        if ((minutes != null && !(minutes > 0)) || (steps != null && steps < 1)) {
            throw new IllegalArgumentException("--minutes and --steps must be positive");
        }
    }

    /** The names of the options that were given, without {@code --network}. */
    public List<String> given() {
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
        networks.put("--set", overrides.isEmpty() ? null : overrides);
        networks.values().removeIf(Objects::isNull);
        return List.copyOf(networks.keySet());
    }

    /**
     * The options of a run that learns signals.
     *
     * @throws IllegalArgumentException if there are others than it takes
     */
    public RunOptions ofSignals(TrainingData.Choice choice) {
        if (forItems != null || process != null || distribution != null || given != null || labels != null) {
            throw new IllegalArgumentException(
                    "--network " + SignalTraining.NAME + " takes --preset, --minutes or --steps, --seed and --set");
        }
        return new RunOptions(
                        preset == null ? "small" : Presets.known(preset),
                        choice,
                        MethodOptions.DEFAULT,
                        withLength(TrainingSettings.defaults().withSeed(seed == null ? 0 : seed)))
                .with(overrides);
    }

    /** Whether images or sound are learnt by two models: unless something is asked for that only one network has. */
    private boolean pair(Path data, TrainingData.Choice choice) throws IOException {
        return process == null
                && distribution == null
                && given == null
                && labels == null
                && PAIRED.contains(TrainingData.kind(data, choice));
    }

    /** Whether items are text or bytes that a network with counts learns from left to right: unless something else is asked for. */
    private boolean text(Path data, TrainingData.Choice choice) throws IOException {
        return process == null
                && distribution == null
                && given == null
                && labels == null
                && network == null
                && (preset == null || !preset.startsWith("paper"))
                && MethodOptions.TEXT_KINDS.contains(TrainingData.kind(data, choice));
    }

    /**
     * The options of a new run.
     *
     * @throws IllegalArgumentException if one does not exist or is out of range
     */
    public RunOptions started(Path data, TrainingData.Choice choice) throws IOException {
        TrainingSettings settings =
                TrainingSettings.defaults().withSeed(seed == null ? 0 : seed).withLength(0, 10);
        String size = preset != null ? Presets.known(preset) : forItems != null ? SizeChoice.AUTO : UsualPreset.NAME;
        RunOptions options = new RunOptions(
                        size,
                        choice,
                        method(
                                text(data, choice)
                                        ? MethodOptions.TEXT
                                        : MethodOptions.suiting(
                                                process,
                                                network == null && pair(data, choice) ? Presets.PAIR : network)),
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

    /**
     * The options with which a run goes on.
     *
     * @throws IllegalArgumentException if one differs that may not
     */
    public RunOptions resumed(RunOptions before, TrainingData.Choice now) {
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

    private static void requireStarted(String what, Object before, Object now) {
        if (!now.equals(before)) {
            throw new IllegalArgumentException(
                    "the run was started with " + what + " '" + before + "', not '" + now + "'");
        }
    }

    private TrainingSettings withLength(TrainingSettings settings) {
        return steps != null
                ? settings.withLength(steps, 0)
                : minutes != null ? settings.withLength(0, minutes) : settings;
    }
}
