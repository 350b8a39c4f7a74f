package dev.ardm.coding.internal.write;

import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.ItemPacking;
import dev.ardm.coding.internal.file.IOConsumer;
import java.io.Closeable;
import java.io.IOException;

/** Takes the items of an archive: a new one, or one that grows. For use by one thread. */
public abstract sealed class ItemOutput implements Closeable permits ArchiveWriter, ArchiveAppender {
    private static final int[] NO_SHAPE = {};
    private static final byte[] NOTHING = {};

    private final ArchiveHeader header;
    private final ItemPacking packing;

    ItemOutput(ArchiveHeader header) {
        this.header = header;
        this.packing = header.packing();
    }

    /** The header of the items that are added. */
    public final ArchiveHeader header() {
        return header;
    }

    /** The number of items in the archive, those included that were added. */
    public abstract int size();

    /**
     * Adds items to the segment that is being written.
     *
     * @throws IllegalStateException if nothing can be added any more
     */
    abstract void put(IOConsumer<SegmentWriter> items) throws IOException;

    /**
     * Puts everything that was added on the disk.
     *
     * @throws IOException if it cannot be written
     */
    public abstract void commit() throws IOException;

    /**
     * Adds an item.
     *
     * @param item coded with {@link CheckedStream#checkOf(byte[], int[], int[])} as the check of its stream, or stored without a
     *     model
     * @param label its name and time
     * @throws IllegalArgumentException if items of this archive have no such shape, number of values or side information
     * @throws IOException if it cannot be written
     */
    public final void add(ArchivedItem item, ItemLabel label) throws IOException {
        byte[] bytes = packing.pack(item);
        if (bytes.length == 0 || bytes.length > ArchiveFormat.MAX_STREAM_BYTES) {
            throw new IllegalArgumentException("a stream of " + bytes.length + " bytes");
        }
        put(to -> to.add(bytes, item.form(), label));
    }

    /**
     * Adds records.
     *
     * @throws IllegalArgumentException if the items of this archive are not records
     * @throws IOException if they cannot be written
     */
    public final void add(RecordFrame records) throws IOException {
        if (!header.layout().records()) {
            throw new IllegalArgumentException("the items of this archive are no records");
        }
        put(to -> to.add(records));
    }

    /**
     * Adds a coded item of the header's space without side information.
     *
     * @param stream the bytes of {@link CheckedStream#encode}
     */
    public final void add(byte[] stream, ItemLabel label) throws IOException {
        add(ArchivedItem.coded(NOTHING, NO_SHAPE, header.values(), stream), label);
    }

    /** How the bytes of an item are put together. */
    public final ItemPacking packing() {
        return packing;
    }
}
