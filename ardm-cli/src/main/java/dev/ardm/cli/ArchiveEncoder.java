package dev.ardm.cli;

import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveWriter;
import dev.ardm.core.Space;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.plan.Plan;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Writes items into an archive, a part of them at a time. Every stream is decoded before the archive gets its name; an item
 * that does not come back exactly, or takes more room coded than not, is stored without the model. Any number of items takes
 * the same memory.
 */
final class ArchiveEncoder {
    /** Items in memory at a time. */
    static final int CHUNK = 256;

    private final LikelihoodModel model;
    private final byte[] modelId;
    private final Plan plan;

    ArchiveEncoder(LikelihoodModel model, byte[] modelId, Plan plan) {
        this.model = model;
        this.modelId = modelId.clone();
        this.plan = plan;
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

    /** Items that are coded together, and their names. */
    private record Chunk(List<int[]> items, List<String> names) {
        static Chunk next(ItemCursor from) throws IOException {
            Chunk chunk = new Chunk(new ArrayList<>(CHUNK), new ArrayList<>(CHUNK));
            while (chunk.size() < CHUNK) {
                int[] item = from.next();
                if (item == null) {
                    break;
                }
                chunk.items.add(item);
                chunk.names.add(from.name());
            }
            return chunk;
        }

        int size() {
            return items.size();
        }
    }

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
        try (ArchiveWriter writer = ArchiveWriter.create(target, header(model, modelId, plan), overwrite);
                ItemCursor cursor = items.cursor()) {
            for (Chunk chunk = Chunk.next(cursor); chunk.size() > 0; chunk = Chunk.next(cursor)) {
                int from = writer.size();
                List<byte[]> streams = encoded(chunk.items, from, progress);
                List<Optional<int[]>> back = decoded(streams, from, progress);
                for (int i = 0; i < chunk.size(); i++) {
                    int[] item = chunk.items.get(i);
                    boolean exact =
                            back.get(i).filter(got -> Arrays.equals(got, item)).isPresent();
                    boolean shorter = streams.get(i).length <= writer.storedLength();
                    String name = named ? chunk.names.get(i) : "";
                    if (exact && shorter) {
                        writer.add(streams.get(i), name);
                    } else {
                        (exact ? longer : inexact).add(chunk.names.get(i));
                        writer.addStored(item, name);
                    }
                }
            }
            writer.commit();
            count = writer.size();
            raw = (long) count * (writer.storedLength() - Integer.BYTES); // but for the check
        }
        return new Report(count, longer, inexact, raw, Files.size(target));
    }

    // Coding and decoding take the same time; each counts for half of the progress.

    private List<byte[]> encoded(List<int[]> chunk, int from, IntConsumer progress) {
        return model.encode(chunk, plan, n -> progress.accept(from + n / 2));
    }

    private List<Optional<int[]>> decoded(List<byte[]> streams, int from, IntConsumer progress) {
        return model.decode(streams, plan, n -> progress.accept(from + (streams.size() + n) / 2));
    }

    /** What an archive of a model's items says of all of them. */
    static ArchiveHeader header(LikelihoodModel model, byte[] modelId, Plan plan) {
        Space space = model.space();
        return new ArchiveHeader(
                Model.ARITHMETIC_VERSION,
                modelId,
                space.shape(),
                space.categories(),
                space.scale().ordinal(),
                plan.toBytes());
    }
}
