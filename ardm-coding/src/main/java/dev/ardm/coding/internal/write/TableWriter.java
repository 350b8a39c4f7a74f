package dev.ardm.coding.internal.write;

import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.SegmentTable;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.coding.internal.file.IOConsumer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/** Puts a table together of the entries of several segments. */
final class TableWriter {
    private final List<Entries> all = new ArrayList<>();
    private final @Nullable Integer shortTag;

    /** @param shortTag the tag of all frames, if the entries are short ones; else null */
    TableWriter(@Nullable Integer shortTag) {
        this.shortTag = shortTag;
    }

    /**
     * Entries of a segment, in order.
     *
     * @param gap of the first of them
     * @param frames how many they are
     * @param length in bytes, without the first gap
     * @param body writes that many bytes: the entries without the first gap
     */
    private record Entries(long gap, long frames, long length, IOConsumer<? super OutputStream> body) {}

    void add(long gap, long frames, long length, IOConsumer<? super OutputStream> body) {
        all.add(new Entries(gap, frames, length, body));
    }

    private ByteSink start(byte @Nullable [] header) {
        ByteSink start = new ByteSink();
        start.number(
                (header == null ? 0 : SegmentTable.HEADER_FLAG) | (shortTag == null ? 0 : SegmentTable.SHORT_FLAG), 1);
        if (shortTag != null) {
            start.number(shortTag, 4);
        }
        if (header != null) {
            start.varint(header.length).bytes(header);
        }
        return start.varint(all.stream().mapToLong(Entries::frames).sum());
    }

    /** The length that the table will have, in bytes. */
    long length(byte @Nullable [] header) {
        long length = SegmentTable.sync().length + 8 + start(header).size() + ArchiveFormat.CHECKSUM_BYTES;
        for (Entries entries : all) {
            if (entries.frames > 0) {
                length += new ByteSink().varint(entries.gap).size() + entries.length;
            }
        }
        return length;
    }

    /**
     * Writes the table.
     *
     * @param header the base header, if a copy of it is written
     * @return the length of the table, in bytes
     */
    long write(OutputStream out, byte @Nullable [] header) throws IOException {
        ByteSink start = start(header);
        long length = length(header);
        CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32C());
        checked.write(new ByteSink()
                .bytes(SegmentTable.sync())
                .number(length, 8)
                .bytes(start.toByteArray())
                .toByteArray());
        for (Entries entries : all) {
            if (entries.frames > 0) {
                checked.write(new ByteSink().varint(entries.gap).toByteArray());
                entries.body.accept(checked);
            }
        }
        out.write(new ByteSink()
                .number(checked.getChecksum().getValue(), ArchiveFormat.CHECKSUM_BYTES)
                .toByteArray());
        return length;
    }
}
