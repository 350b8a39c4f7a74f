package dev.ardm.cli;

import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveWriter;
import dev.ardm.core.Space;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.plan.Plan;
import dev.ardm.data.ItemSet;
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
 * that does not come back exactly, or takes more room coded than not, is stored without the model.
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
    record Report(int items, List<Integer> longer, List<Integer> inexact, long rawBytes, long bytes) {}

    /**
     * Writes an archive.
     *
     * @param named whether the names of the items are kept
     * @param overwrite whether a file that is there may be replaced
     * @param progress hears how many items are done
     */
    Report write(ItemSet items, boolean named, Path target, boolean overwrite, IntConsumer progress)
            throws IOException {
        List<Integer> longer = new ArrayList<>();
        List<Integer> inexact = new ArrayList<>();
        long raw;
        try (ArchiveWriter writer = ArchiveWriter.create(target, header(), overwrite)) {
            for (int from = 0; from < items.size(); from += CHUNK) {
                List<int[]> chunk = chunk(items, from);
                List<byte[]> streams = encoded(chunk, from, progress);
                List<Optional<int[]>> back = decoded(streams, from, progress);
                for (int i = 0; i < chunk.size(); i++) {
                    int[] item = chunk.get(i);
                    boolean exact =
                            back.get(i).filter(got -> Arrays.equals(got, item)).isPresent();
                    boolean shorter = streams.get(i).length <= writer.storedLength();
                    String name = named ? items.name(from + i) : "";
                    if (exact && shorter) {
                        writer.add(streams.get(i), name);
                    } else {
                        (exact ? longer : inexact).add(from + i);
                        writer.addStored(item, name);
                    }
                }
            }
            writer.commit();
            raw = (long) items.size() * (writer.storedLength() - Integer.BYTES); // but for the check
        }
        return new Report(items.size(), List.copyOf(longer), List.copyOf(inexact), raw, Files.size(target));
    }

    private static List<int[]> chunk(ItemSet items, int from) {
        List<int[]> chunk = new ArrayList<>(CHUNK);
        for (int i = from; i < Math.min(items.size(), from + CHUNK); i++) {
            chunk.add(items.item(i));
        }
        return chunk;
    }

    // Coding and decoding take the same time; each counts for half of the progress.

    private List<byte[]> encoded(List<int[]> chunk, int from, IntConsumer progress) {
        return model.encode(chunk, plan, n -> progress.accept(from + n / 2));
    }

    private List<Optional<int[]>> decoded(List<byte[]> streams, int from, IntConsumer progress) {
        return model.decode(streams, plan, n -> progress.accept(from + (streams.size() + n) / 2));
    }

    private ArchiveHeader header() {
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
