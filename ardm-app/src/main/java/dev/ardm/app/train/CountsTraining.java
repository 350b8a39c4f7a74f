package dev.ardm.app.train;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.data.TrainingData;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.Item;
import dev.ardm.core.counts.CountsForm;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.counts.CountsOptions;
import dev.ardm.core.family.CountsModels;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/**
 * Learns a model of counts, without a network. A tenth of the items is held out first, to say what the others are worth; then the
 * model learns all. Of items that are more than fit in memory, those that are held out, a few thousand, are not learnt at all, and
 * the others are read from their files as often as need be.
 */
public final class CountsTraining {
    /** The name by which a user asks for it, where others are those of networks. */
    public static final String NAME = "counts";

    private static final int MOST_HELD_OUT = 2_000;

    private final Path folder;
    private final int threads;
    private final TrainingRun.Origin origin;
    private final Listener listener;

    /** Training into a run folder. */
    public CountsTraining(Path folder, int threads, TrainingRun.Origin origin, Listener listener) {
        this.folder = folder;
        this.threads = threads;
        this.origin = origin;
        this.listener = listener;
    }

    /**
     * Learns the items of files, and writes the model to {@link TrainingRun#MODEL} in the folder.
     *
     * @throws UserError if the folder has a model, or the data cannot be learnt
     */
    public void train(Path data, TrainingData.Choice choice, CountsOptions options) throws IOException {
        Path file = folder.resolve(TrainingRun.MODEL);
        if (Files.exists(file)) {
            throw new UserError(folder + ": already contains a run; give another --out");
        }
        DataFormat format = TrainingData.fitted(data, choice);
        boolean oneSize = CountsModels.ofOneSize(format.space(), format.layout());
        WholeItems items = oneSize
                ? WholeItems.ofOneSize(format, data)
                : WholeItems.of(format, data, CountsModel.MOST_SYMBOLS, listener);
        if (items.size() < 2) {
            throw new UserError(data + ": " + Text.count((int) items.size(), "item") + " of kind " + format.kind()
                    + "; at least 2 are needed to learn from");
        }
        long every = Math.max(10, items.size() / MOST_HELD_OUT);
        LongPredicate held = k -> k % every == every - 1 || k == items.size() - 1 && items.size() < every;
        Model learnt;
        Estimate estimate;
        try {
            learnt = learn(format, items, held.negate(), data, options);
            estimate = estimate(learnt, format, items.some(held, () -> {}));
            if (items.inMemory()) {
                learnt = learn(format, items, k -> true, data, options);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Map<String, String> provenance = new TreeMap<>();
        provenance.put("command", origin.command());
        provenance.put("data", data.toString());
        provenance.put("program", origin.program());
        String bits = String.format(
                Locale.ROOT, "%.4f +- %.4f bits a value", estimate.bitsPerDimension(), estimate.standardError());
        provenance.put(
                "held_out", bits + " on " + estimate.items() + " items that a model of the others had not learnt");
        Files.createDirectories(folder);
        long counted = CountsModels.learnt(learnt, items.inMemory() ? items.size() : items.size() - estimate.items());
        if (items.inMemory() && counted < items.size()) {
            listener.warn(String.format(
                    Locale.ROOT, "%s: %,d of %,d items learnt, evenly from all", data, counted, items.size()));
        }
        Model model = learnt.withProvenance(provenance);
        AtomicFile.write(file, true, stream -> ModelFile.write(model, Type.F32, stream));
        listener.result(String.format(
                Locale.ROOT,
                "%s: %,d items of kind %s learnt%s, %,d bytes; %s on %,d held-out items",
                file,
                counted,
                format.kind(),
                model instanceof CountsModel counts && counts.form() == CountsForm.ENTRIES ? " as entries" : "",
                Files.size(file),
                bits,
                estimate.items()));
    }

    private Model learn(DataFormat format, WholeItems items, LongPredicate which, Path data, CountsOptions options) {
        long steps = Math.min(items.size() * CountsModel.PASSES, Integer.MAX_VALUE);
        try (Listener.Task progress = listener.begin("learn", steps)) {
            AtomicLong read = new AtomicLong();
            Runnable step = () -> progress.accept((int) Math.min(read.incrementAndGet(), steps));
            Iterable<int[]> some = items.some(which, step);
            return CountsModels.learn(format.space(), format.layout(), format.definition(), some, options);
        } catch (IllegalArgumentException e) {
            throw new UserError(data + ": " + e.getMessage());
        }
    }

    /** The cost of items that were not learnt. */
    private Estimate estimate(Model learnt, DataFormat format, Iterable<int[]> items) {
        List<Item> held = new ArrayList<>();
        items.forEach(item -> held.add(Item.of(item)));
        try (Listener.Task progress = listener.begin("measure", held.size())) {
            LikelihoodModel model = learnt.open(threads);
            return model.estimators(model.plan(1), format.layout(), 1).stream()
                    .filter(one -> one.kind().equals(Estimator.PLAN))
                    .findAny()
                    .orElseThrow()
                    .measure(held, 0, progress);
        }
    }
}
