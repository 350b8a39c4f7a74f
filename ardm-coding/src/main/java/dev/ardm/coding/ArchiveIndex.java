package dev.ardm.coding;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the items lie, the checksums of the payload, and the names: what stands at the end of an archive. */
final class ArchiveIndex {
    /** Entry k: the start of item k doubled, plus one if it is stored without a model. One more for the end of the payload. */
    private final long[] starts;

    private final int[] sums;
    private final @Nullable NameTable names;

    private ArchiveIndex(long[] starts, int[] sums, @Nullable NameTable names) {
        this.starts = starts;
        this.sums = sums;
        this.names = names;
    }

    int size() {
        return starts.length - 1;
    }

    long start(int item) {
        return starts[item] >>> 1;
    }

    boolean stored(int item) {
        return (starts[item] & 1) != 0;
    }

    int blocks() {
        return sums.length;
    }

    int sum(int block) {
        return sums[block];
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
        return parse(file, header, headerLength, offset, file.read(offset, (int) length), (int) items);
    }

    private static ArchiveIndex parse(
            PositionalFile file, ArchiveHeader header, long payloadAt, long indexAt, byte[] bytes, int items)
            throws ArchiveException {
        ByteCursor cursor =
                new ByteCursor(file.name(), "index", indexAt, bytes, bytes.length - ArchiveFormat.CHECKSUM_BYTES);
        if (!ArchiveHeader.checksumHolds(bytes)) {
            throw cursor.damaged("it does not match its checksum");
        }
        long flags = cursor.number(4);
        if ((flags & ~ArchiveFormat.NAMES_FLAG) != 0) {
            throw new NewerVersionException(file.name(), "its index has flags 0x" + Long.toHexString(flags) + " set");
        }
        long[] starts = starts(cursor, header, payloadAt, indexAt, items);
        long blocks = (indexAt - payloadAt + ArchiveFormat.BLOCK_BYTES - 1) / ArchiveFormat.BLOCK_BYTES;
        if (blocks > cursor.left() / ArchiveFormat.CHECKSUM_BYTES) {
            throw cursor.damaged("checksums of " + blocks + " blocks are not all there");
        }
        int[] sums = new int[(int) blocks];
        for (int k = 0; k < sums.length; k++) {
            sums[k] = (int) cursor.number(ArchiveFormat.CHECKSUM_BYTES);
        }
        NameTable names = flags == 0 ? null : NameTable.read(cursor, bytes, items);
        cursor.finish();
        return new ArchiveIndex(starts, sums, names);
    }

    private static long[] starts(ByteCursor cursor, ArchiveHeader header, long payloadAt, long indexAt, int items)
            throws DamagedException {
        int storedLength = header.packing().length();
        long[] starts = new long[items + 1];
        long at = payloadAt;
        for (int k = 0; k < items; k++) {
            long entry = cursor.varint("entry of item " + k, 2, (long) ArchiveFormat.MAX_STREAM_BYTES << 1 | 1);
            long length = entry >>> 1;
            boolean stored = (entry & 1) != 0;
            if (stored && length != storedLength) {
                throw cursor.damaged("stored item " + k + " of " + length + " bytes, not " + storedLength);
            }
            starts[k] = at << 1 | (entry & 1);
            at += length;
            if (at > indexAt) {
                throw cursor.damaged("item " + k + " reaches beyond the payload");
            }
        }
        if (at != indexAt) {
            throw cursor.damaged("the items end at " + at + ", the payload ends at " + indexAt);
        }
        starts[items] = at << 1;
        return starts;
    }

    /** Collects what the index will hold. */
    static final class Builder {
        private final ByteSink entries = new ByteSink();
        private final BlockSums sums = new BlockSums();
        private final NameTable.Builder names = new NameTable.Builder();
        private long payload;
        private int count;

        int count() {
            return count;
        }

        void add(byte[] bytes, boolean stored, byte[] name) {
            entries.varint((long) bytes.length << 1 | (stored ? 1 : 0));
            sums.add(bytes);
            names.add(name);
            payload += bytes.length;
            count++;
        }

        /** Index and footer of an archive whose payload starts at {@code payloadAt}. */
        byte[] finish(long payloadAt) {
            ByteSink index = new ByteSink()
                    .number(names.any() ? ArchiveFormat.NAMES_FLAG : 0, 4)
                    .bytes(entries.toByteArray())
                    .bytes(sums.finish());
            if (names.any()) {
                index.bytes(names.toByteArray());
            }
            byte[] all = index.checksum().toByteArray();
            byte[] footer = new ByteSink()
                    .number(payloadAt + payload, 8)
                    .number(all.length, 8)
                    .number(count, 4)
                    .number(ArchiveFormat.VERSION, 2)
                    .number(0, 2)
                    .bytes(ArchiveFormat.magic())
                    .checksum()
                    .toByteArray();
            return new ByteSink().bytes(all).bytes(footer).toByteArray();
        }
    }
}
