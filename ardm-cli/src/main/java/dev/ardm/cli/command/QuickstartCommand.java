package dev.ardm.cli.command;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.archive.Attributes;
import dev.ardm.app.archive.Compression;
import dev.ardm.app.archive.SecondMachine;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.report.Baselines;
import dev.ardm.app.report.Holes;
import dev.ardm.app.train.Curve;
import dev.ardm.app.train.MethodOptions;
import dev.ardm.app.train.Presets;
import dev.ardm.app.train.RunOptions;
import dev.ardm.app.train.TrainingRun;
import dev.ardm.cli.console.Versions;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.Models;
import dev.ardm.core.model.Plan;
import dev.ardm.data.GlyphImages;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.image.ImageGrid;
import dev.ardm.data.image.Masks;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.items.ItemSets;
import dev.ardm.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ardm quickstart}: everything once, in a few minutes, on one's own images or on drawn ones. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        description = "Runs everything once: trains on images, draws new ones, repairs damaged ones, and "
                + "compresses unseen ones losslessly. A second Java process decodes them.")
public final class QuickstartCommand extends BaseCommand {
    private static final int GLYPHS = 6000;
    private static final int GLYPH_SIZE = 16;
    private static final int LEAST_ITEMS = 40;
    private static final int MOST_HELD_OUT = 500;
    private static final int CALLS = 32;
    private static final int SAMPLES = 64;
    private static final int FILLED = 10;
    private static final int CELL = 64;
    private static final List<String> HOLES =
            List.of("missing:center", "missing:right", "missing:bottom", "missing:random=0.75", "missing:left");
    private static final int LEAST_STORED = 16;
    /** How many times slower the plain loops are, at worst. */
    private static final double SLOWER = 4;

