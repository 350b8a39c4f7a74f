package dev.ardm.app.pack;

import dev.ardm.core.counts.pixel.PixelCountsModel;
import dev.ardm.data.DataException;
import dev.ardm.data.format.ArrayFormat;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.line.LineFormat;
import dev.ardm.data.format.sequence.PictureCodec;
import dev.ardm.data.image.ImageFolder;
import dev.ardm.data.registry.DataFormats;
import dev.ardm.data.registry.FileItems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a path is read as items of bytes.
 *
 * @param format whose files come back byte by byte, arrays value by value
 * @param assumed what is an item, for the user
 */
public record PackedItems(DataFormat format, String assumed) {
    private static final String BYTES = "bytes";

    /**
     * Decides what is an item of a path.
     *
     * @param asked for; empty for lines of logs, records and tables, and files otherwise
     */
    public static PackedItems of(Path path, Optional<FileItems> asked) throws IOException {
        Optional<PackedItems> images = asked.isPresent() ? Optional.empty() : array(path);
        if (images.isPresent()) {
            return images.get();
        }
        FileItems items = asked.isPresent() ? asked.get() : guess(path);
        String why = asked.isPresent() ? "" : ", by the names of the files; --items says otherwise";
        return switch (items) {
            case LINES, NDJSON -> of(path, LineFormat.KIND, "each line is an item" + why, items);
            case ROWS -> of(path, LineFormat.KIND, "each line of the table is an item" + why, items);
            case FILES -> of(path, BYTES, "each file is an item" + why, items);
        };
    }

    /**
     * The ways in which a path may be read, of which the one is best that makes all smallest: that of {@link #of}, and image files as
     * pictures.
     *
     * @param asked the kind of item that the user named; empty if none: a named kind is taken without trying others
     */
    static List<PackedItems> candidates(Path path, Optional<FileItems> asked) throws IOException {
        PackedItems usual = of(path, asked);
        if (asked.isPresent() || !usual.format.kind().equals(BYTES) || !images(path)) {
            return List.of(usual);
        }
        DataFormat pictures = DataFormats.fit(PictureCodec.KIND, List.of(path), Map.of());
        return List.of(
                usual,
                new PackedItems(
                        pictures,
                        "each image is an item; PNG files come back with their pixels, colour type, palette and chunks,"
                                + " others byte by byte; --items files keeps all as they are"));
    }

    private static boolean images(Path path) throws IOException {
        try {
            return DataFormats.guess(path).filter(ArrayFormat.KIND::equals).isPresent();
        } catch (DataException e) {
            return false; // Of several kinds.
        }
    }

    /** The images of an array, if it is one of images; what comes back is such an array. */
    private static Optional<PackedItems> array(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try {
            if (DataFormats.guess(path).filter(ArrayFormat.KIND::equals).isEmpty() || ImageFolder.isImage(path)) {
                return Optional.empty();
            }
            DataFormat format = DataFormats.fit(ArrayFormat.KIND, List.of(path), Map.of());
            return PixelCountsModel.takes(format.space())
                    ? Optional.of(new PackedItems(
                            format, "each image of the array is an item; --items files keeps the file as it is"))
                    : Optional.empty();
        } catch (DataException e) {
            return Optional.empty(); // No array of items: its bytes are packed.
        }
    }

    private static FileItems guess(Path path) throws IOException {
        try {
            return FileItems.guess(path).orElse(FileItems.FILES);
        } catch (DataException e) {
            return FileItems.FILES; // Of several kinds. What cannot be read is refused when it is read.
        }
    }

    private static PackedItems of(Path path, String kind, String assumed, FileItems items) throws IOException {
        return new PackedItems(DataFormats.fit(kind, List.of(path), items.with(Map.of())), assumed);
    }
}
