package dev.ardm.cli;

import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ArchiveItems;
import dev.ardm.core.archive.ArchivePlan;
import dev.ardm.core.archive.CodedItem;
import dev.ardm.core.archive.ItemEncoder;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.plan.Plan;
import dev.ardm.data.ImageFileList;
import dev.ardm.data.image.ImageFileCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes image files of any size into an archive. Every stream is decoded before the archive gets its name; an image that does not
 * come back exactly, or takes more room coded than not, is stored without the model. In memory are one image of many windows,
 * or several of few.
 */
final class ImageEncoder {
    /** Network calls a window where nothing else is asked for: more gain little, since much of a window is known. */
    static final int DEFAULT_CALLS = 8;

    /** What fills the windows of images that are smaller: a middling value misleads least. */
    private static final int RESTING_VALUE = 128;

    private static final int BYTE_VALUES = 256;

    private final LikelihoodModel model;
    private final Plan plan;
    private final ImageFileCodec codec;
    private final boolean exactFiles;
    private final ItemLayout layout;
    private final ItemEncoder encoder;

    /**
     * An encoder.
     *
     * @param model one that {@link #refusal} has nothing against
     * @param layout one of images, such as {@link #layout}
     * @param exactFiles whether files must come back byte by byte
     * @param keepMetadata see {@link ImageFileCodec}
     */
    ImageEncoder(LikelihoodModel model, Plan plan, ItemLayout layout, boolean exactFiles, boolean keepMetadata) {
        this.model = model;
        this.plan = plan;
        this.exactFiles = exactFiles;
        this.codec = new ImageFileCodec(model.space().extent(2), exactFiles, keepMetadata);
        this.layout = layout;
        this.encoder = new ItemEncoder(model, plan, layout);
    }

    /** Why a model cannot code images of any size, in words; null if it can. */
    static @Nullable String refusal(LikelihoodModel model) {
        Space space = model.space();
        boolean bytes = space.rank() == 3
                && space.categories().length == 1
                && space.maxCategories() == BYTE_VALUES
                && (space.extent(2) == 1 || space.extent(2) == 3);
        if (!bytes) {
            return "images of any size take a model of images of 1 or 3 channels of 256 values, not one of " + space;
        }
        return model.process().causal()
                ? "images of any size take a model that generates in any order, and this one is autoregressive"
                : null;
    }

    /** The context where nothing else is asked for: a quarter of a window. */
    static int defaultContext(Space space) {
        return Math.min(space.extent(0), space.extent(1)) / 4;
    }

    /** How new archives lay images out. @param context the least number of pixels by which neighbouring windows overlap */
    static ItemLayout layout(int context) {
        return ItemLayout.images(context, RESTING_VALUE);
    }

    /**
     * What is to be coded.
     *
     * @param windows of all images: the work
     * @param skipped files that were passed over because they are no images
     */
    record Survey(int images, long windows, FirstNames skipped) {}

    /** Takes all files apart, so that nothing is coded if one of them cannot be used. */
    Survey survey(ImageFileList files) throws IOException {
        int images = 0;
        long windows = 0;
        FirstNames skipped = new FirstNames();
        ImageFileList.Cursor cursor = files.cursor();
        while (cursor.next()) {
            Image image = image(cursor, false);
            if (image == null) {
                skipped.add(cursor.name());
                continue;
            }
            images++;
            windows += image.work(encoder);
        }
        return new Survey(images, windows, skipped);
    }

    /** An image taken apart, and what its file is called. */
    private record Image(String name, OptionalLong modified, ImageFileCodec.Encoded encoded) {
        Item item(String restored) {
            return encoded.item(restored, modified);
        }

        int work(ItemEncoder encoder) {
            return encoder.work(item(name));
        }
    }

    /** The image of a file; null if it is none and may be passed over. */
    private @Nullable Image image(ImageFileList.Cursor cursor, boolean times) throws IOException {
        byte[] file = cursor.bytes();
        if (!ImageFileCodec.looksLikeImage(file, cursor.path())) {
            cursor.passOver();
            return null;
        }
        return new Image(
                cursor.name(), times ? cursor.modified() : OptionalLong.empty(), codec.encode(file, cursor.path()));
    }

    /**
     * Writes an archive.
     *
     * @param times whether the times of files are kept
     * @param embedded the file of the model, if it is to be in the archive
     * @param overwrite whether a file that is there may be replaced
     * @param progress hears how many windows are done
     */
    StoredItems.Report write(
            ImageFileList files,
            boolean times,
            @Nullable Path embedded,
            Path target,
            boolean overwrite,
            IntConsumer progress)
            throws IOException {
        return StoredItems.create(
                target,
                ArchivePlan.header(model, plan).with(layout),
                embedded,
                overwrite,
                output -> into(files, times, target, output, null, progress));
    }

    /**
     * Adds images to an archive, which is to be committed then.
     *
     * @param archive its file, beside which names may be kept for a while
     * @param same hears the names that are added
     * @return the same report but for the bytes of the archive, which are 0
     */
    StoredItems.Report into(
            ImageFileList files,
            boolean times,
            Path archive,
            dev.ardm.coding.ItemOutput output,
            @Nullable SameNames same,
            IntConsumer progress)
            throws IOException {
        StoredItems stored = new StoredItems(output, same);
        long done = 0;
        try (RestoredPngNames names = new RestoredPngNames(files, archive, exactFiles)) {
            Chunks chunks = new Chunks(files.cursor(), names, times);
            for (List<Item> chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
                long before = done;
                for (CodedItem coded : encoder.encode(chunk, n -> progress.accept(bounded(before + n)))) {
                    stored.add(coded, true);
                    done += encoder.work(coded.item());
                }
                progress.accept(bounded(done));
            }
        }
        return stored.report();
    }

    private static int bounded(long work) {
        return (int) Math.min(work, Integer.MAX_VALUE);
    }

    /** Images that are coded together: as many as have some work between them, or one that has much. */
    private final class Chunks {
        private final ImageFileList.Cursor cursor;
        private final RestoredPngNames names;
        private final boolean times;
        private @Nullable Item ahead;

        Chunks(ImageFileList.Cursor cursor, RestoredPngNames names, boolean times) {
            this.cursor = cursor;
            this.names = names;
            this.times = times;
        }

        /** The next ones; none at the end. */
        List<Item> next() throws IOException {
            List<Item> chunk = new ArrayList<>();
            int work = 0;
            long extra = 0;
            while (work < ArchiveItems.CHUNK && extra < ArchiveItems.CHUNK_BYTES) {
                Item item = ahead != null ? ahead : item();
                ahead = null;
                if (item == null) {
                    break;
                }
                int more = encoder.work(item);
                if (more >= ArchiveItems.CHUNK && !chunk.isEmpty()) {
                    ahead = item;
                    break;
                }
                chunk.add(item);
                work += more;
                extra += item.side().length;
            }
            return chunk;
        }

        private @Nullable Item item() throws IOException {
            while (cursor.next()) {
                Image image = image(cursor, times);
                if (image != null) {
                    return image.item(names.of(image.name));
                }
            }
            return null;
        }
    }
}