    private static final String DEFAULT_OUT = "ardm-quickstart";
    static final String ARCHIVE = "items.ardm";
    static final String ORIGINALS = "items.npy";

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "Minutes of training. The rest takes at most as long again. Default: ${DEFAULT-VALUE}.",
            defaultValue = "5")
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
                    + MOST_HELD_OUT + ".")
    private @Nullable Integer items;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Size of the network: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
            completionCandidates = Presets.Names.class,
            defaultValue = "small")
    @SuppressWarnings("NullAway.Init")
    private String preset;

    private long phaseStart = System.nanoTime();

    @Override
    int run() throws IOException {
        long start = System.nanoTime();
        RunOptions options = options();
        requireEmpty(folder);
        Splits.Split split = split();
        train(split.training(), options);
        LikelihoodModel model = Models.of(ModelFile.read(folder.resolve(TrainingRun.MODEL)), threads());
        Plan plan = model.plan(Math.min(CALLS, model.space().dimensions()));
        draw(model, plan);
        fill(model, plan, split.validation());
        boolean exact = store(model, plan, split);
        say("Everything took %s and is in %s%n", duration(System.nanoTime() - start), folder.toAbsolutePath());
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
                    .withReportSeconds(Math.min(30, Math.max(2, minutes * 6)));
            return RunOptions.of(
                    Presets.known(preset), TrainingData.Choice.GUESS, MethodOptions.DEFAULT, settings, Map.of());
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private static void requireEmpty(Path folder) throws IOException {
        try (Stream<Path> inside = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            if (inside.findAny().isPresent()) {
                throw new UserError(folder + ": is not empty; delete it, or give another --out");
            }
        } catch (NotDirectoryException e) {
            throw new UserError(folder + ": is not a folder");
        }
    }

    private Splits.Split split() throws IOException {
        ItemSet all = data == null ? GlyphImages.glyphs(GLYPHS, GLYPH_SIZE, seed) : ItemSets.open(data);
        Space space = all.space();
        if (space.rank() != 3 || space.extent(2) > 4 || space.categories().length != 1) {
            throw new UserError(dataName() + ": quickstart needs images, this is " + space);
        }
        if (all.size() < LEAST_ITEMS) {
            throw new UserError(
                    dataName() + ": " + all.size() + " items are too few; at least " + LEAST_ITEMS + " are needed");
        }
        Splits.Split split = Splits.holdOut(all, Math.min(MOST_HELD_OUT, all.size() / 10), seed);
        done(
                "%s %,d images of %s; %,d are held out from training and planning",
                data == null ? "Drew" : "Read",
                all.size(),
                space,
                split.validation().size());
        return split;
    }

    private String dataName() {
        return data == null ? "drawn glyphs" : data.toString();
    }

    private void train(ItemSet training, RunOptions options) throws IOException {
        say("%nTraining for %s (Ctrl-C ends it) ...%n", duration((long) (minutes * 60e9)));
        TrainingRun run = new TrainingRun(
                folder,
                threads(),
                new TrainingRun.Origin(commandText(), Versions.program()),
                listener(),
                TrainingRun.Stop.NEVER);
        if (!run.train(training, dataName(), options)) {
            throw new UserError("interrupted");
        }
        done("Trained and planned: %s, %s", folder.resolve(TrainingRun.MODEL), folder.resolve(Curve.NAME));
    }

    private void draw(LikelihoodModel model, Plan plan) throws IOException {
        List<int[]> samples;
        try (Listener.Task progress = listener().begin("sample", SAMPLES)) {
            samples = model.sample(SAMPLES, plan, seed, progress);
        }
        Path path = folder.resolve("samples.png");
        ImageGrid.write(path, model.space(), samples, 8, scale(model.space()));
        done("%nDrew %d new items in %d network calls each: %s", SAMPLES, plan.calls(), path);
    }

    private void fill(LikelihoodModel model, Plan plan, ItemSet held) throws IOException {
        List<int[]> whole = spread(held, FILLED).all();
        List<boolean[]> known = new ArrayList<>();
        for (int i = 0; i < whole.size(); i++) {
            known.add(Masks.parse(HOLES.get(i % HOLES.size()), model.space()));
        }
        List<int[]> filled;
        try (Listener.Task progress = listener().begin("fill", whole.size())) {
            filled = model.fill(whole, known, plan, seed, progress);
        }
        Holes sheet = new Holes(model.space());
        List<int[]> cells = new ArrayList<>();
        whole.forEach(item -> cells.add(sheet.whole(item)));
        for (int i = 0; i < whole.size(); i++) {
            cells.add(sheet.damaged(whole.get(i), known.get(i)));
        }
        filled.forEach(item -> cells.add(sheet.whole(item)));
        Path path = folder.resolve("filled.png");
        ImageGrid.write(path, sheet.space(), cells, whole.size(), scale(model.space()));
        done("Filled %d damaged items (rows: as it was, damaged, filled): %s", whole.size(), path);
    }

    private boolean store(LikelihoodModel model, Plan plan, Splits.Split split) throws IOException {
        Space space = model.space();
        ItemSet held = split.validation();
        ItemSet chosen = spread(held, items != null ? items : affordable(model, plan, held));
        Path archive = folder.resolve(ARCHIVE);
        Path originals = folder.resolve(ORIGINALS);
        AtomicFile.write(originals, false, stream -> NpyFile.write(stream, chosen));
        Compression.Result stored;
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(archive, model, plan);
                ItemInput input = ItemInput.of(chosen, data != null)) {
            stored = new Compression(input, Attributes.NONE, listener()).into(writer);
        }
        long bytes = Files.size(archive);
        done(
                "Compressed %s to %,d bytes, each readable alone, and decoded them once: %s",
                Text.count(stored.items(), "held-out item"), bytes, archive);
        boolean exact = SecondMachine.run(folder.resolve(TrainingRun.MODEL), archive, originals, threads(), out());
        done(exact ? "The items are in %s" : "ITEMS DIFFER from those in %s; please report this", originals);
        compare(split.training(), chosen, bytes, plan.calls());
        return exact;
    }

    /** How many items can be stored and decoded twice in a third of the time that training took, by a short trial. */
    private int affordable(LikelihoodModel model, Plan plan, ItemSet held) {
        int most = Math.min(MOST_HELD_OUT, held.size());
        List<int[]> trial = spread(held, 2 * threads()).all();
        model.encode(trial, plan, LikelihoodModel.NO_PROGRESS); // warms up
        long start = System.nanoTime();
        model.encode(trial, plan, LikelihoodModel.NO_PROGRESS);
        double each = (System.nanoTime() - start) / 1e9 / trial.size();
        double passes = 2 + SLOWER * threads() / SecondMachine.otherThreads(threads());
        return (int) Math.max(Math.min(most, LEAST_STORED), Math.min(most, minutes * 20 / (each * passes)));
    }

    private void compare(ItemSet training, ItemSet stored, long bytes, int calls) throws IOException {
        Space space = stored.space();
        List<Baselines.Result> results = new ArrayList<>(Baselines.measure(training, stored.all()));
        results.add(new Baselines.Result(
                "ardm, " + Text.count(calls, "network call"),
                Text.bitsPerDimension(bytes, stored.size(), space.dimensions())));
        say("%nBits per dimension on the %s, each alone:%n%n", Text.count(stored.size(), "held-out item"));
        for (Baselines.Result result : results) {
            say("  %-36s %8.4f%n", result.name(), result.bitsPerDimension());
        }
        say(
                "%nHeaders, index and checks are counted. The model (%,d KiB) and the dictionary are not.%n",
                Files.size(folder.resolve(TrainingRun.MODEL)) / 1024);
        done("Compared");
    }

    /** So many items of a set, evenly spread over it. */
    private static ItemSet spread(ItemSet set, int count) {
        int n = Math.min(count, set.size());
        return set.subset(IntStream.range(0, n)
                .map(i -> (int) ((long) i * set.size() / n))
                .toArray());
    }

    private static int scale(Space space) {
        return Math.max(1, CELL / Math.max(space.extent(0), space.extent(1)));
    }

    private void adviseNext() {
        Path model = folder.resolve(TrainingRun.MODEL);
        say("%nNext:%n");
        say("  ./ardm train --data FOLDER_OF_IMAGES --out runs/mine --minutes 60%n");
        say("  ./ardm sample -m %s -n 100 --seed 1 -o more.png%n", model);
        say("  ./ardm list %s%n", folder.resolve(ARCHIVE));
        say("  ./ardm decompress -m %s %s -o restored/%n", model, folder.resolve(ARCHIVE));
    }

    private void say(String format, Object... arguments) {
        out().printf(Locale.ROOT, format, arguments);
        out().flush();
    }

    /** A line about what is finished, with the time it took. */
    private void done(String format, Object... arguments) {
        long now = System.nanoTime();
        say(format + " (%s)%n", append(arguments, duration(now - phaseStart)));
        phaseStart = now;
    }

    private static Object[] append(Object[] arguments, Object last) {
        Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = last;
        return all;
    }

    private static String duration(long nanos) {
        double seconds = nanos / 1e9;
        return seconds < 10
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : seconds < 120
                        ? String.format(Locale.ROOT, "%.0f s", seconds)
                        : String.format(Locale.ROOT, "%.1f min", seconds / 60);
    }
}
