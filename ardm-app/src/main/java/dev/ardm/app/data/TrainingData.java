package dev.ardm.app.data;

import dev.ardm.core.model.Model;
import dev.ardm.data.ItemSet;
import dev.ardm.data.array.LabelledItemSet;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.FittedFormat;
import dev.ardm.data.format.line.LineFormat;
import dev.ardm.data.format.sequence.EndedWindowSet;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Items of files of any kind, and how they are read and restored. */
public record TrainingData(ItemSet items, DataFormat format) {
    /** The kind of images and arrays. */
    public static final String ARRAYS = "array";

    /**
     * What to read and how.
     *
     * @param kind one of {@link DataFormats#kinds}, or empty to look at the data
     * @param settings of the format
     */
    public record Choice(String kind, Map<String, String> settings) {
        /** Whatever the data looks like. */
        public static final Choice GUESS = new Choice("", Map.of());

        /** Keeps a copy. */
        public Choice {
            settings = Map.copyOf(settings);
        }
    }

    /**
     * Opens data to learn from; the format is fitted to it.
     *
     * @param continues whether items are generated from the first value to the last: those that end by themselves then contain their end
     */
    public static TrainingData open(Path path, Choice choice, boolean continues) throws IOException {
        return continues && kind(path, choice).equals(LineFormat.KIND) ? ended(path, choice) : open(path, choice);
    }

    /** Opens data to learn from, without ends of items; the format is fitted to it. */
    public static TrainingData open(Path path, Choice choice) throws IOException {
        FittedFormat fitted = choice.kind().isEmpty()
                ? DataFormats.open(path, choice.settings())
                : DataFormats.open(choice.kind(), List.of(path), choice.settings());
        return new TrainingData(fitted.items(), fitted.format());
    }

    /** Where no window is asked for, it is one that most lines fit in. */
    private static TrainingData ended(Path path, Choice choice) throws IOException {
        List<Path> paths = List.of(path);
        DataFormat format = fitted(path, choice);
        if (format instanceof LineFormat lines && !choice.settings().containsKey("window")) {
            format = lines.fitting(paths);
        }
        return new TrainingData(format.endedItems(paths), format);
    }

    /** Whether the items contain their end. */
    public boolean terminated() {
        return items instanceof EndedWindowSet;
    }

    /** The format fitted to data, without its windows or images in memory. */
    public static DataFormat fitted(Path path, Choice choice) throws IOException {
        return DataFormats.fit(kind(path, choice), List.of(path), choice.settings());
    }

    /** The kind that was chosen, or the one that the data seem to be of. */
    public static String kind(Path path, Choice choice) throws IOException {
        if (!choice.kind().isEmpty()) {
            return choice.kind();
        }
        return Files.exists(path) ? DataFormats.guess(path).orElse(ARRAYS) : ARRAYS;
    }

    /** Images or arrays that are loaded already. */
    public static TrainingData of(ItemSet items) throws IOException {
        return new TrainingData(items, DataFormats.of("", items.space()));
    }

    /** Adds labels from a file to the data. Without a file the data stay as they are. */
    public TrainingData labelled(@Nullable Path labels, String dataName) throws IOException {
        return labels == null ? this : new TrainingData(LabelledItemSet.read(items, dataName, labels), format);
    }

    /** Number of classes of the items' labels; 0 if they have none. */
    public int classes() {
        return items instanceof LabelledItemSet labelled ? labelled.classes() : 0;
    }

    /** The format of a model's data. */
    public static DataFormat formatOf(Model model) throws IOException {
        return DataFormats.of(model.data(), model.space());
    }
}
