package dev.ardm.core.archive;

import dev.ardm.coding.ArchiveException;
import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveReader;
import dev.ardm.coding.DamagedException;
import dev.ardm.coding.ItemLayout;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.plan.Plan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/**
 * Decodes the items of an archive that is open, with its model. Of several archives one behind the other, those of another model
 * are refused when an item of theirs is asked for. Safe for use by several threads.
 */
public final class ArchiveItems {
    /** Work that is done at a time, see {@link #work}: what bounds memory, and keeps any usual number of threads busy. */
    public static final int CHUNK = 256;

    /** Bytes that are read or kept at a time beside values, where items are longer than usual. */
    public static final int CHUNK_BYTES = 1 << 24;

    /** Decoders that are kept: archives are rarely made of more than one or two kinds. */
    private static final int MOST_DECODERS = 16;

    private final Path file;
    private final ArchiveReader reader;
    private final LikelihoodModel model;
    private final Map<Coding, PartDecoder> decoders = new ConcurrentHashMap<>();
    private final PartDecoder first;

    /** What a decoder depends on beside the model. */
    private record Coding(ByteBuffer plan, ItemLayout layout) {}

    private ArchiveItems(Path file, ArchiveReader reader, ArchiveHeader header, LikelihoodModel model)
            throws IOException {
        this.file = file;
        this.reader = reader;
        this.model = model;
        this.first = decoder(header);
    }

    /**
     * The items of an archive.
     *
     * @param file for messages
     * @param reader stays the caller's, to close
     * @throws dev.ardm.coding.NewerVersionException if it needs a newer arithmetic
     * @throws dev.ardm.coding.WrongModelException if it needs another model
     * @throws dev.ardm.coding.DamagedException if its header says what cannot be
     */
    public static ArchiveItems of(Path file, ArchiveReader reader, LikelihoodModel model) throws IOException {
        return new ArchiveItems(file, reader, reader.header(), model);
    }

    /**
     * The items of one model, of several archives one behind the other; errors as above.
     *
     * @param header of one of them
     */
    public static ArchiveItems ofPart(Path file, ArchiveReader reader, ArchiveHeader header, LikelihoodModel model)
            throws IOException {
        return new ArchiveItems(file, reader, header, model);
    }

    private PartDecoder decoder(int item) throws IOException {
        return reader.uniform() ? first : decoder(reader.header(item));
    }

    private PartDecoder decoder(ArchiveHeader header) throws IOException {
        Plan plan = ArchivePlan.checked(file, header, model);
        Coding coding = new Coding(ByteBuffer.wrap(header.plan()), header.layout());
        PartDecoder known = decoders.get(coding);
        if (known == null) {
            known = PartDecoder.of(file, reader, header, model, plan);
            if (decoders.size() < MOST_DECODERS) {
                decoders.put(coding, known);
            }
        }
        return known;
    }

    /**
     * What decoding an item takes, in the units that progress is heard in: 1, or the windows of a document.
     *
     * @throws IOException if the archive cannot be read
     */
    public int work(int item) throws IOException {
        try {
            return decoder(item).work(item);
        } catch (DamagedException e) {
            return 1; // said when it is read
        }
    }

    /**
     * Where a chunk ends that begins with an item: before the first item behind {@link #CHUNK} of work or
     * {@link #CHUNK_BYTES}, or at {@code to}. An item of as much work by itself is a chunk of its own, so that all threads work at it, and it is alone in memory.
     */
    public int chunkEnd(int from, int to) throws IOException {
        int end = from;
        long bytes = 0;
        for (int work = 0; end < to && work < CHUNK && bytes < CHUNK_BYTES; end++) {
            int next;
            try {
                next = work(end);
            } catch (ArchiveException e) {
                if (end > from) {
                    break; // Another model's, or a newer version's: refused when it is its turn.
                }
                throw e;
            }
            if (next >= CHUNK && end > from) {
                break;
            }
            work += next;
            bytes += bytes(end);
        }
        return end;
    }

    private int bytes(int item) throws IOException {
        try {
            return reader.entry(item).length();
        } catch (DamagedException e) {
            return 0; // said when it is read
        }
    }

    /**
     * Reads and decodes items side by side, on the model's threads.
     *
     * @param from the first item
     * @param to where to stop, before this item
     * @param progress hears how much of the work is done; called from any thread
     * @throws IOException if the archive cannot be read; a damaged item is no reason
     */
    public List<DecodedItem> decode(int from, int to, IntConsumer progress) throws IOException {
        if (reader.uniform()) {
            return first.decode(from, to, progress);
        }
        List<DecodedItem> all = new ArrayList<>();
        int done = 0;
        for (int start = from, end; start < to; start = end) {
            end = start + 1;
            PartDecoder decoder;
            try {
                decoder = decoder(start);
            } catch (DamagedException e) {
                all.add(DecodedItem.damaged(e));
                continue;
            }
            int work = decoder.work(start);
            while (end < to && isDecodedBy(decoder, end)) {
                work += decoder.work(end++);
            }
            int before = done;
            all.addAll(decoder.decode(start, end, n -> progress.accept(before + n)));
            done += work;
        }
        return all;
    }

    /** Whether an item may have several windows, so that decoding it may use several threads. */
    boolean anySize(int item) throws IOException {
        try {
            return reader.header(item).layout().anySize();
        } catch (DamagedException e) {
            return false; // It is lost.
        }
    }

    /**
     * Reads and decodes one item on this thread.
     *
     * @throws IOException if the archive cannot be read; damage of the item is no reason
     */
    public DecodedItem decode(int item) throws IOException {
        try {
            return decoder(item).decode(item);
        } catch (DamagedException e) {
            return DecodedItem.damaged(e); // It is lost, with all that is said of it.
        }
    }

    private boolean isDecodedBy(PartDecoder decoder, int item) throws IOException {
        try {
            return decoder(item) == decoder;
        } catch (DamagedException e) {
            return false;
        }
    }
}
