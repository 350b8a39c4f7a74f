package dev.ardm.app.quickstart;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.archive.Attributes;
import dev.ardm.app.archive.Compression;
import dev.ardm.app.archive.SecondMachine;
import dev.ardm.app.report.Baselines;
import dev.ardm.app.report.ItemBaselines;
import dev.ardm.app.report.ItemBytes;
import dev.ardm.app.report.PayOff;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelParts;
import dev.ardm.core.model.Plan;
import dev.ardm.core.pair.PairModel;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.items.ItemInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Images that no model has learnt in an archive, decoded by a second JVM, and beside them what others make of the same images.
 *
 * @param file of the model
 * @param folder that the archive and the images are written to
 */
record HeldOutArchive(
        Path file, LikelihoodModel model, Plan plan, Path folder, int threads, Listener listener, Steps steps) {
    private static final String ORIGINALS = "items.npy";
    private static final int LEAST = 16;
    /** How many times slower the plain loops are, at worst. */
    private static final double SLOWER = 4;

    /** How many of some images can be stored and decoded twice in so many seconds, by a short trial; a few at least. */
    int affordable(ItemSet held, double seconds) {
        List<int[]> trial = Quickstart.spread(held, 2 * threads).all();
        model.encode(trial, plan, LikelihoodModel.NO_PROGRESS); // warms up
        long start = System.nanoTime();
        model.encode(trial, plan, LikelihoodModel.NO_PROGRESS);
        double each = (System.nanoTime() - start) / 1e9 / trial.size();
        double passes = 2 + SLOWER * threads / SecondMachine.otherThreads(threads);
        return (int) Math.max(Math.min(held.size(), LEAST), Math.min(held.size(), seconds / (each * passes)));
    }

    /** Stores images; returns whether they came back exactly. */
    boolean store(ItemSet images, boolean named, ItemSet training) throws IOException {
        Path archive = folder.resolve(Quickstart.ARCHIVE);
        Path originals = folder.resolve(ORIGINALS);
        AtomicFile.write(originals, false, stream -> NpyFile.write(stream, images));
        Compression.Result stored;
        try (ItemInput input = ItemInput.of(images, named);
                ItemArchiveWriter writer = ItemArchiveWriter.create(archive, model, plan, layout(input), false)) {
            stored = new Compression(input, Attributes.NONE, listener).into(writer);
        }
        long bytes = Files.size(archive);
        steps.done(
                "%nCompressed %s to %,d bytes, each readable alone, and decoded them once: %s",
                Text.count(stored.items(), "held-out item"), bytes, archive);
        boolean exact = SecondMachine.run(file, archive, originals, threads, listener);
        steps.done(exact ? "The items are in %s" : "ITEMS DIFFER from those in %s; please report this", originals);
        compare(training, images, bytes);
        return exact;
    }

    private ItemLayout layout(ItemInput input) {
        return ItemArchiveWriter.layout(input.layout(), input.files(), model);
    }

    /** How the model stores, in a few words. */
    private String how() {
        if (!(model.model() instanceof PairModel pair)) {
            return Text.count(plan.calls(), "network call");
        }
        return pair.storing() instanceof MaskingModel ? "a causal network" : "counts of what follows what";
    }

    private void compare(ItemSet training, ItemSet stored, long bytes) throws IOException {
        Space space = stored.space();
        List<Baselines.Result> results = new ArrayList<>(Baselines.measure(training, stored.all()));
        results.add(new Baselines.Result(
                "ardm, " + how(), Text.bitsPerDimension(bytes, stored.size(), space.dimensions())));
        steps.say("%nBits per dimension on the %s, each alone:%n", Text.count(stored.size(), "held-out item"));
        for (Baselines.Result result : results) {
            steps.say("  %-36s %8.4f", result.name(), result.bitsPerDimension());
        }
        steps.say("%nHeaders, index and checks are counted. Here model and dictionary are too:%n");
        long coding = ModelParts.size(file, model.model().idText());
        steps.say("  ardm: archive %,d bytes, the model that stores %,d, both %,d", bytes, coding, bytes + coding);
        List<byte[]> some;
        try (ItemInput input = ItemInput.of(stored, false);
                ItemCursor cursor = input.cursor()) {
            some = ItemBytes.ofValues(space, cursor);
        }
        long raw = (long) stored.size() * Baselines.raw(space, stored.item(0)).length;
        new PayOff(stored.size(), raw, bytes, coding, ItemBaselines.of(some))
                .sentences()
                .forEach(sentence -> steps.say("  %s", sentence));
        steps.done("%nCompared");
    }
}
