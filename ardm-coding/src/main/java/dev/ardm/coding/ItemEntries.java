package dev.ardm.coding;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an archive's index. In memory are only checkpoints, at most {@value #MOST_CHECKPOINTS}; the entries between
 * two of them are read when one is asked for, and the last such run is kept, so that going through all items reads each once.
 */
final class ItemEntries {
    /** Items from one checkpoint to the next in archives that are not very large. A multiple of the runs of names. */
    static final int LEAST_STRIDE = 64;

    private static final int MOST_CHECKPOINTS = 1 << 15;
    private static final int WINDOW = 1 << 16;
    private static final int LONGEST = 8;

    /** Stands for a stored length that differs from item to item. */
    static final int ANY_LENGTH = -1;

    private final PositionalFile file;
    private final int items;
    private final int storedLength;
    private final int stride;
    /** Where the entry of item {@code k * stride} lies in the file, and at the end where the last entry ends. */
    private final long[] entryAt;
    /** Where item {@code k * stride} lies in the file, and at the end where the payload ends. */
    private final long[] itemAt;

    private volatile @Nullable Run last;

    private ItemEntries(PositionalFile file, int items, int storedLength) {
        this.file = file;
        this.items = items;
        this.storedLength = storedLength;
        this.stride = stride(items);
        int checkpoints = (items + stride - 1) / stride;
        this.entryAt = new long[checkpoints + 1];
        this.itemAt = new long[checkpoints + 1];
    }

    /** Items from one checkpoint to the next: a power of two, larger the more items there are. */
    static int stride(int items) {
        int stride = LEAST_STRIDE;
        while ((long) stride * MOST_CHECKPOINTS < items) {
            stride *= 2;
        }
        return stride;
    }

    /** A window for reading entries in order. */
    static WindowCursor cursor(PositionalFile file, long from, long to) {
        return new WindowCursor(file, "index", from, to, WINDOW);
    }

    /**
     * Reads and checks all entries; the cursor stands behind them then.
     *
     * @param storedLength of every stored item, or {@link #ANY_LENGTH}
     * @param payloadAt where the first item lies in the file
     * @param payloadEnd where the last one has to end
     */
    static ItemEntries read(
            PositionalFile file, WindowCursor cursor, int items, int storedLength, long payloadAt, long payloadEnd)
            throws IOException {
        ItemEntries entries = new ItemEntries(file, items, storedLength);
        long at = payloadAt;
        for (int k = 0; k < items; k++) {
            if (k % entries.stride == 0) {
                entries.entryAt[k / entries.stride] = cursor.position();
                entries.itemAt[k / entries.stride] = at;
            }
            cursor.prepare(LONGEST);
            at += entries.next(cursor, k) >>> 1;
            if (at > payloadEnd) {
                throw cursor.damaged("item " + k + " reaches beyond the payload");
            }
        }
        if (at != payloadEnd) {
            throw cursor.damaged("the items end at " + at + ", the payload ends at " + payloadEnd);
        }
        entries.entryAt[entries.entryAt.length - 1] = cursor.position();
        entries.itemAt[entries.itemAt.length - 1] = at;
        return entries;
    }

    /** The length of item k doubled, plus one if it is stored. */
    private long next(ByteCursor cursor, int k) throws DamagedException {
        long entry = cursor.varint("entry of item " + k, 2, (long) ArchiveFormat.MAX_STREAM_BYTES << 1 | 1);
        if ((entry & 1) != 0 && storedLength != ANY_LENGTH && entry >>> 1 != storedLength) {
            throw cursor.damaged("stored item " + k + " of " + (entry >>> 1) + " bytes, not " + storedLength);
        }
        return entry;
    }

    int size() {
        return items;
    }

    /** Where item k lies. */
    ArchiveReader.Entry get(int k) throws IOException {
        Run run = last;
        if (run == null || run.checkpoint != k / stride) {
            run = run(k / stride);
            last = run;
        }
        return run.entry(k % stride);
    }

    private Run run(int checkpoint) throws IOException {
        int first = checkpoint * stride;
        long[] starts = new long[Math.min(stride, items - first) + 1];
        long from = entryAt[checkpoint];
        byte[] bytes = file.read(from, (int) (entryAt[checkpoint + 1] - from));
        ByteCursor cursor = new ByteCursor(file.name(), "index", from, bytes, bytes.length);
        long at = itemAt[checkpoint];
        for (int i = 0; i < starts.length - 1; i++) {
            long entry = next(cursor, first + i);
            starts[i] = at << 1 | (entry & 1);
            at += entry >>> 1;
        }
        starts[starts.length - 1] = at << 1;
        if (cursor.left() != 0 || at != itemAt[checkpoint + 1]) {
            throw cursor.damaged("it was changed while the archive was open");
        }
        return new Run(checkpoint, starts);
    }

    /** Items from a checkpoint on. Entry i: where item i lies, doubled, plus one if it is stored. Immutable. */
    private record Run(int checkpoint, long[] starts) {
        ArchiveReader.Entry entry(int i) {
            long offset = starts[i] >>> 1;
            return new ArchiveReader.Entry(offset, (int) ((starts[i + 1] >>> 1) - offset), (starts[i] & 1) != 0);
        }
    }
}
