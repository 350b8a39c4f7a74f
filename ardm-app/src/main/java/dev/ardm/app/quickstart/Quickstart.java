package dev.ardm.app.quickstart;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.archive.Attributes;
import dev.ardm.app.archive.Compression;
import dev.ardm.app.archive.SecondMachine;
import dev.ardm.app.report.Baselines;
import dev.ardm.app.report.Holes;
import dev.ardm.app.train.Curve;
import dev.ardm.app.train.RunOptions;
import dev.ardm.app.train.TrainingRun;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.data.GlyphImages;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.image.ImageGrid;
import dev.ardm.data.image.Masks;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.items.ItemSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything once, on a user's own images or on drawn ones: trains, draws, fills, stores what was held out, and has a second JVM decode it. Says
 * each step as a result.
 */
public final class Quickstart {
    public static final int MOST_HELD_OUT = 500;
    public static final String ARCHIVE = "items.ardm";

    private static final int GLYPHS = 6000;
    private static final int GLYPH_SIZE = 16;
    private static final int LEAST_ITEMS = 40;
    private static final int CALLS = 32;
    private static final int SAMPLES = 64;
    private static final int FILLED = 10;
    private static final int CELL = 64;
    private static final List<String> HOLES =
            List.of("missing:center", "missing:right", "missing:bottom", "missing:random=0.75", "missing:left");
    private static final int LEAST_STORED = 16;
    /** How many times slower the plain loops are, at worst. */
    private static final double SLOWER = 4;

    private static final String ORIGINALS = "items.npy";

    /**
     * What to do it with.
     *
     * @param data null for drawn glyphs
     * @param folder new or empty; everything that is made goes there
     * @param training its length is in minutes
     * @param items number of held-out items to store, null for as many as a third of the training time allows
     */
    public record Settings(
            @Nullable Path data,
            Path folder,
            RunOptions training,
            @Nullable Integer items,
            int threads) {
        private long seed() {
            return training.settings().seed();
        }

        private double minutes() {
            return training.settings().minutes();
        }
    }

    private final Settings settings;
    private final TrainingRun.Origin origin;
    private final Listener listener;
    private final Path folder;
    private long phaseStart = System.nanoTime();

    public Quickstart(Settings settings, TrainingRun.Origin origin, Listener listener) {
        this.settings = settings;
        this.origin = origin;
        this.listener = listener;
        this.folder = settings.folder();
    }

    /** Does it all; returns whether the items came back exactly. */
    public boolean run() throws IOException {
        long start = phaseStart;
        requireEmpty(folder);
        Splits.Split split = split();
        train(split.training());
        LikelihoodModel model = Models.open(folder.resolve(TrainingRun.MODEL), settings.threads());
        Plan plan = model.plan(Math.min(CALLS, model.space().dimensions()));
        draw(model, plan);
        fill(model, plan, split.validation());
        boolean exact = store(model, plan, split);
        say("Everything took %s and is in %s", Text.duration(System.nanoTime() - start), folder.toAbsolutePath());
        return exact;
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
        ItemSet all = settings.data() == null
                ? GlyphImages.glyphs(GLYPHS, GLYPH_SIZE, settings.seed())
                : ItemSets.open(settings.data());
        Space space = all.space();
        if (space.rank() != 3 || space.extent(2) > 4 || space.categories().length != 1) {
            throw new UserError(dataName() + ": quickstart needs images, this is " + space);
        }
        if (all.size() < LEAST_ITEMS) {
            throw new UserError(
                    dataName() + ": " + all.size() + " items are too few; at least " + LEAST_ITEMS + " are needed");
        }
        Splits.Split split = Splits.holdOut(all, Math.min(MOST_HELD_OUT, all.size() / 10), settings.seed());
        done(
                "%s %,d images of %s; %,d are held out from training and planning",
                settings.data() == null ? "Drew" : "Read",
                all.size(),
                space,
                split.validation().size());
        return split;
    }

