package dev.ardm.core.archive;

import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveReader;
import dev.ardm.core.model.LikelihoodModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/** Decodes the items of an archive that is open, with its model. Safe for use by several threads. */
public final class ArchiveItems {
    /** Work that is done at a time, see {@link #work}: what bounds memory, and keeps any usual number of threads busy. */
    public static final int CHUNK = 256;

    private final PartDecoder decoder;

    private ArchiveItems(PartDecoder decoder) {
        this.decoder = decoder;
    }

    /**
     * The items of an archive.
     *
     * @param file for messages
     * @param reader stays the caller's, to close
     * @param modelId of the model
     * @throws dev.ardm.coding.NewerVersionException if it needs a newer arithmetic
     * @throws dev.ardm.coding.WrongModelException if it needs another model
     * @throws dev.ardm.coding.DamagedException if its header says what cannot be
     */
    public static ArchiveItems of(Path file, ArchiveReader reader, LikelihoodModel model, byte[] modelId)
            throws IOException {
        ArchiveHeader header = reader.header();
        return new ArchiveItems(
                PartDecoder.of(reader, header, model, ArchivePlan.checked(file, header, model, modelId)));
    }

    /**
     * What decoding an item takes, in the units that progress is heard in: 1, or the windows of a document.
     *
     * @throws IOException if the archive cannot be read
     */
    public int work(int item) throws IOException {
        return decoder.work(item);
    }

    /** Where a chunk ends that begins with an item: before the first item behind {@link #CHUNK} of work, or at {@code to}. */
    public int chunkEnd(int from, int to) throws IOException {
        int end = from;
        for (int work = 0; end < to && work < CHUNK; end++) {
            work += work(end);
        }
        return end;
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
        return decoder.decode(from, to, progress);
    }

    /**
     * Reads and decodes one item on this thread; a document on the model's threads.
     *
     * @throws IOException if the archive cannot be read; damage of the item is no reason
     */
    public DecodedItem decode(int item) throws IOException {
        return decoder.decode(item);
    }
}
