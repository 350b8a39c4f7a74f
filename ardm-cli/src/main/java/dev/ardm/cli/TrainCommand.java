package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ardm train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains a model on images and writes it to OUT/model.safetensors.")
final class TrainCommand extends BaseCommand {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            description = "What to learn from: a folder of images, an IDX or an NPY file, gzipped or not.")
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
            description = "Size of the network: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
            completionCandidates = Presets.Names.class,
            defaultValue = "small")
    @SuppressWarnings("NullAway.Init")
    private String preset;

    @Option(names = "--minutes", paramLabel = "N", description = "Wall-clock minutes of training. Default: 10.")
    private @Nullable Double minutes;

    @Option(names = "--steps", paramLabel = "N", description = "Optimiser steps instead of minutes: reproducible.")
    private @Nullable Long steps;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of all randomness. Default: 0.")
    private long seed;

    @Option(names = "--resume", description = "Go on from the newest checkpoint in RUN_DIR.")
    private boolean resume;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Overrides a training setting: batch, learning-rate, warmup-steps, weight-decay, beta2, clip, ema,"
                            + " loss-sites, report-seconds, precision, validation, weights (f32 or f16). May be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Override
    int run() throws IOException {
        if (minutes != null && steps != null) {
            throw usage("give --minutes or --steps, not both");
        }
        if ((minutes != null && !(minutes > 0)) || (steps != null && steps < 1)) {
            throw usage("--minutes and --steps must be positive");
        }
        RunOptions options;
        try {
            TrainingSettings settings = TrainingSettings.defaults().withSeed(seed);
            settings = steps != null
                    ? settings.withLength(steps, 0)
                    : settings.withLength(0, minutes != null ? minutes : 10);
            options = RunOptions.of(Presets.known(preset), settings, overrides);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        TrainingRun run = new TrainingRun(out, threads(), out());
        Interrupts.stopInOrder();
        boolean finished = run.train(data, options, resume, commandText());
        Interrupts.stopAtOnce();
        if (!finished) {
            throw new UserError("interrupted; go on with: ardm train --data " + data + " --out " + out + " --resume");
        }
        return 0;
    }

    /** The command as given, for the model's provenance. */
    private String commandText() {
        return "ardm " + String.join(" ", arguments());
    }
}
