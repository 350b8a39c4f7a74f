package dev.ardm.app.pack;

import dev.ardm.app.Listener;
import dev.ardm.app.ScratchFolder;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.score.HeldOutRecords;
import dev.ardm.app.train.MethodOptions;
import dev.ardm.app.train.RunOptions;
import dev.ardm.app.train.SizeChoice;
import dev.ardm.app.train.TrainingRun;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.line.LineFormat;
import dev.ardm.data.registry.DataFormats;
import dev.ardm.train.ModelTraining;
import dev.ardm.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Trains a network on items, where they are such that one can pay for itself, and measures what it would make of all of them. */
public final class NetworkTrial {
    /** Network calls for an item or a window. */
    static final int CALLS = 64;

    private static final int LEAST_ITEMS = 20;
    private static final int MEASURED = 32;

    private final PackOptions options;
    private final TrainingRun.Origin origin;
    private final Listener listener;

    NetworkTrial(PackOptions options, TrainingRun.Origin origin, Listener listener) {
        this.options = options;
        this.origin = origin;
        this.listener = listener;
    }

    /**
     * A network, and what it would make of all items.
     *
     * @param file of the model
     * @param format of its data
     * @param bytes of model and items together
     * @param items how many
     */
    record Trained(Path file, DataFormat format, long modelBytes, long bytes, long items) {
        String sentence() {
            return "  a network: about " + Text.count(bytes, "byte") + " (model " + Text.number(modelBytes) + ")";
        }
    }

    /**
     * From how many items on a network is smaller than counts, for the user; empty if the counts learnt all items, so that nothing says what
     * further ones would take.
     *
     * @param tried with counts
     */
    static Optional<String> paysFrom(Trained network, List<Alternative> tried) {
        double each = (network.bytes - network.modelBytes) / (double) network.items;
        double least = Double.POSITIVE_INFINITY;
        Alternative other = null;
        for (Alternative one : tried) {
            long further = network.items - one.primer().cardinality();
            if (further > 0 && one.itemBytes() / (double) further < least) {
                least = one.itemBytes() / (double) further;
                other = one;
            }
        }
        if (other == null) {
            return Optional.empty();
        }
        double items = (network.modelBytes - other.modelBytes()) / (least - each);
        return Optional.of(
                each < least
                        ? "  against counts the network pays from about "
                                + Text.count(Math.max(1, (long) Math.ceil(items)), "item") + " like these on"
                        : "  counts take less for each further item, so with items like these the network never pays");
    }

    /**
     * Trains one; says why not where none can pay for itself.
     *
     * @param raw bytes of all files
     * @param scratch where the run is
     */
    Optional<Trained> train(Path path, long raw, ScratchFolder scratch) throws IOException {
        try {
            return tried(path, raw, scratch);
        } catch (DataException | UserError e) {
            return none(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Trained> tried(Path path, long raw, ScratchFolder scratch) throws IOException {
        Optional<String> kind;
        try {
            kind = DataFormats.guess(path);
        } catch (DataException e) {
            return none("the files are of several kinds, and a network learns one");
        }
        if (kind.isEmpty()) {
            return none("files of an unknown kind are bytes to it, of which it learns little in minutes");
        }
        boolean lines = kind.get().equals(LineFormat.KIND);
        MethodOptions method = lines ? MethodOptions.RECORDS : MethodOptions.DEFAULT;
        TrainingData data = TrainingData.open(path, TrainingData.Choice.GUESS, lines);
        if (data.items().size() < LEAST_ITEMS) {
            return none(Text.count(data.items().size(), "item") + " are too few to learn from");
        }
        RunOptions run = new RunOptions(
                        SizeChoice.AUTO,
                        TrainingData.Choice.GUESS,
                        method,
                        TrainingSettings.defaults().withLength(0, options.minutes()))
                .forItems(data.items().size());
        Function<String, MaskingDefinition> definitions =
                preset -> TrainingRun.definition(run.withPreset(preset, run.settings()), data, path.toString());
        if (SizeChoice.largest(definitions, raw).isEmpty()) {
            return none(Text.count(raw, "byte") + " are too few: the smallest takes about "
                    + Text.count(SizeChoice.least(definitions), "byte") + " itself");
        }
        Path folder = scratch.file("run");
        new TrainingRun(folder, options.threads(), origin, listener, TrainingRun.Stop.NEVER)
                .train(path, null, run, false);
        Path file = folder.resolve(TrainingRun.MODEL);
        return Optional.of(data.terminated() ? ofRecords(file, path, data, run) : measured(file, path, data, run));
    }

    private Optional<Trained> none(String why) {
        listener.result("  no network: " + why);
        return Optional.empty();
    }

    /** What all records would take: their likelihood, and half a byte each to keep them apart. */
    private Trained ofRecords(Path file, Path path, TrainingData data, RunOptions run) throws IOException {
        LikelihoodModel model = Models.open(file, options.threads());
        ItemSet held = ModelTraining.split(
                        data.items(), run.validation(), run.settings().seed())
                .validation();
        HeldOutRecords records = HeldOutRecords.of(held);
        double bits = records.measure(model).bitsPerDimension() * records.values();
        double each = bits / 8 / (records.values() + records.items().size());
        long count = 0;
        double symbols = 0;
        try (ItemCursor cursor = data.format().wholeItems(List.of(path))) {
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                count++;
                symbols += item.values().length + 1;
            }
        }
        long modelBytes = Files.size(file);
        return new Trained(
                file, data.format(), modelBytes, modelBytes + Math.round(each * symbols + count / 2.0), count);
    }

    private Trained measured(Path file, Path path, TrainingData data, RunOptions run) throws IOException {
        LikelihoodModel model = Models.open(file, options.threads());
        ItemSet held = ModelTraining.split(
                        data.items(), run.validation(), run.settings().seed())
                .validation()
                .limit(MEASURED);
        List<Item> items = held.all().stream().map(Item::of).toList();
        long coded = 0;
        try (Listener.Task progress = listener.begin("measure", items.size())) {
            for (byte[] stream :
                    model.coder(model.plan(CALLS), ItemLayout.VALUES).encode(items, progress)) {
                coded += stream.length;
            }
        }
        int all = data.format().evaluationItems(List.of(path)).size();
        long modelBytes = Files.size(file);
        long itemBytes = Math.round((double) coded * all / items.size());
        return new Trained(file, data.format(), modelBytes, modelBytes + itemBytes, all);
    }
}
