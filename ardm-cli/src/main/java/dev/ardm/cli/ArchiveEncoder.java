package dev.ardm.cli;

import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.archive.ArchiveItems;
import dev.ardm.core.archive.ArchivePlan;
import dev.ardm.core.archive.CodedItem;
import dev.ardm.core.archive.ItemEncoder;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.plan.Plan;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSource;
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
 * the same memory.
 */
final class ArchiveEncoder {
    /** Items in memory at a time. */
    static final int CHUNK = ArchiveItems.CHUNK;

    private final LikelihoodModel model;
    private final Plan plan;
    private final ItemEncoder encoder;

    ArchiveEncoder(LikelihoodModel model, Plan plan) {
        this.model = model;
        this.plan = plan;
        this.encoder = new ItemEncoder(model, plan, ItemLayout.VALUES);
    }

    /**
     * Writes an archive.
     *
     * @param named whether the names of the items are kept
     * @param overwrite whether a file that is there may be replaced
     * @param progress hears how many items are done
     */
    StoredItems.Report write(ItemSource items, boolean named, Path target, boolean overwrite, IntConsumer progress)
            throws IOException {
        return write(items, named, false, null, target, overwrite, progress);
    }

    /**
     * Writes an archive.
     *
     * @param times whether the times of items that are files are kept
     * @param embedded the file of the model, if it is to be in the archive
     */
    StoredItems.Report write(
            ItemSource items,
            boolean named,
            boolean times,
            @Nullable Path embedded,
            Path target,
            boolean overwrite,
            IntConsumer progress)
            throws IOException {
        return StoredItems.create(
                target,
                ArchivePlan.header(model, plan),
                embedded,
                overwrite,
                output -> into(items, named, times, output, null, progress));
    }

    /**
     * Adds items to an archive, which is to be committed then.
     *
     * @param same hears the names that are added
     * @return the same report but for the bytes of the archive, which are 0
     */
    StoredItems.Report into(
            ItemSource items,
            boolean named,
            boolean times,
            dev.ardm.coding.ItemOutput output,
            @Nullable SameNames same,
            IntConsumer progress)
            throws IOException {
        StoredItems stored = new StoredItems(output, same);
        try (ItemCursor cursor = items.cursor()) {
            for (List<Item> chunk = next(cursor, times); !chunk.isEmpty(); chunk = next(cursor, times)) {
                int from = stored.size();
                for (CodedItem coded : encoder.encode(chunk, done -> progress.accept(from + done))) {
                    stored.add(coded, named);
                }
            }
        }
        return stored.report();
    }

    /** The items that are coded together next; none at the end. */
    private static List<Item> next(ItemCursor from, boolean times) throws IOException {
        List<Item> chunk = new ArrayList<>(CHUNK);
        while (chunk.size() < CHUNK) {
            int[] item = from.next();
            if (item == null) {
                break;
            }
            chunk.add(Item.of(item)
                    .labelled(StoredTimes.label(from.name(), times ? from.modified() : OptionalLong.empty())));
        }
        return chunk;
    }
}
