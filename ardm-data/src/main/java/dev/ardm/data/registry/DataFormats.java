package dev.ardm.data.registry;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.format.ArrayFormat;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.FittedFormat;
import dev.ardm.data.format.FormatFamily;
import dev.ardm.data.format.FormatOptions;
import dev.ardm.data.format.line.LineFormat;
import dev.ardm.data.format.sequence.ByteCodec;
import dev.ardm.data.format.sequence.PictureCodec;
import dev.ardm.data.format.sequence.TextCodec;
import dev.ardm.data.format.sequence.WavCodec;
import dev.ardm.data.format.sequence.WavFamily;
import dev.ardm.data.format.table.TableDefinition;
import dev.ardm.data.format.table.TableFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The formats there are. */
public final class DataFormats {
    private static final Map<String, FormatFamily> FAMILIES = new TreeMap<>(Map.of(
            "bytes",
            new ByteCodec.Family(),
            "text",
            new TextCodec.Family(),
            WavCodec.KIND,
            new WavFamily(false),
            WavCodec.MU_LAW_KIND,
            new WavFamily(true)));

    static {
        FAMILIES.put(TableDefinition.KIND, new TableFamily());
        FAMILIES.put(ArrayFormat.KIND, new ArrayFormat.Family());
        FAMILIES.put(PictureCodec.KIND, new PictureCodec.Family());
        FAMILIES.put(LineFormat.KIND, new LineFormat.Family());
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DataFormats() {}

    /** The kinds that {@link #fit} knows. */
    public static Set<String> kinds() {
        return Set.copyOf(FAMILIES.keySet());
    }

    /**
     * Looks at training data and fixes what depends on it: alphabet, vocabulary, parameters.
     *
     * @param kind one of {@link #kinds}
     * @param options of the kind, by name
     * @throws DataException if the kind or an option is not known, or the data cannot be used
     */
    public static DataFormat fit(String kind, List<Path> paths, Map<String, String> options) throws IOException {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("no paths to fit to");
        }
        FormatOptions own = new FormatOptions(kind, options);
        DataFormat format = family(kind).fit(paths, own);
        own.requireAllKnown();
        return format;
    }

    /** The format of training data, see {@link #fit}, and the items for training. */
    public static FittedFormat open(String kind, List<Path> paths, Map<String, String> options) throws IOException {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("no paths to open");
        }
        return family(kind).open(paths, new FormatOptions(kind, options));
    }

    /**
     * The same for the kind that the data seem to be of, see {@link #guess}. Files that by their names are of another kind are skipped.
     */
    public static FittedFormat open(Path path, Map<String, String> options) throws IOException {
        Optional<String> guess = guess(path);
        String kind = guess.orElse(ArrayFormat.KIND);
        FormatOptions own = new FormatOptions(kind, options, name -> FileKinds.mayBe(kind, name));
        try {
            return family(kind).open(List.of(path), own);
        } catch (DataException e) {
            if (guess.isPresent()) {
                throw e;
            }
            throw new DataException(e.getMessage() + "; other files are read with --items lines or --items files", e);
        }
    }

    /**
     * The format of a model's data.
     *
     * @param definition see {@link DataFormat#definition}
     * @param space of the model
     * @throws DataException if the definition is malformed or of a kind that is not known
     */
    public static DataFormat of(String definition, Space space) throws DataException {
        if (definition.isEmpty()) {
            return new ArrayFormat(space, false);
        }
        try {
            return read(JSON.readTree(definition));
        } catch (JacksonException e) {
            throw new DataException("malformed definition of a format: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The format of a definition that is not empty.
     *
     * @throws DataException if it is malformed or of a kind that is not known
     */
    public static DataFormat read(JsonNode definition) throws DataException {
        String kind = definition.path("kind").asString("");
        try {
            DataFormat format = family(kind).read(definition);
            if (!format.definition().equals(definition.toString())) {
                throw new DataException(
                        "malformed definition of a " + kind + " format: not written as this program writes it");
            }
            return format;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new DataException("malformed definition of a " + kind + " format: " + e.getMessage(), e);
        }
    }

    /**
     * The kind that files seem to be of: by their name ({@code .txt}, {@code .wav}, {@code .csv}, {@code .tsv}, {@code .log},
     * {@code .log.1}, {@code .ndjson}, {@code .jsonl}, each also with {@code .gz}, and those of images and arrays), else by their content; of a folder or zip file the kind of more than half of the
     * files in it that have such names. Empty if none has.
     *
     * @throws DataException if the file does not exist or is a damaged zip file, or no kind is that of most files
     */
    public static Optional<String> guess(Path path) throws IOException {
        return FileKinds.guess(path);
    }

    private static FormatFamily family(String kind) throws DataException {
        @Nullable FormatFamily family = FAMILIES.get(kind);
        if (family == null) {
            throw new DataException("unknown format '" + kind + "'; known: " + String.join(", ", FAMILIES.keySet()));
        }
        return family;
    }
}
