package dev.ardm.app.train;

import dev.ardm.app.FirstNames;
import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.data.TrainingData;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.Item;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns a model of counts: in one pass over the items, without a network. A tenth of the items is held out first, to say what the
 * others are worth; then the model learns all.
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
    public void train(Path data, TrainingData.Choice choice) throws IOException {
        Path file = folder.resolve(TrainingRun.MODEL);
        if (Files.exists(file)) {
            throw new UserError(folder + ": already contains a run; give another --out");
        }
        DataFormat format = TrainingData.fitted(data, choice);
        List<int[]> items = items(format, data, listener);
        Estimate estimate = heldOut(format, items, data);
        CountsModel learnt = learn(format, items, data);
        Map<String, String> provenance = new TreeMap<>();
        provenance.put("command", origin.command());
        provenance.put("data", data.toString());
        provenance.put("program", origin.program());
        String bits = String.format(
                Locale.ROOT, "%.4f +- %.4f bits a value", estimate.bitsPerDimension(), estimate.standardError());
        provenance.put(
                "held_out", bits + " on " + estimate.items() + " items that a model of the others had not learnt");
        Files.createDirectories(folder);
        CountsModel model = learnt.withProvenance(provenance);
        AtomicFile.write(file, true, stream -> ModelFile.write(model, Type.F32, stream));
        listener.result(String.format(
                Locale.ROOT,
                "%s: %,d items of kind %s learnt, %,d bytes; %s on %,d held-out items",
                file,
                items.size(),
                format.kind(),
                Files.size(file),
                bits,
                estimate.items()));
    }

    private static List<int[]> items(DataFormat format, Path data, Listener listener) throws IOException {
        List<int[]> items = new ArrayList<>();
        long symbols = 0;
        try (ItemCursor cursor = format.wholeItems(List.of(data))) {
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                items.add(item.values());
                symbols += item.values().length + 1L;
                if (symbols > CountsModel.MOST_SYMBOLS) {
                    throw new UserError(data + ": more than " + CountsModel.MOST_SYMBOLS
                            + " values; a model of counts learns no more, so give it a part of the data");
                }
            }
            FirstNames.tellSkipped(cursor.skipped(), listener);
            FirstNames.tellRemarks(cursor.remarks(), listener);
        }
        if (items.size() < 2) {
            throw new UserError(data + ": " + Text.count(items.size(), "item") + " of kind " + format.kind()
                    + "; at least 2 are needed to learn from");
        }
        return items;
    }

    private CountsModel learn(DataFormat format, List<int[]> items, Path data) {
        try {
            return CountsModel.learn(format.space(), format.definition(), items);
        } catch (IllegalArgumentException e) {
            throw new UserError(data + ": " + e.getMessage());
        }
    }

    /** The cost of every tenth item by a model of the others. */
    private Estimate heldOut(DataFormat format, List<int[]> items, Path data) {
        int every = Math.max(10, items.size() / MOST_HELD_OUT);
        List<int[]> learnt = new ArrayList<>();
        List<Item> held = new ArrayList<>();
        for (int k = 0; k < items.size(); k++) {
            if (k % every == every - 1 || k == items.size() - 1 && held.isEmpty()) {
                held.add(Item.of(items.get(k)));
            } else {
                learnt.add(items.get(k));
            }
        }
        try (Listener.Task progress = listener.begin("learn", held.size())) {
            LikelihoodModel model = learn(format, learnt, data).open(threads);
            return model.estimators(model.plan(1), format.layout(), 1).stream()
                    .filter(one -> one.kind().equals(Estimator.PLAN))
                    .findAny()
                    .orElseThrow()
                    .measure(held, 0, progress);
        }
    }
}
