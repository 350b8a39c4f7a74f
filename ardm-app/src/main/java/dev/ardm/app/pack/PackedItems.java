package dev.ardm.app.pack;

import dev.ardm.data.DataException;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a path is read as items of bytes.
 *
 * @param format whose files come back byte by byte
 * @param assumed what is an item, for the user
 */
public record PackedItems(DataFormat format, String assumed) {
    private static final String LINES = "lines";

    /** Decides what is an item of a path. */
    public static PackedItems of(Path path, PackOptions.Kind kind) throws IOException {
        return switch (kind) {
            case LINES -> of(path, LINES, "each line is an item");
            case ROWS -> of(path, LINES, "each line of the table is an item");
            case FILES -> of(path, "bytes", "each file is an item");
            case GUESSED -> guessed(path);
        };
    }

    private static PackedItems of(Path path, String kind, String assumed) throws IOException {
        return new PackedItems(DataFormats.fit(kind, List.of(path), Map.of()), assumed);
    }

    private static PackedItems guessed(Path path) throws IOException {
        String kind;
        try {
            kind = DataFormats.guess(path).orElse("");
        } catch (DataException e) {
            kind = ""; // Files of several kinds: each is an item. What cannot be read is refused when it is read.
        }
        return switch (kind) {
            case LINES -> of(path, LINES, "each line is an item, because of the file's name (--items says otherwise)");
            case "csv" ->
                of(path, LINES, "each line of the table is an item, because of the file's name (--items says otherwise)");
            default -> of(path, "bytes", "each file is an item (--items lines makes each line one)");
        };
    }
}
