package dev.ardm.app.quickstart;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.report.Holes;
import dev.ardm.app.train.Curve;
import dev.ardm.app.train.RunOptions;
import dev.ardm.app.train.TrainingRun;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Space;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import dev.ardm.data.GlyphImages;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import dev.ardm.data.image.ImageGrid;
import dev.ardm.data.image.Masks;
import dev.ardm.data.items.ItemSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything once, on a user's own images or on drawn ones: trains, draws, fills, stores what was held out, and has a second JVM
 * decode it; then the same with lines of a log. Says each step as a result.
 */
public final class Quickstart {
    public static final int MOST_HELD_OUT = 500;
    public static final String ARCHIVE = "items.ardm";
    public static final String LOG_ARCHIVE = "log/server.log.ardm";

    private static final int GLYPHS = 6000;
    private static final int GLYPH_SIZE = 16;
    private static final int LEAST_ITEMS = 40;
    private static final int CALLS = 64;
    private static final int SAMPLES = 64;
    private static final int FILLED = 10;
    private static final int CELL = 64;
    private static final List<String> HOLES =
            List.of("missing:center", "missing:right", "missing:bottom", "missing:random=0.75", "missing:left");
    private static final double STORING_SECONDS_A_MINUTE = 20;

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
    private final Steps steps;

    public Quickstart(Settings settings, TrainingRun.Origin origin, Listener listener) {
        this.settings = settings;
        this.origin = origin;
        this.listener = listener;
        this.folder = settings.folder();
        this.steps = new Steps(listener);
    }

    /** Does it all; returns whether everything came back exactly. */
    public boolean run() throws IOException {
        requireEmpty(folder);
        Splits.Split split = split();
        train(split.training());
        LikelihoodModel open = Models.open(folder.resolve(TrainingRun.MODEL), settings.threads());
        Plan plan = open.plan(Math.min(CALLS, open.space().dimensions()));
        draw(open, plan);
        fill(open, plan, split.validation());
        boolean exact = store(open, plan, split);
        exact &= new PackedLog(
                        folder.resolve(LOG_ARCHIVE), settings.seed(), settings.threads(), origin, listener, steps)
                .run();
        steps.say("%nEverything took %s and is in %s", steps.all(), folder.toAbsolutePath());
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
        steps.done(
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
        steps.say("%nTraining for %s (Ctrl-C ends it) ...", Text.duration((long) (settings.minutes() * 60e9)));
        new TrainingRun(folder, settings.threads(), origin, listener, TrainingRun.Stop.NEVER)
                .train(training, dataName(), settings.training());
        steps.done("Trained and planned: %s, %s", folder.resolve(TrainingRun.MODEL), folder.resolve(Curve.NAME));
    }

    private void draw(LikelihoodModel model, Plan plan) throws IOException {
        List<int[]> samples;
        try (Listener.Task progress = listener.begin("sample", SAMPLES)) {
            samples = model.sample(SAMPLES, plan, settings.seed(), progress);
        }
        Path path = folder.resolve("samples.png");
        ImageGrid.write(path, model.space(), samples, 8, scale(model.space()));
        int calls =
                model.planOf(model.part(Verb.SAMPLE, ItemLayout.VALUES), plan).calls();
        steps.done("%nDrew %d new items in %d network calls each: %s", SAMPLES, calls, path);
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
        steps.done("Filled %d damaged items (rows: as it was, damaged, filled): %s", whole.size(), path);
    }

    /** So many items of a set, evenly spread over it. */
    static ItemSet spread(ItemSet set, int count) {
        int n = Math.min(count, set.size());
        return set.subset(IntStream.range(0, n)
                .map(i -> (int) ((long) i * set.size() / n))
                .toArray());
    }

    private static int scale(Space space) {
        return Math.max(1, CELL / Math.max(space.extent(0), space.extent(1)));
    }

    private boolean store(LikelihoodModel model, Plan plan, Splits.Split split) throws IOException {
        HeldOutArchive archive = new HeldOutArchive(
                folder.resolve(TrainingRun.MODEL), model, plan, folder, settings.threads(), listener, steps);
        ItemSet held = split.validation();
        Integer items = settings.items();
        int count = items != null ? items : archive.affordable(held, settings.minutes() * STORING_SECONDS_A_MINUTE);
        return archive.store(spread(held, count), settings.data() != null, split.training());
    }
}
