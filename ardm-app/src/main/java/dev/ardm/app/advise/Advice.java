package dev.ardm.app.advise;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.pack.Alternative;
import dev.ardm.app.pack.DataInWords;
import dev.ardm.app.pack.ItemSample;
import dev.ardm.app.pack.PackedItems;
import dev.ardm.app.pack.PrimerLearning;
import dev.ardm.app.pack.PrimerSearch;
import dev.ardm.app.report.ItemBaselines;
import dev.ardm.app.report.ItemBytes;
import dev.ardm.app.report.PayOff;
import dev.ardm.app.train.SizeChoice;
import dev.ardm.data.DataException;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.InputOptions;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.registry.DataFormats;
import dev.ardm.data.registry.FileItems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be gained from some items, measured on a bounded sample of them: whether there are enough, what others and ardm make of
 * them, and which command to run.
 *
 * @param listener receives it as results
 */
public record Advice(int threads, Listener listener) {
    private static final long MOST_SYMBOLS = 1 << 18;
    private static final int LEAST_ITEMS = 16;

    /**
     * Looks at items.
     *
     * @param program what the user calls the program
     * @throws UserError if the path has none
     */
    public void give(Path path, Optional<FileItems> asked, String program) throws IOException {
        if (!Files.exists(path)) {
            throw new UserError(path + ": no such file or folder");
        }
        PackedItems items = PackedItems.of(path, asked);
        DataFormat format = items.format();
        ItemSample sample = sample(path, format);
        if (sample.count() == 0) {
            throw new UserError(path + ": no items");
        }
        long raw = sample.symbols() - (format.linesOfFiles() ? 0 : sample.count());
        listener.result(path + ": " + items.assumed() + "; " + Text.count(sample.count(), "item") + ", "
                + Text.count(raw, "byte"));
        DataInWords.of(sample).forEach(listener::result);
        ItemBaselines others = ItemBaselines.of(ItemBytes.ofFiles(format, List.of(path)));
        listener.result(others.zstdText(raw));
        listener.result(others.xzText(raw));
        Alternative packed = packed(format, sample);
        listener.result("ardm pack: about " + Text.count(packed.bytes(), "byte") + ", of which the model takes "
                + Text.number(packed.modelBytes()) + " (" + packed.name() + ")");
        if (sample.items().size() >= LEAST_ITEMS && !sample.equal()) {
            curve(path, format, sample, raw, others, program);
        } else {
            listener.result("too few items to say what others like them would cost");
        }
        network(path, raw, program);
        listener.result("these items in one archive: " + program + " pack "
                + Text.command(List.of(path.toString(), "-o", path.getFileName() + ".ardm")));
    }

    private static ItemSample sample(Path path, DataFormat format) throws IOException {
        try (ItemInput input = format.input(List.of(path), InputOptions.nextTo(path));
                var cursor = input.cursor()) {
            return ItemSample.of(cursor, MOST_SYMBOLS);
        }
    }

    private Alternative packed(DataFormat format, ItemSample sample) throws IOException {
        try (Listener.Task progress = listener.begin("pack", PrimerSearch.STEPS)) {
            List<Alternative> tried = new PrimerSearch(format, sample, MOST_SYMBOLS, threads, progress).run();
            long fast = (long) PrimerSearch.USUAL_MILLISECONDS * new PrimerLearning(format).symbolsPerMillisecond();
            return PrimerSearch.chosen(tried, fast, false);
        }
    }

    private void curve(Path path, DataFormat format, ItemSample sample, long raw, ItemBaselines others, String program)
            throws IOException {
        LearningCurve curve;
        try (Listener.Task progress = listener.begin("learn", 4)) {
            curve = LearningCurve.of(format, sample.items(), threads, progress);
        }
        curve.sentences().forEach(listener::result);
        long values = sample.symbols() - sample.count();
        long coded = Math.round(curve.extrapolated(sample.count()) * values / 8);
        long modelBytes = curve.modelBytes() * sample.count() / Math.max(1, curve.learnt());
        OptionalLong after = new PayOff(sample.count(), raw, coded, modelBytes, others).afterZstd();
        if (after.isPresent()) {
            listener.result("a model of these for items to come, of about " + Text.count(modelBytes, "byte")
                    + ", pays for itself against zstd after " + Text.count(after.getAsLong(), "item") + ": " + program
                    + " train " + Text.command(List.of("--data", path.toString(), "--out", "run")));
        } else {
            listener.result("a model of these for items to come does not pay for itself against zstd");
        }
    }

    /** Whether a network has enough to learn from. */
    private void network(Path path, long raw, String program) throws IOException {
        Optional<String> kind;
        try {
            kind = DataFormats.guess(path);
        } catch (DataException e) {
            listener.result("no network: the files are of several kinds");
            return;
        }
        if (kind.isEmpty() || kind.get().equals("lines") || kind.get().equals("csv")) {
            return;
        }
        try {
            TrainingData data = TrainingData.open(path, TrainingData.Choice.GUESS);
            Optional<String> preset = SizeChoice.largest(data.items().space(), raw);
            listener.result(
                    preset.isEmpty()
                            ? "a network would not pay for itself with so few bytes; with many more such items it can"
                            : "a network can pay for itself: " + program + " pack "
                                    + Text.command(List.of(
                                            path.toString(), "-o", path.getFileName() + ".ardm", "--minutes", "30"))
                                    + " tries one");
        } catch (DataException e) {
            listener.result("no network: " + e.getMessage());
        }
    }
}
