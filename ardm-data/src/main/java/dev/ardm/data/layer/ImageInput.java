package dev.ardm.data.layer;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.file.FileRemarks;
import dev.ardm.data.file.SkippedFiles;
import dev.ardm.data.items.ImageFileList;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Image files of any size. They are named as the files that come back. */
public final class ImageInput implements ItemInput {
    /** Network calls a window: more gain little, since much of a window is known. */
    public static final int CALLS = 8;

    /** The padding value of smaller images: a middle value misleads least. */
    private static final int PADDING_VALUE = 128;

    private static final int BYTE_VALUES = 256;

    private final ImageFileList files;
    private final ImageFileCodec codec;
    private final Kept kept;
    private final ItemLayout layout;
    private final Path nextTo;
    private final String note;

    /**
     * Image files.
     *
     * @param files closed with this
     * @param layout one of images, see {@link #layout(Space)}
     * @param nextTo a file next to which scratch files for names may be
     * @param note see {@link ItemInput#note}
     */
    public ImageInput(ImageFileList files, Space space, Kept kept, ItemLayout layout, Path nextTo, String note) {
        this.files = files;
        this.codec = new ImageFileCodec(space.extent(2), kept);
        this.kept = kept;
        this.layout = layout;
        this.nextTo = nextTo;
        this.note = note;
    }

    /** Why images of any size cannot be coded in windows of a space, in words; null if they can. */
    public static @Nullable String refusal(Space space) {
        boolean bytes = space.rank() == 3
                && space.categories().length == 1
                && space.maxCategories() == BYTE_VALUES
                && (space.extent(2) == 1 || space.extent(2) == 3);
        return bytes
                ? null
                : "images of any size take a model of images of 1 or 3 channels of 256 values, not one of " + space;
    }

    /** The default layout: windows overlap by a quarter of their size. */
    public static ItemLayout layout(Space space) {
        return ItemLayout.images(Math.min(space.extent(0), space.extent(1)) / 4, PADDING_VALUE);
    }

    @Override
    public ItemLayout layout() {
        return layout;
    }

    @Override
    public int most() {
        return files.size();
    }

    @Override
    public OptionalInt calls() {
        return OptionalInt.of(CALLS);
    }

    @Override
    public String note() {
        return note;
    }

    @Override
    public ItemCursor cursor() throws IOException {
        return new Cursor(kept == Kept.FILE ? null : new PngNames(files, nextTo));
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    private final class Cursor implements ItemCursor {
        private final ImageFileList.Cursor at = files.cursor();
        private final SkippedFiles skipped = new SkippedFiles();
        private final FileRemarks remarks = new FileRemarks();
        private final @Nullable PngNames names;

        Cursor(@Nullable PngNames names) {
            this.names = names;
        }

        @Override
        public @Nullable Item next() throws IOException {
            while (at.next()) {
                byte[] file = at.bytes();
                if (!ImageFileCodec.looksLikeImage(file, at.path())) {
                    at.passOver();
                    skipped.add(at.name());
                    continue;
                }
                ImageFileCodec.Encoded encoded = codec.take(file, at.path());
                if (encoded.became() != null) {
                    remarks.add(encoded.became(), encoded.about(), at.name());
                }
                return named(encoded.item());
            }
            return null;
        }

        private Item named(Item item) throws IOException {
            String name = names == null || item.isWhole() ? at.name() : names.unique(at.name());
            Item named = new Item(name, at.modified(), at.mode(), item.shape(), item.values(), item.side(), null);
            Item.Source source = item.source();
            return source == null
                    ? named
                    : named.of(kept == Kept.PIXELS ? name : at.name(), source.length(), source.content());
        }

        @Override
        public SkippedFiles skipped() {
            return skipped;
        }

        @Override
        public FileRemarks remarks() {
            return remarks;
        }

        @Override
        public void close() throws IOException {
            if (names != null) {
                names.close();
            }
        }
    }
}
