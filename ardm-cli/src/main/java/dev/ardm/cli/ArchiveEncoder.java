package dev.ardm.cli;

import dev.ardm.coding.ArchiveWriter;
import dev.ardm.coding.ItemLabel;
import dev.ardm.core.archive.ArchiveItem;
import dev.ardm.core.archive.ArchiveItems;
import dev.ardm.core.archive.ArchivePlan;
import dev.ardm.core.archive.CodedItem;
import dev.ardm.core.archive.ItemEncoder;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.plan.Plan;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Writes items into an archive, a part of them at a time. Every stream is decoded before the archive gets its name; an item
 * that does not come back exactly, or takes more room coded than not, is stored without the model. Any number of items takes
 * the same memory.
 */
final class ArchiveEncoder {
    /** Items in memory at a time. */
    static final int CHUNK = ArchiveItems.CHUNK;

    private final LikelihoodModel model;
    private final byte[] modelId;
    private final Plan plan;
    private final ItemEncoder encoder;

    ArchiveEncoder(LikelihoodModel model, byte[] modelId, Plan plan) {
        this.model = model;
        this.modelId = modelId.clone();
        this.plan = plan;
        this.encoder = ItemEncoder.of(model, plan);
    }

    /**
     * What was written.
     *
     * @param longer items stored without the model because their streams were longer than that
     * @param inexact items stored without the model because their streams did not decode to them
     * @param rawBytes what all items take without a model and without an archive
     * @param bytes of the archive, everything counted
     */
    record Report(int items, FirstNames longer, FirstNames inexact, long rawBytes, long bytes) {}

    /**
     * Writes an archive.
     *
     * @param named whether the names of the items are kept
     * @param overwrite whether a file that is there may be replaced
     * @param progress hears how many items are done
     */
    Report write(ItemSource items, boolean named, Path target, boolean overwrite, IntConsumer progress)
            throws IOException {
        FirstNames longer = new FirstNames();
        FirstNames inexact = new FirstNames();
        int count;
        long raw;
        try (ArchiveWriter writer = ArchiveWriter.create(target, ArchivePlan.header(model, modelId, plan), overwrite);
                ItemCursor cursor = items.cursor()) {
            for (List<ArchiveItem> chunk = next(cursor); !chunk.isEmpty(); chunk = next(cursor)) {
                int from = writer.size();
                for (CodedItem coded : encoder.encode(chunk, done -> progress.accept(from + done))) {
                    String name = coded.item().name();
                    switch (coded.addTo(writer, named ? coded.item().label() : ItemLabel.NONE)) {
                        case CODED -> {}
                        case LONGER -> longer.add(name);
                        case INEXACT -> inexact.add(name);
                    }
                }
            }
            writer.commit();
            count = writer.size();
            raw = (long) count * (writer.storedLength() - Integer.BYTES); // but for the check
        }
        return new Report(count, longer, inexact, raw, Files.size(target));
    }

    /** The items that are coded together next; none at the end. */
    private static List<ArchiveItem> next(ItemCursor from) throws IOException {
        List<ArchiveItem> chunk = new ArrayList<>(CHUNK);
        while (chunk.size() < CHUNK) {
            int[] item = from.next();
            if (item == null) {
                break;
            }
            chunk.add(ArchiveItem.of(item, from.name()));
        }
        return chunk;
    }
}
