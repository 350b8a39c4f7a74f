package dev.ardm.data.image;

import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.file.FileList;
import dev.ardm.data.png.PngFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Decodes files of images in their order, a batch of them at a time on all processors. */
public final class ImageCursor implements ItemCursor {
    private static final int BATCH = 256;

    /** Receives files that are not images. */
    public interface Skipped {
        void add(FileList.Entry file) throws IOException;
    }

    private final FileList.Cursor files;
    private final @Nullable Space expected;
    private final @Nullable ImageLayout layout;
    private final Skipped skipped;
    private final List<FileList.Entry> batch = new ArrayList<>();
    private List<Result> results = List.of();
    private int index = -1;

    /**
     * Stands before the first image.
     *
     * @param expected the space that images have to fit, or null if there is none
     */
    public ImageCursor(FileList.Cursor files, @Nullable Space expected, Skipped skipped) {
        this(files, expected, null, skipped);
    }

    /**
     * Stands before the first image.
     *
     * @param layout to which images that it holds are widened; null if they stay as they are
     */
    public ImageCursor(FileList.Cursor files, @Nullable Space expected, @Nullable ImageLayout layout, Skipped skipped) {
        this.files = files;
        this.expected = expected;
        this.layout = layout;
        this.skipped = skipped;
    }

    /**
     * Refuses a single file that is not an image.
     *
     * @throws DataException always
     */
    public static void refuse(FileList.Entry file) throws DataException {
        throw DataException.in(file.path().toString(), "neither an image nor an IDX or NPY file");
    }

    /**
     * The next image; null after the last one.
     *
     * @throws DataException if it cannot be read completely and exactly, or does not fit the expected space
     */
    @Nullable
    DecodedImage nextImage() throws IOException {
        while (true) {
            index++;
            if (index == batch.size() && !nextBatch()) {
                return null;
            }
            DecodedImage image = results.get(index).get();
            if (image == null) {
                skipped.add(batch.get(index));
                continue;
            }
            if (layout != null && layout.holds(ImageLayout.of(image))) {
                image = layout.widen(image);
            }
            return expected == null ? image : ImageCollector.fit(image, file(), expected);
        }
    }

    private boolean nextBatch() throws IOException {
        batch.clear();
        results = List.of();
        index = 0;
        while (batch.size() < BATCH) {
            FileList.Entry file = files.next();
            if (file == null) {
                break;
            }
            batch.add(file);
        }
        results = IntStream.range(0, batch.size())
                .parallel()
                .mapToObj(i -> Result.of(batch.get(i)))
                .toList();
        return !batch.isEmpty();
    }

    @Override
    public @Nullable Item next() throws IOException {
        DecodedImage image = nextImage();
        if (image == null) {
            return null;
        }
        Path file = entry().path();
        Item item = new Item(name(), modified(), FileModes.of(file), new int[0], image.values(), new byte[0], null);
        // Values come back as PNG files, so only such a file can stand for them.
        return name().endsWith(".png") && isPng(file)
                ? item.of(name(), Files.size(file), () -> Files.readAllBytes(file))
                : item;
    }

    private static boolean isPng(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return PngFile.looksLikePng(in.readNBytes(PngFile.signature().length));
        }
    }

    private FileList.Entry entry() {
        if (index < 0 || index >= batch.size()) {
            throw new IllegalStateException("no image was read");
        }
        return batch.get(index);
    }

    /** The name of the image that was returned last. */
    String name() {
        return entry().name();
    }

    private OptionalLong modified() throws IOException {
        return OptionalLong.of(Files.getLastModifiedTime(entry().path()).toMillis());
    }

    /** The path of the image that was returned last, for messages. */
    String file() {
        return entry().path().toString();
    }

    @Override
    public void close() {}

    /** The result of decoding a file on some thread. */
    private record Result(
            @Nullable DecodedImage image, @Nullable IOException failure) {
        static Result of(FileList.Entry file) {
            try {
                return new Result(ImageDecoder.decode(file.path()), null);
            } catch (IOException e) {
                return new Result(null, e);
            }
        }

        @Nullable
        DecodedImage get() throws IOException {
            if (failure != null) {
                throw failure;
            }
            return image;
        }
    }
}
