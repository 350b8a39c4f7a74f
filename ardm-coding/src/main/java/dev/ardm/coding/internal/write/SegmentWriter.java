package dev.ardm.coding.internal.write;

import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.FrameHead;
import dev.ardm.coding.format.ItemForm;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.coding.internal.file.IOConsumer;
import dev.ardm.coding.internal.file.Spill;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Writes the frames of a segment and collects the entries of its table, on the disk if they are many. */
final class SegmentWriter implements Closeable {
    private static final int WINDOW = 1 << 16;

    private final Path target;
    private final OutputStream out;
    private final int tag;
    private final boolean shortEntries;
    private final int firstItem;
    private final FrameBuilder frame = new FrameBuilder();
    private final Spill entries;
    private long frames;
    private long frameBytes;
    private long payloadBytes;
    private int written;
    private boolean whole = true;

    /**
     * A segment without frames.
     *
     * @param target of the archive; scratch files are next to it
     * @param header of its part
     * @param firstItem the number of its first item, counted from the beginning of the part
     */
    SegmentWriter(Path target, OutputStream out, ArchiveHeader header, int firstItem) {
        this.target = target;
        this.out = out;
        this.tag = header.tag();
        this.shortEntries = header.layout().records();
        this.firstItem = firstItem;
        this.entries = new Spill(target);
    }

    /** The number of items so far. */
    int items() {
        return written + frame.count();
    }

    /** The length of all frames, in bytes. */
    long frameBytes() {
        return frameBytes;
    }

    /** Adds an item. */
    void add(byte[] bytes, ItemForm form, ItemLabel label) throws IOException {
        requireRoom();
        if (!frame.fits(label)) {
            endFrame();
        }
        frame.add(bytes, form, label);
        if (frame.full()) {
            endFrame();
        }
    }

    /** Writes a frame of records. */
    void add(RecordFrame records) throws IOException {
        int count = records.labels().size();
        requireRoom();
        if (!whole) {
            throw new IOException(target + ": not written, because an earlier write failed");
        }
        begin(records.head(tag, firstItem + written), records.length());
        for (byte[] group : records.groups()) {
            out.write(group);
        }
        written += count;
        whole = true;
    }

    private void requireRoom() throws IOException {
        if (items() >= Integer.MAX_VALUE - ArchiveFormat.MAX_FRAME_ITEMS - firstItem) {
            throw new IOException(target + ": cannot hold more than " + (firstItem + items()) + " items");
        }
    }

    /**
     * Writes the model that the items need, before any of them.
     *
     * @throws IllegalStateException if there are items or a model already
     */
    void addModel(Path model) throws IOException {
        CRC32C sum = new CRC32C();
        long length = copy(model, OutputStream.nullOutputStream(), sum);
        addModel(length, (int) sum.getValue(), to -> {
            CRC32C again = new CRC32C();
            if (copy(model, to, again) != length || again.getValue() != sum.getValue()) {
                throw new IOException(model + ": was changed while it was being read");
            }
        });
    }

    /**
     * The same.
     *
     * @param length in bytes
     * @param checksum of them
     * @param bytes writes them
     */
    void addModel(long length, int checksum, IOConsumer<? super OutputStream> bytes) throws IOException {
        if (items() > 0 || frames > 0 || firstItem > 0) {
            throw new IllegalStateException("a model must come before all items, and only one is allowed");
        }
        begin(FrameHead.encode(FrameHead.MODEL, tag, length, Integer.toUnsignedLong(checksum), new byte[0]), length);
        bytes.accept(out);
        whole = true;
    }

    private static long copy(Path file, OutputStream to, CRC32C sum) throws IOException {
        byte[] window = new byte[WINDOW];
        long length = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(window); read > 0; read = in.read(window)) {
                sum.update(window, 0, read);
                to.write(window, 0, read);
                length += read;
            }
        }
        return length;
    }

    /** Writes the items that wait for their frame. */
    void endFrame() throws IOException {
        if (!whole) {
            throw new IOException(target + ": not written, because an earlier write failed");
        }
        if (frame.isEmpty()) {
            return;
        }
        begin(frame.head(tag, firstItem + written), frame.length());
        frame.writePayload(out);
        written += frame.count();
        frame.clear();
        whole = true;
    }

    private void begin(byte[] head, long payload) throws IOException {
        whole = false;
        ByteSink entry = new ByteSink();
        if (frames > 0) {
            entry.varint(0); // The first gap is known when the table is written.
        }
        entries.add(entry.bytes(
                shortEntries ? FrameHead.parse(target.toString(), 0, head).encodeShort() : head));
        frames++;
        frameBytes += head.length + payload;
        payloadBytes += payload;
        out.write(head);
    }

    /** A table of this segment. */
    TableWriter table() {
        return new TableWriter(shortEntries ? tag : null);
    }

    /** Hands the entries of the ended frames to a table. */
    void addTo(TableWriter table, long gap) {
        table.add(gap, frames, entries.size(), entries::writeTo);
    }

    /** Whether the table of this segment has a copy of the header. */
    boolean wantsHeaderCopy() {
        return payloadBytes >= ArchiveFormat.HEADER_COPY_BYTES;
    }

    /** Gives up what waits on the disk. */
    @Override
    public void close() throws IOException {
        entries.close();
    }
}
