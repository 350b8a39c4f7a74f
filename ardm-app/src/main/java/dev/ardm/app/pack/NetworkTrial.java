package dev.ardm.app.pack;

import dev.ardm.app.Listener;
import dev.ardm.app.ScratchFolder;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.train.MethodOptions;
import dev.ardm.app.train.RunOptions;
import dev.ardm.app.train.SizeChoice;
import dev.ardm.app.train.TrainingRun;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.DataException;
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
     */
    record Trained(Path file, DataFormat format, long modelBytes, long bytes) {
        String sentence() {
            return "  a network: about " + Text.count(bytes, "byte") + " (model " + Text.number(modelBytes) + ")";
        }
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
        if (kind.get().equals(LineFormat.KIND)) {
            return none("of lines, counts learn more in seconds than a network in minutes");
        }
        TrainingData data = TrainingData.open(path, TrainingData.Choice.GUESS);
        if (data.items().size() < LEAST_ITEMS) {
            return none(Text.count(data.items().size(), "item") + " are too few to learn from");
        }
        if (SizeChoice.largest(data.items().space(), raw).isEmpty()) {
            return none(Text.count(raw, "byte") + " are too few: the smallest takes about "
                    + Text.count(SizeChoice.least(data.items().space()), "byte") + " itself");
        }
        Path folder = scratch.file("run");
        RunOptions run = new RunOptions(
                        SizeChoice.AUTO,
                        TrainingData.Choice.GUESS,
                        MethodOptions.DEFAULT,
                        TrainingSettings.defaults().withLength(0, options.minutes()))
                .forItems(data.items().size());
        new TrainingRun(folder, options.threads(), origin, listener, TrainingRun.Stop.NEVER)
                .train(path, null, run, false);
        return Optional.of(measured(folder.resolve(TrainingRun.MODEL), path, data, run));
    }

    private Optional<Trained> none(String why) {
        listener.result("  no network: " + why);
        return Optional.empty();
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
        return new Trained(file, data.format(), modelBytes, modelBytes + itemBytes);
    }
}
