package dev.ardm.coding;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Collects what the index of an archive will hold; what is more than a little of it waits on the disk. */
final class IndexWriter implements Closeable {
    private static final int LONGEST_ENTRY = 8;

    private final Path target;
    private final long mostBytes;
    private final Spill entries;
    private final Spill sums;
    private final Spill names;
    private final ByteSink record = new ByteSink();
    private final CRC32C block = new CRC32C();
    private int blockFilled;
    private long payload;
    private int count;
    private int namesWritten;
    private byte[] lastName = new byte[0];
    private boolean whole = true;

    /**
     * An empty index.
     *
     * @param target of the archive; the scratch files lie beside it
     * @param mostBytes the longest index that may come of it
     */
    IndexWriter(Path target, long mostBytes) {
        this.target = target;
        this.mostBytes = mostBytes;
        this.entries = new Spill(target);
        this.sums = new Spill(target);
        this.names = new Spill(target);
    }

    int count() {
        return count;
    }

    /**
     * Adds an item.
     *
     * @param name its bytes, empty if it has none
     * @throws IOException if the index would become too long, or cannot be written to the disk
     */
    void add(byte[] bytes, boolean stored, byte[] name) throws IOException {
        requireRoom(bytes.length, name.length);
        whole = false;
        entries.add(record.clear().varint((long) bytes.length << 1 | (stored ? 1 : 0)));
        addSums(bytes);
        payload += bytes.length;
        if (name.length > 0 || named()) {
            while (namesWritten < count) {
                addName(new byte[0]);
            }
            addName(name);
        }
        count++;
        whole = true;
    }

    private void requireRoom(int length, int nameLength) throws IOException {
        boolean withNames = nameLength > 0 || named();
        long nameBytes = withNames ? names.size() + 3L * (count - namesWritten) + 3 * LONGEST_ENTRY + nameLength : 0;
        long sumBytes = ArchiveFormat.CHECKSUM_BYTES * (2 + (payload + length) / ArchiveFormat.BLOCK_BYTES);
        if (entries.size() + LONGEST_ENTRY + sumBytes + nameBytes + 2 * ArchiveFormat.CHECKSUM_BYTES > mostBytes) {
            throw new IOException(target + ": cannot hold more than " + count + " items, because its index has at most "
                    + mostBytes + " bytes");
        }
    }

    private boolean named() {
        return namesWritten > 0;
    }

    private void addSums(byte[] bytes) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, ArchiveFormat.BLOCK_BYTES - blockFilled);
            block.update(bytes, at, length);
            at += length;
            blockFilled += length;
            if (blockFilled == ArchiveFormat.BLOCK_BYTES) {
                finishBlock();
            }
        }
    }

    private void finishBlock() throws IOException {
        sums.add(record.clear().number(block.getValue(), ArchiveFormat.CHECKSUM_BYTES));
        block.reset();
        blockFilled = 0;
    }

    private void addName(byte[] name) throws IOException {
        record.clear();
        int prefix = 0;
        int suffix = 0;
        if (namesWritten % NameTable.RUN != 0) {
            int most = Math.min(lastName.length, name.length);
            while (prefix < most && lastName[prefix] == name[prefix]) {
                prefix++;
            }
            while (suffix < most - prefix && lastName[lastName.length - 1 - suffix] == name[name.length - 1 - suffix]) {
                suffix++;
            }
            record.varint(prefix).varint(suffix);
        }
        int own = name.length - prefix - suffix;
        names.add(record.varint(own).bytes(name, prefix, own));
        lastName = name;
        namesWritten++;
    }

    /** Writes index and footer of an archive whose payload starts at {@code payloadAt}. Nothing can be added any more. */
    void finish(OutputStream out, long payloadAt) throws IOException {
        if (!whole) {
            throw new IOException(target + ": not written, because an earlier write failed");
        }
        if (blockFilled > 0) {
            finishBlock();
        }
        CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32C());
        checked.write(
                record.clear().number(named() ? ArchiveFormat.NAMES_FLAG : 0, 4).toByteArray());
        entries.writeTo(checked);
        sums.writeTo(checked);
        names.writeTo(checked);
        long length = 2 * ArchiveFormat.CHECKSUM_BYTES + entries.size() + sums.size() + names.size();
        out.write(record.clear()
                .number(checked.getChecksum().getValue(), ArchiveFormat.CHECKSUM_BYTES)
                .toByteArray());
        out.write(new ByteSink()
                .number(payloadAt + payload, 8)
                .number(length, 8)
                .number(count, 4)
                .number(ArchiveFormat.VERSION, 2)
                .number(0, 2)
                .bytes(ArchiveFormat.magic())
                .checksum()
                .toByteArray());
    }

    /** Gives up what waits on the disk. */
    @Override
    public void close() throws IOException {
        try (entries;
                sums) {
            names.close();
        }
    }
}
