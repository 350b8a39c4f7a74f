package dev.ardm.core.archive;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.RecordCoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Decodes the items under one header. Safe for use by several threads. */
final class PartDecoder {
    private static final int MOST_WORK = 1 << 30;

    private final ArchiveReader reader;
    /** On the model's threads. */
    private final ItemCoder coder;
    /** On the caller's. */
    private final ItemCoder alone;

    private final @Nullable Records records;

    private PartDecoder(ArchiveReader reader, ItemCoder coder, ItemCoder alone, @Nullable Records records) {
        this.reader = reader;
        this.coder = coder;
        this.alone = alone;
        this.records = records;
    }

    /**
     * The decoder of records.
     *
     * @param coder on the model's threads
     * @param alone on the caller's
     */
    private record Records(RecordDecoder decoder, RecordCoder coder, RecordCoder alone) {}

    static PartDecoder of(Path file, ArchiveReader reader, ArchiveHeader header, LikelihoodModel model, Plan plan)
            throws DamagedException {
        try {
            LikelihoodModel one = model.on(1);
            return new PartDecoder(
                    reader,
                    model.coder(plan, header.layout()),
                    one.coder(plan, header.layout()),
                    header.layout().records()
                            ? new Records(
                                    new RecordDecoder(reader), RecordEncoder.coder(model), RecordEncoder.coder(one))
                            : null);
        } catch (IllegalArgumentException e) {
            throw ArchivePlan.damaged(file, String.valueOf(e.getMessage())); // no writer makes an archive of that model
        }
    }

    /** The windows of an item, at least 1 and bounded. */
    static int work(ItemCoder coder, int length, int[] shape) {
        return length == 0 ? 1 : (int) Math.max(1, Math.min(coder.windows(length, shape), MOST_WORK));
    }

    /** See {@link PartDecoders#work(int)}. */
    int work(int item) throws IOException {
        if (records != null) {
            return 1;
        }
        try {
            return work(coder, reader.length(item), reader.shape(item));
        } catch (DamagedException e) {
            return 1; // reported when it is read
        }
    }

    /** Reads and decodes one item on this thread alone. */
    DecodedItem decode(int item) throws IOException {
        return records != null
                ? records.decoder
                        .decode(records.alone, item, item + 1, LikelihoodModel.NO_PROGRESS)
                        .get(0)
                : decode(alone, item, item + 1, LikelihoodModel.NO_PROGRESS).get(0);
    }

    /** Reads and decodes items in parallel, on the model's threads. */
    List<DecodedItem> decode(int from, int to, IntConsumer progress) throws IOException {
        return records != null
                ? records.decoder.decode(records.coder, from, to, progress)
                : decode(coder, from, to, progress);
    }

    private List<DecodedItem> decode(ItemCoder by, int from, int to, IntConsumer progress) throws IOException {
        List<@Nullable ArchivedItem> archived = new ArrayList<>();
        List<@Nullable DecodedItem> decoded = new ArrayList<>();
        List<ArchivedItem> coded = new ArrayList<>();
        for (int k = from; k < to; k++) {
            ArchivedItem item = null;
            DecodedItem done = null;
            try {
                item = reader.item(k);
                done = DecodedItem.stored(item).orElse(null);
                if (done == null) {
                    coded.add(item);
                }
            } catch (DamagedException e) {
                done = DecodedItem.damaged(e);
            }
            archived.add(item);
            decoded.add(done);
        }
        Iterator<Optional<int[]>> values = by.decode(coded, progress).iterator();
        List<DecodedItem> all = new ArrayList<>();
        for (int i = 0; i < decoded.size(); i++) {
            DecodedItem done = decoded.get(i);
            ArchivedItem item = archived.get(i);
            if (done == null && item != null) {
                Optional<int[]> found = values.next();
                done = found.isPresent() ? DecodedItem.of(item, found.get()) : undecodable(from + i);
            }
            all.add(Objects.requireNonNull(done));
        }
        return all;
    }

    private DecodedItem undecodable(int item) throws IOException {
        return DecodedItem.damaged(reader.damage(
                item,
                new DamagedException(
                        DamagedException.STREAM, -1, 0, "it does not decode to an item that matches its check", "")));
    }
}
