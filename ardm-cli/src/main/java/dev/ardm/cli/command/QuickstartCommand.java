package dev.ardm.cli.command;

import dev.ardm.app.data.TrainingData;
import dev.ardm.app.quickstart.Quickstart;
import dev.ardm.app.train.MethodOptions;
import dev.ardm.app.train.Presets;
import dev.ardm.app.train.RunOptions;
import dev.ardm.app.train.TrainingRun;
import dev.ardm.app.weights.WeightStorage;
import dev.ardm.cli.console.Versions;
import dev.ardm.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ardm quickstart}: everything once, in a few minutes, on one's own images or on drawn ones. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        description =
                "Runs everything once: trains on images, draws new ones, repairs damaged ones, and "
                        + "compresses unseen ones losslessly. A second Java process decodes them. Then the same with lines of a log.")
public final class QuickstartCommand extends BaseCommand {
    private static final String DEFAULT_OUT = "ardm-quickstart";
    private static final int REPORTS = 7;
    /** What learns most in a minute or two: many small steps. */
    private static final Map<String, String> HASTE =
            Map.of("batch", "32", "learning-rate", "1.5e-3", "warmup-steps", "50", "ema", "0.995", "loss-sites", "128");
    /** Enough to plan with and to draw a curve; more takes as long as training does. */
    private static final int VALIDATION = 64;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description =
                    "Minutes of training. The rest takes half a minute more on two processors. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1.75")
    private double minutes;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "Training data: a folder of images, an IDX or NPY file (may be gzipped). Default: small "
                    + "images of glyphs that the program draws.")
    private @Nullable Path data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Output folder; must be new or empty. Default: ${DEFAULT-VALUE}.",
            defaultValue = DEFAULT_OUT)
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of all randomness. Default: 0.")
    private long seed;

    @Option(
            names = "--items",
            paramLabel = "N",
            description = "Number of held-out items to compress. Default: as many as time allows, up to "
                    + Quickstart.MOST_HELD_OUT + ".")
    private @Nullable Integer items;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Size of the network: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
            completionCandidates = Presets.Names.class,
            defaultValue = "small")
    @SuppressWarnings("NullAway.Init")
    private String preset;

    @Override
    int run() throws IOException {
        Quickstart.Settings settings = new Quickstart.Settings(data, folder, options(), items, threads());
        TrainingRun.Origin origin = new TrainingRun.Origin(commandText(), Versions.program());
        boolean exact = new Quickstart(settings, origin, listener()).run();
        if (exact) {
            adviseNext();
        }
        return exact ? 0 : 1;
    }

    private RunOptions options() {
        if (!(minutes > 0 && minutes <= 10_000)) {
            throw usage("--minutes must be positive and at most 10000, got " + minutes);
        }
        if (items != null && items < 1) {
            throw usage("--items must be at least 1, got " + items);
        }
        try {
            TrainingSettings settings = TrainingSettings.defaults()
                    .withSeed(seed)
                    .withLength(0, minutes)
                    .withReportSeconds(Math.min(30, Math.max(2, minutes * 60 / REPORTS)));
            return new RunOptions(
                            Presets.known(preset),
                            TrainingData.Choice.GUESS,
                            MethodOptions.suiting(null, Presets.PAIR),
                            settings,
                            VALIDATION,
                            WeightStorage.AUTO,
                            0,
                            0)
                    .with(HASTE);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private void adviseNext() {
        Path model = folder.resolve(TrainingRun.MODEL);
        Path archive = folder.resolve(Quickstart.ARCHIVE);
        out().println();
        out().println("Next:");
        for (String next : List.of(
                advised("train", "--data", "FOLDER_OF_IMAGES", "--out", "runs/mine", "--minutes", 60),
                advised("sample", "-m", model, "-n", 100, "--seed", 1, "-o", "more.png"),
                advised("list", archive),
                advised("decompress", "-m", model, archive, "-o", "restored/"),
                advised("cat", folder.resolve(Quickstart.LOG_ARCHIVE), 17))) {
            out().println("  " + next);
        }
    }
}
