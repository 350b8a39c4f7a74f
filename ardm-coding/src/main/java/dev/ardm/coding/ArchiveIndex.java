package dev.ardm.coding;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where the items lie, the checksums of the payload, and the names: what stands at the end of an archive. All of it is read
 * and checked on opening, but only a table of bounded size is kept; what is asked for later is read again from the file.
 */
final class ArchiveIndex {
    private static final int CHECKSUM_WINDOW = 1 << 16;

    private final PositionalFile file;
    private final long payloadAt;
    private final long payloadEnd;
    private final ItemEntries entries;
    private final long sumsAt;
    private final @Nullable NameTable names;

    private ArchiveIndex(
            PositionalFile file,
            long payloadAt,
            long payloadEnd,
            ItemEntries entries,
            long sumsAt,
            @Nullable NameTable names) {
        this.file = file;
        this.payloadAt = payloadAt;
        this.payloadEnd = payloadEnd;
        this.entries = entries;
        this.sumsAt = sumsAt;
        this.names = names;
    }

    int size() {
        return entries.size();
    }

    long payloadAt() {
        return payloadAt;
    }

    long payloadEnd() {
        return payloadEnd;
    }

    ArchiveReader.Entry entry(int item) throws IOException {
        return entries.get(item);
    }

    /** The checksum of a block of the payload. */
    int sum(int block) throws IOException {
        byte[] sum = file.read(sumsAt + (long) block * ArchiveFormat.CHECKSUM_BYTES, ArchiveFormat.CHECKSUM_BYTES);
        return (int) new ByteCursor(file.name(), "index", sumsAt, sum, sum.length).number(sum.length);
    }

    @Nullable
    NameTable names() {
        return names;
    }

    /** The footer and the index it points to. */
    static ArchiveIndex read(PositionalFile file, ArchiveHeader header) throws IOException {
        long headerLength = header.encode().length;
        long least = headerLength + 2 * ArchiveFormat.CHECKSUM_BYTES + ArchiveFormat.FOOTER_BYTES;
        if (file.size() < least) {
            throw ArchiveHeader.truncated(file, "after the header");
        }
        long footerAt = file.size() - ArchiveFormat.FOOTER_BYTES;
        byte[] footer = file.read(footerAt, ArchiveFormat.FOOTER_BYTES);
        if (!Arrays.equals(footer, 24, 32, ArchiveFormat.magic(), 0, 8)) {
            throw ArchiveHeader.truncated(file, "or overwritten: the footer is not there");
        }
        ByteCursor cursor = new ByteCursor(file.name(), "footer", footerAt, footer, footer.length);
        if (!ArchiveHeader.checksumHolds(footer)) {
            throw cursor.damaged("it does not match its checksum");
        }
        long offset = cursor.number(8);
        long length = cursor.number(8);
        long items = cursor.number(4);
        int version = (int) cursor.number(2);
        if (version != ArchiveFormat.VERSION || cursor.number(2) != 0) {
            throw cursor.damaged("it has another format version or other flags than the header");
        }
        if (length < 2 * ArchiveFormat.CHECKSUM_BYTES
                || length > ArchiveFormat.MAX_INDEX_BYTES
                || offset < headerLength
                || offset != footerAt - length) {
            throw cursor.damaged("index of " + length + " bytes at " + offset + " in a file of " + file.size()
                    + " bytes (was something cut out or put in?)");
        }
        if (items > length - 2 * ArchiveFormat.CHECKSUM_BYTES) {
            throw cursor.damaged(items + " items in an index of " + length + " bytes");
        }
        requireChecksum(file, offset, footerAt);
        return parse(file, header, headerLength, offset, footerAt - ArchiveFormat.CHECKSUM_BYTES, (int) items);
    }

    /** A pass of its own, so that damage is called so and not by what came of it. */
    private static void requireChecksum(PositionalFile file, long from, long to) throws IOException {
        CRC32C crc = new CRC32C();
        byte[] window = new byte[CHECKSUM_WINDOW];
        long end = to - ArchiveFormat.CHECKSUM_BYTES;
        for (long at = from; at < end; at += window.length) {
            int length = (int) Math.min(window.length, end - at);
            file.read(at, window, length);
            crc.update(window, 0, length);
        }
        byte[] stated = file.read(end, ArchiveFormat.CHECKSUM_BYTES);
        if (new ByteCursor(file.name(), "index", end, stated, stated.length).number(stated.length) != crc.getValue()) {
            throw new ByteCursor(file.name(), "index", from, stated, 0).damaged("it does not match its checksum");
        }
    }

    private static ArchiveIndex parse(
            PositionalFile file, ArchiveHeader header, long payloadAt, long indexAt, long end, int items)
            throws IOException {
        WindowCursor cursor = ItemEntries.cursor(file, indexAt, end);
        cursor.prepare(4);
        long flags = cursor.number(4);
        if ((flags & ~ArchiveFormat.NAMES_FLAG) != 0) {
            throw new NewerVersionException(file.name(), "its index has flags 0x" + Long.toHexString(flags) + " set");
        }
        int storedLength = header.documents() == null ? header.packing().length() : ItemEntries.ANY_LENGTH;
        ItemEntries entries = ItemEntries.read(file, cursor, items, storedLength, payloadAt, indexAt);
        long blocks = (indexAt - payloadAt + ArchiveFormat.BLOCK_BYTES - 1) / ArchiveFormat.BLOCK_BYTES;
        if (blocks > cursor.rest() / ArchiveFormat.CHECKSUM_BYTES) {
            throw cursor.damaged("checksums of " + blocks + " blocks are not all there");
        }
        long sumsAt = cursor.position();
        cursor.skipTo(sumsAt + blocks * ArchiveFormat.CHECKSUM_BYTES);
        NameTable names = flags == 0 ? null : NameTable.read(file, cursor, end, items);
        if (cursor.rest() != 0) {
            throw cursor.damaged(cursor.rest() + " bytes too many");
        }
        return new ArchiveIndex(file, payloadAt, indexAt, entries, sumsAt, names);
    }
}
