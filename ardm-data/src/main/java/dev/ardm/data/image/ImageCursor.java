package dev.ardm.data.image;

import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.file.FileList;
import dev.ardm.data.file.FileRemarks;
import dev.ardm.data.file.FileRemarks.Kind;
import dev.ardm.data.png.ColourKind;
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

    /** What becomes of files that hold more than the values of their images. */
    public enum More {
        /** They are refused. */
        REFUSED,
        /** It is left out. */
        LEFT_OUT,
        /** It is left out, and that is remarked. */
        REMARKED
    }

    /** Receives files that are not images. */
    public interface Skipped {
        void add(FileList.Entry file) throws IOException;
    }

    private final FileList.Cursor files;
    private final @Nullable Space expected;
    private final @Nullable ImageLayout layout;
    private final More more;
    private final Skipped skipped;
    private final FileRemarks remarks = new FileRemarks();
    private final List<FileList.Entry> batch = new ArrayList<>();
    private List<Result> results = List.of();
    private int index = -1;

    /**
     * Stands before the first image.
     *
     * @param expected the space that images have to fit, or null if there is none
     * @param layout to which images that it holds are widened; null if they stay as they are
     * @param more what becomes of files that hold more than values
     */
    public ImageCursor(
            FileList.Cursor files, @Nullable Space expected, @Nullable ImageLayout layout, More more, Skipped skipped) {
        this.files = files;
        this.expected = expected;
        this.layout = layout;
        this.more = more;
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
            Result result = results.get(index).get();
            DecodedImage image = result.image;
            if (image == null) {
                skipped.add(batch.get(index));
                continue;
            }
            if (layout != null && layout.holds(ImageLayout.of(image))) {
                image = layout.widen(image);
            }
            DecodedImage fitted = expected == null ? image : ImageCollector.fit(image, file(), expected);
            if (more == More.REFUSED) {
                refuseMore(result, fitted);
            } else if (more == More.REMARKED && !result.metadata.isEmpty()) {
                remarks.add(Kind.TAKEN_WITHOUT, String.join(", ", result.metadata), name());
            }
            return fitted;
        }
    }

    private void refuseMore(Result result, DecodedImage fitted) throws DataException {
        String lost = result.stored;
        if (!result.metadata.isEmpty()) {
            lost = String.join(", ", result.metadata);
        } else if (lost.isEmpty() && result.image != null && result.image.bits() != fitted.bits()) {
            lost = "levels of fewer bits than the model's";
        }
        if (!lost.isEmpty()) {
            throw DataException.in(
                    file(), "it holds " + lost + ", which would be lost (--no-metadata stores only the values)");
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
        // Values come back as PNG files, so only such a file can stand for them, and only where it holds nothing
        // unwanted.
        return more == More.REFUSED && name().endsWith(".png") && isPng(file)
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

    @Override
    public FileRemarks remarks() {
        return remarks;
    }

    /**
     * The result of decoding a file on some thread.
     *
     * @param image null if it is none
     * @param metadata see {@link ImageFile#metadata}
     * @param stored how it is stored, if values do not say it; else empty
     */
    private record Result(
            @Nullable DecodedImage image,
            List<String> metadata,
            String stored,
            @Nullable IOException failure) {
        private static final Result NONE = new Result(null, List.of(), "", null);

        static Result of(FileList.Entry file) {
            try {
                ImageFile image = ImageDecoder.open(file.path());
                return image == null
                        ? NONE
                        : new Result(image.decoded(Space.MAX_DIMENSIONS), image.metadata(), stored(image), null);
            } catch (IOException e) {
                return new Result(null, List.of(), "", e);
            }
        }

        private static String stored(ImageFile image) {
            boolean clear =
                    image.before().stream().anyMatch(chunk -> chunk.type().equals("tRNS"));
            return image.isLossy()
                    ? "a JPEG"
                    : image.kind() == ColourKind.PALETTE ? "a palette" : clear ? "a transparent colour" : "";
        }

        Result get() throws IOException {
            if (failure != null) {
                throw failure;
            }
            return this;
        }
    }
}
