package dev.ardm.data.registry;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.data.DataException;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.line.LineFormat;
import dev.ardm.data.format.table.TableDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the items of a file are, as a user says it. */
public enum FileItems {
    /** Each line. */
    LINES,
    /** Each line; a line that is no JSON is named. */
    NDJSON,
    /** Each row of a table. */
    ROWS,
    /** The file itself. */
    FILES;

    /** What the items of files seem to be, by {@link DataFormats#guess}; empty where that says nothing of it: images, arrays. */
    public static Optional<FileItems> guess(Path path) throws IOException {
        return DataFormats.guess(path).flatMap(FileItems::of);
    }

    private static Optional<FileItems> of(String kind) {
        return switch (kind) {
            case LineFormat.KIND -> Optional.of(LINES);
            case TableDefinition.KIND -> Optional.of(ROWS);
            default -> Optional.empty();
        };
    }

    /**
     * The kind of format that reads files so, one of {@link DataFormats#kinds}.
     *
     * @throws DataException if the files do not exist, or are of several kinds and each is to be an item
     */
    public String kind(Path path) throws IOException {
        return switch (this) {
            case LINES, NDJSON -> LineFormat.KIND;
            case ROWS -> TableDefinition.KIND;
            case FILES ->
                Files.exists(path)
                        ? DataFormats.guess(path)
                                .filter(kind -> of(kind).isEmpty())
                                .orElse("bytes")
                        : "bytes";
        };
    }

    /** Whether a format's kind, one of {@link DataFormats#kinds}, reads files so. */
    public boolean isOf(String kind) {
        return of(kind).orElse(FILES) == (this == NDJSON ? LINES : this);
    }

    /** Whether a format makes such items. */
    public boolean areThoseOf(DataFormat format) {
        return switch (this) {
            case LINES, NDJSON -> format.linesOfFiles();
            case ROWS -> format.layout().equals(ItemLayout.ROWS);
            case FILES -> format.filePerItem();
        };
    }

    /** The settings of a format, with what this adds to them. */
    public Map<String, String> with(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        if (this == NDJSON) {
            all.put(LineFormat.RECORDS, LineFormat.JSON);
        }
        return all;
    }

    /** What the items of a format are, in words. */
    public static String describe(DataFormat format) {
        return format.linesOfFiles() ? "lines" : format.filePerItem() ? "files" : "rows";
    }

    /** The name that users give. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
