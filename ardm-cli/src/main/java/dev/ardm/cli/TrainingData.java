package dev.ardm.cli;

import dev.ardm.app.UserError;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemSets;
import dev.ardm.data.LabelledItemSet;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.DataFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Items of files of any kind, and how they are read and restored.
 *
 * @param format null for images and arrays, which need no more than their space
 */
record TrainingData(ItemSet items, @Nullable DataFormat format) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The kind of images and arrays. */
    static final String ARRAYS = "array";

    /**
     * What to read and how.
     *
     * @param kind {@value #ARRAYS}, one of {@link DataFormats#kinds}, or empty to look at the data
     * @param settings of the format
     */
    record Choice(String kind, Map<String, String> settings) {
        static final Choice GUESS = new Choice("", Map.of());

        /** Keeps a copy. */
        Choice {
            settings = Map.copyOf(settings);
        }
    }

    /** Opens data to learn from; the format is fitted to it. */
    static TrainingData open(Path path, Choice choice) throws IOException {
        String kind = choice.kind();
        if (kind.isEmpty()) {
            kind = Files.exists(path) ? DataFormats.guess(path).orElse(ARRAYS) : ARRAYS;
        }
        if (kind.equals(ARRAYS)) {
            boolean widen = "true".equals(choice.settings().get("widen"));
            if (choice.settings().size() > (widen ? 1 : 0)) {
                throw new UserError(
                        path + ": the only setting of images and arrays is widen=true, got " + choice.settings());
            }
            return new TrainingData(ItemSets.open(path, null, widen), null);
        }
        DataFormat format = DataFormats.fit(kind, List.of(path), choice.settings());
        return new TrainingData(format.items(List.of(path)), format);
    }

    /** The same data with labels from a file; none if there is no file. */
    TrainingData labelled(@Nullable Path labels, String dataName) throws IOException {
        return labels == null ? this : new TrainingData(LabelledItemSet.read(items, dataName, labels), format);
    }

    /** Number of classes of the items' labels; 0 if they have none. */
    int classes() {
        return items instanceof LabelledItemSet labelled ? labelled.classes() : 0;
    }

    /**
     * Opens data for a model that is there.
     *
     * @param names only files whose names match, where files have names to choose by; null for all
     */
    static ItemSet openFor(Path path, dev.ardm.core.model.Model model, @Nullable String names) throws IOException {
        Optional<DataFormat> format = formatOf(model);
        if (format.isEmpty()) {
            if (names != null) {
                throw new UserError(path + ": only files of a format can be chosen by --names");
            }
            return ItemSets.open(path, model.space());
        }
        if (!Files.exists(path)) {
            throw new UserError(path + ": no such file or folder");
        }
        DataFormat chosen = names == null ? format.get() : format.get().selecting(pattern(names));
        return chosen.evaluationItems(List.of(path));
    }

    private static Pattern pattern(String names) {
        try {
            return Pattern.compile(names);
        } catch (PatternSyntaxException e) {
            throw new UserError("--names '" + names + "': " + e.getDescription());
        }
    }

    /** The format of a model's data; empty for images and arrays. */
    static Optional<DataFormat> formatOf(dev.ardm.core.model.Model model) throws IOException {
        String data = model.definition().data();
        if (data.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DataFormats.read(JSON.readTree(data)));
        } catch (JacksonException e) {
            throw new UserError("the model's definition of its data is malformed: " + e.getOriginalMessage());
        }
    }

    /** The definition of the format for a model; empty for images and arrays. */
    String definition() {
        return format == null ? "" : format.definition().toString();
    }
}