    private String dataName() {
        return settings.data() == null ? "drawn glyphs" : settings.data().toString();
    }

    private void train(ItemSet training) throws IOException {
        say("%nTraining for %s (Ctrl-C ends it) ...", Text.duration((long) (settings.minutes() * 60e9)));
        new TrainingRun(folder, settings.threads(), origin, listener, TrainingRun.Stop.NEVER)
                .train(training, dataName(), settings.training());
        done("Trained and planned: %s, %s", folder.resolve(TrainingRun.MODEL), folder.resolve(Curve.NAME));
    }

    private void draw(LikelihoodModel model, Plan plan) throws IOException {
        List<int[]> samples;
        try (Listener.Task progress = listener.begin("sample", SAMPLES)) {
            samples = model.sample(SAMPLES, plan, settings.seed(), progress);
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
        try (Listener.Task progress = listener.begin("fill", whole.size())) {
            filled = model.fill(whole, known, plan, settings.seed(), progress);
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
        ItemSet chosen = spread(held, settings.items() != null ? settings.items() : affordable(model, plan, held));
        Path archive = folder.resolve(ARCHIVE);
        Path originals = folder.resolve(ORIGINALS);
        AtomicFile.write(originals, false, stream -> NpyFile.write(stream, chosen));
        Compression.Result stored;
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(archive, model, plan);
                ItemInput input = ItemInput.of(chosen, settings.data() != null)) {
            stored = new Compression(input, Attributes.NONE, listener).into(writer);
        }
        long bytes = Files.size(archive);
        done(
                "Compressed %s to %,d bytes, each readable alone, and decoded them once: %s",
                Text.count(stored.items(), "held-out item"), bytes, archive);
        boolean exact =
                SecondMachine.run(folder.resolve(TrainingRun.MODEL), archive, originals, settings.threads(), listener);
        done(exact ? "The items are in %s" : "ITEMS DIFFER from those in %s; please report this", originals);
        compare(split.training(), chosen, bytes, plan.calls());
        return exact;
    }

    /** How many items can be stored and decoded twice in a third of the time that training took, by a short trial. */
    private int affordable(LikelihoodModel model, Plan plan, ItemSet held) {
        int most = Math.min(MOST_HELD_OUT, held.size());
        List<int[]> trial = spread(held, 2 * settings.threads()).all();
        model.encode(trial, plan, LikelihoodModel.NO_PROGRESS); // warms up
        long start = System.nanoTime();
        model.encode(trial, plan, LikelihoodModel.NO_PROGRESS);
        double each = (System.nanoTime() - start) / 1e9 / trial.size();
        double passes = 2 + SLOWER * settings.threads() / SecondMachine.otherThreads(settings.threads());
        return (int) Math.max(Math.min(most, LEAST_STORED), Math.min(most, settings.minutes() * 20 / (each * passes)));
    }

    private void compare(ItemSet training, ItemSet stored, long bytes, int calls) throws IOException {
        Space space = stored.space();
        List<Baselines.Result> results = new ArrayList<>(Baselines.measure(training, stored.all()));
        results.add(new Baselines.Result(
                "ardm, " + Text.count(calls, "network call"),
                Text.bitsPerDimension(bytes, stored.size(), space.dimensions())));
        say("%nBits per dimension on the %s, each alone:%n", Text.count(stored.size(), "held-out item"));
        for (Baselines.Result result : results) {
            say("  %-36s %8.4f", result.name(), result.bitsPerDimension());
        }
        say(
                "%nHeaders, index and checks are counted. The model (%,d KiB) and the dictionary are not.",
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

    private void say(String format, Object... arguments) {
        listener.result(String.format(Locale.ROOT, format, arguments));
    }

    /** A line about what is finished, with the time it took. */
    private void done(String format, Object... arguments) {
        long now = System.nanoTime();
        say("%s (%s)", String.format(Locale.ROOT, format, arguments), Text.duration(now - phaseStart));
        phaseStart = now;
    }
}
