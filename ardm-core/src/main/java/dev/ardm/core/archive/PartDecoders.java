package dev.ardm.core.archive;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.model.LikelihoodModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the items of an archive, each with the decoder of its part. Reading an item of a part whose model is missing
 * throws. Safe for use by several threads.
 */
final class PartDecoders {
    /** Work done at a time, see {@link #work}. Bounds memory, and keeps any usual number of threads busy. */
    static final int CHUNK = 256;

    /** Bytes that are read or kept at a time in addition to values, where items are longer than usual. */
    static final int CHUNK_BYTES = 1 << 24;

    /** The number of decoders that are kept. Few archives have more than one or two kinds of parts. */
    private static final int MOST_DECODERS = 16;

    private final Path file;
    private final ArchiveReader reader;
    private final PartModels models;
    private final Map<Coding, Part> parts = new ConcurrentHashMap<>();
    private volatile @Nullable PartDecoder only;

    /** What a decoder depends on. */
    private record Coding(ByteBuffer model, ByteBuffer plan, ItemLayout layout) {}

    /** A decoder, or the reason why it is missing. */
    private record Part(
            @Nullable PartDecoder decoder, @Nullable WrongModelException refusal) {
        PartDecoder required() throws WrongModelException {
            if (decoder == null) {
                throw Objects.requireNonNull(refusal);
            }
            return decoder;
        }
    }

    /** @param file for messages */
    PartDecoders(Path file, ArchiveReader reader, PartModels models) {
        this.file = file;
        this.reader = reader;
        this.models = Objects.requireNonNull(models, "models");
    }

    /** The decoder of an item. */
    private PartDecoder decoder(int item) throws IOException {
        PartDecoder decoder = only;
        if (decoder == null) {
            decoder = decoder(reader.uniform() ? reader.header() : reader.header(item));
            only = reader.uniform() ? decoder : null;
        }
        return decoder;
    }

    /**
     * The decoder of a part.
     *
     * @throws dev.ardm.coding.error.NewerVersionException if it needs a newer arithmetic
     * @throws WrongModelException if its model is missing
     * @throws DamagedException if its header is malformed
     */
    PartDecoder decoder(ArchiveHeader header) throws IOException {
        Coding coding = new Coding(ByteBuffer.wrap(header.modelId()), ByteBuffer.wrap(header.plan()), header.layout());
        Part known = parts.get(coding);
        if (known == null) {
            known = open(header);
            if (parts.size() < MOST_DECODERS) {
                parts.put(coding, known);
            }
        }
        return known.required();
    }

    private Part open(ArchiveHeader header) throws IOException {
        ArchivePlan.requireArithmetic(file, header);
        try {
            LikelihoodModel model = models.of(header).part(header.modelId());
            return new Part(
                    PartDecoder.of(file, reader, header, model, ArchivePlan.checked(file, header, model)), null);
        } catch (WrongModelException e) {
            return new Part(null, e);
        }
    }

    /**
     * The work to decode an item, in units of progress: 1, or its number of windows.
     *
     * @throws IOException if the archive cannot be read, or the item is refused
     */
    int work(int item) throws IOException {
        try {
            return decoder(item).work(item);
        } catch (DamagedException e) {
            return 1; // reported when it is read
        }
    }

    /**
     * The end of a chunk that begins with an item: before the first item after {@link #CHUNK} of work or {@link #CHUNK_BYTES}, or
     * {@code to}. A large item is a chunk of its own, so that all threads work on it, and no other is in memory.
     */
    int chunkEnd(int from, int to) throws IOException {
        int end = from;
        long bytes = 0;
        for (int work = 0; end < to && work < CHUNK && bytes < CHUNK_BYTES; end++) {
            int next;
            try {
                next = work(end);
            } catch (ArchiveException e) {
                if (end > from) {
                    break; // Of another model or a newer version: refused when it is read.
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
            return 0; // reported when it is read
        }
    }

    /**
     * Reads and decodes items in parallel, on the models' threads.
     *
     * @param from the first item
     * @param to the end of the range, exclusive
     * @param progress receives how much of the work is done; called from any thread
     * @throws IOException if the archive cannot be read, or an item is refused; damage of an item is not an error
     */
    List<DecodedItem> decode(int from, int to, IntConsumer progress) throws IOException {
        List<DecodedItem> all = new ArrayList<>();
        int done = 0;
        for (int start = from, end; start < to; start = end) {
            end = start + 1;
            PartDecoder decoder;
            try {
                decoder = decoder(start);
            } catch (DamagedException e) {
                all.add(DecodedItem.damaged(e)); // It is lost.
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

    private boolean isDecodedBy(PartDecoder decoder, int item) throws IOException {
        try {
            return decoder(item) == decoder;
        } catch (DamagedException e) {
            return false;
        }
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
     * @throws IOException if the archive cannot be read, or the item is refused; damage of the item is not an error
     */
    DecodedItem decode(int item) throws IOException {
        try {
            return decoder(item).decode(item);
        } catch (DamagedException e) {
            return DecodedItem.damaged(e); // It is lost.
        }
    }
}
