package dev.ardm.data.image;

import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.Spaces;
import dev.ardm.data.file.Staging;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngText;
import dev.ardm.data.png.PngWriter;
import dev.ardm.data.png.RasterImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes single items as images. */
public final class ImageFiles {
    private ImageFiles() {}

    /**
     * Writes an item as PNG: 8 bits per channel if the space has at most 256 categories, else 16, with 1 channel as grey (of
     * 1, 2 or 4 bits if there are 2, 4 or 16 categories), 2 as grey with alpha, 3 as RGB, 4 as RGBA. Values are written as they are and not stretched, so that reading gives
     * them back. The stream stays open.
     *
     * @throws IllegalArgumentException if the item is not an image of 1 to 4 channels, or not of the space
     */
    public static void write(Space space, int[] item, OutputStream out) throws IOException {
        write(space, item, Map.of(), out);
    }

    /** Writes the same with text entries (keyword to text) inside, to be read by {@link PngText}. */
    public static void write(Space space, int[] item, Map<String, String> texts, OutputStream out) throws IOException {
        Spaces.requireImage(space);
        space.check(item);
        ImageLayout exact = ImageLayout.of(space);
        int bits = exact != null ? exact.bits() : space.maxCategories() <= 256 ? 8 : 16;
        RasterImage image =
                new RasterImage(space.extent(0), space.extent(1), ColourKind.of(space.extent(2)), bits, item);
        PngWriter.write(out, image, PngText.chunks(texts), List.of());
    }

    /** Writes a file; it gets its name only when it is complete. */
    public static void write(Space space, int[] item, Path path) throws IOException {
        Staging.file(path, out -> write(space, item, out));
    }

    /**
     * Begins the file of one item, with text entries inside.
     *
     * @param overwrite whether a file that is there may be replaced
     */
    public static ItemWriter create(Path path, boolean overwrite, Space space, Map<String, String> texts)
            throws IOException {
        return new OneImage(AtomicFile.create(path, overwrite), space, texts);
    }

    private static final class OneImage implements ItemWriter {
        private final AtomicFile file;
        private final Space space;
        private final Map<String, String> texts;
        private int count;

        OneImage(AtomicFile file, Space space, Map<String, String> texts) {
            this.file = file;
            this.space = space;
            this.texts = texts;
        }

        @Override
        public void add(Item item) throws IOException {
            if (count == 1) {
                throw new IllegalArgumentException("an image holds a single item");
            }
            Item.Source whole = item.source();
            if (whole != null && item.isWhole()) {
                file.stream().write(whole.bytes());
            } else {
                write(space, item.values(), texts, file.stream());
            }
            item.modified().ifPresent(file::setModified);
            item.mode().ifPresent(file::restore);
            count = 1;
        }

        @Override
        public int size() {
            return count;
        }

        @Override
        public void commit() throws IOException {
            if (count == 0) {
                throw new IllegalStateException("an image without an item");
            }
            file.commit();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
