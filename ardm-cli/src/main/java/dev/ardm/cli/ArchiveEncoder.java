package dev.ardm.cli;

import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.archive.ArchiveItems;
import dev.ardm.core.archive.ArchivePlan;
import dev.ardm.core.archive.CodedItem;
import dev.ardm.core.archive.ItemEncoder;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemInput;
import dev.ardm.data.SkippedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes items into an archive, a part of them at a time. Every stream is decoded before the archive gets its name; an item
 * that does not come back exactly, or takes more room coded than not, is stored without the model. Any number of items takes
 * the same memory: in memory is one item of many windows, or several of few.
 */
final class ArchiveEncoder {
    /** Items in memory at a time. */
    static final int CHUNK = ArchiveItems.CHUNK;

    private final LikelihoodModel model;
    private final Plan plan;
    private final ItemLayout layout;
    private final ItemEncoder encoder;

    ArchiveEncoder(LikelihoodModel model, Plan plan, ItemLayout layout) {
        this.model = model;
        this.plan = plan;
        this.layout = layout;
        this.encoder = new ItemEncoder(model, plan, layout);
    }

    /**
     * What is to be coded.
     *
     * @param work windows of all items, and at least one for each
     */
    record Survey(int items, long work, SkippedFiles skipped) {}

    /** Reads all items, so that nothing is coded if one of them cannot be used. */
    Survey survey(ItemInput input) throws IOException {
        try (ItemCursor cursor = input.cursor()) {
            if (input.size().isPresent()) {
                int items = input.size().getAsInt();
                return new Survey(items, items, cursor.skipped());
            }
            int items = 0;
            long work = 0;
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                items++;
                work += encoder.work(item);
            }
            return new Survey(items, work, cursor.skipped());
        }
    }

    /**
     * Writes an archive.
     *
     * @param times whether the times of items that are files are kept
     * @param embedded the file of the model, if it is to be in the archive
     * @param overwrite whether a file that is there may be replaced
     * @param progress hears how much of the work is done
     */
    StoredItems.Report write(
            ItemInput input,
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
                output -> into(input, times, output, null, progress));
    }

    /**
     * Adds items to an archive, which is to be committed then.
     *
     * @param same hears the names that are added
     * @return the same report but for the bytes of the archive, which are 0
     */
    StoredItems.Report into(
            ItemInput input,
            boolean times,
            dev.ardm.coding.ItemOutput output,
            @Nullable SameNames same,
            IntConsumer progress)
            throws IOException {
        StoredItems stored = new StoredItems(output, same);
        long done = 0;
        try (ItemCursor cursor = input.cursor()) {
            Chunks chunks = new Chunks(cursor, times);
            for (List<Item> chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
                long before = done;
                for (CodedItem coded : encoder.encode(chunk, n -> progress.accept(bounded(before + n)))) {
                    stored.add(coded, input.named());
                    done += encoder.work(coded.item());
                }
                progress.accept(bounded(done));
            }
            if (cursor.bytes() >= 0) {
                stored.setRawBytes(cursor.bytes());
            }
        }
        return stored.report();
    }

    private static int bounded(long work) {
        return (int) Math.min(work, Integer.MAX_VALUE);
    }

    /** Items that are coded together: as many as have some work between them, or one that has much. */
    private final class Chunks {
        private final ItemCursor cursor;
        private final boolean times;
        private @Nullable Item ahead;

        Chunks(ItemCursor cursor, boolean times) {
            this.cursor = cursor;
            this.times = times;
        }

        /** The next ones; none at the end. */
        List<Item> next() throws IOException {
            List<Item> items = new ArrayList<>();
            ItemEncoder.Chunk chunk = encoder.new Chunk();
            while (!chunk.full()) {
                Item item = ahead != null ? ahead : item();
                ahead = null;
                if (item == null) {
                    break;
                }
                if (!items.isEmpty() && encoder.work(item) >= CHUNK) {
                    ahead = item;
                    break;
                }
                items.add(item);
                chunk.add(item);
            }
            return items;
        }

        private @Nullable Item item() throws IOException {
            Item item = cursor.next();
            return item == null
                    ? null
                    : item.labelled(StoredTimes.label(item.name(), times ? item.modified() : OptionalLong.empty()));
        }
    }
}
