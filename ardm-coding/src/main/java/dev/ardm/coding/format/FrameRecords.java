package dev.ardm.coding.format;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Where the records of a frame are: learnt by the model, or in a group of the payload. An entry is a record or what is
 * left of a deleted one. Immutable.
 */
public final class FrameRecords {
    /** No model has more learnt items. */
    public static final int MOST_LEARNT = 1 << 30;

    /** The most entries of a frame. */
    public static final int MOST_ENTRIES = 2 * ArchiveFormat.MAX_FRAME_ITEMS;

    static final int SIDE_FLAG = 8;
    static final int LEARNT_FLAG = 32;
    static final int DROPPED_FLAG = 64;
    static final int SIZES_FLAG = 128;

    private static final int MOST_BITS = 30;

    private final int entries;
    private final BitSet dropped;
    /** Of all entries. */
    private final BitSet learnt;
    /** Of the learnt entries: it is the learnt item before the cursor, not the one at it. */
    private final BitSet again;

    private final int cursor;
    /** No record in a group has 2 to this power of values. */
    private final int bits;

    private final int[] sizes;
    private final int[] lengths;
    /** Of all groups. */
    private final BitSet stored;

    private final BitSet side;

    /** For each entry the number of its learnt item, or -1 less its number among the entries in groups. */
    private final int[] places;
    /** The entries that are records. */
    private final int[] records;
    /** Number of entries in groups before each group, and in all. */
    private final int[] firsts;
    /** Where each group begins in the payload, and where the last one ends. */
    private final long[] starts;

    FrameRecords(
            int entries,
            BitSet dropped,
            BitSet learnt,
            BitSet again,
            int cursor,
            int bits,
            int[] sizes,
            int[] lengths,
            BitSet stored,
            BitSet side) {
        this.entries = entries;
        this.dropped = dropped;
        this.learnt = learnt;
        this.again = again;
        this.cursor = cursor;
        this.bits = bits;
        this.sizes = sizes;
        this.lengths = lengths;
        this.stored = stored;
        this.side = side;
        this.places = new int[entries];
        this.records = new int[entries - dropped.cardinality()];
        this.firsts = new int[sizes.length + 1];
        this.starts = new long[sizes.length + 1];
        place();
    }

    private void place() {
        int next = cursor;
        int learntCount = 0;
        int grouped = 0;
        int live = 0;
        for (int e = 0; e < entries; e++) {
            if (learnt.get(e)) {
                places[e] = again.get(learntCount++) ? next - 1 : next++;
            } else {
                places[e] = -1 - grouped++;
            }
            if (!dropped.get(e)) {
                records[live++] = e;
            }
        }
        for (int g = 0; g < sizes.length; g++) {
            firsts[g + 1] = firsts[g] + sizes[g];
            starts[g + 1] = starts[g] + lengths[g];
        }
    }

    /** Number of records. */
    public int count() {
        return records.length;
    }

    /** Number of entries: records, and what was dropped. */
    public int entries() {
        return entries;
    }

    /** The entry that is record i of the frame. */
    public int entry(int i) {
        return records[i];
    }

    /** Whether the record of an entry was deleted. */
    public boolean dropped(int entry) {
        return dropped.get(entry);
    }

    /** The number of the learnt item that an entry equals; negative if it is in a group. */
    public int learnt(int entry) {
        return Math.max(-1, places[entry]);
    }

    /** Number of deleted records whose values are still in a group. */
    public int droppedInGroups() {
        int count = 0;
        for (int e = dropped.nextSetBit(0); e >= 0; e = dropped.nextSetBit(e + 1)) {
            count += learnt.get(e) ? 0 : 1;
        }
        return count;
    }

    /** The group of an entry that is not learnt. */
    public int group(int entry) {
        int found = Arrays.binarySearch(firsts, -1 - places[entry]);
        return found >= 0 ? found : -found - 2;
    }

    /** The place in its group of an entry that is not learnt. */
    public int slot(int entry) {
        return -1 - places[entry] - firsts[group(entry)];
    }

    /** Number of groups. */
    public int groups() {
        return sizes.length;
    }

    /** Number of entries of a group. */
    public int size(int group) {
        return sizes[group];
    }

    /** Where a group is in the payload. */
    public long start(int group) {
        return starts[group];
    }

    /** Number of bytes of a group. */
    public int length(int group) {
        return lengths[group];
    }

    /** Whether a group is stored without a model. */
    public boolean stored(int group) {
        return stored.get(group);
    }

    /** Whether a group has side information. */
    public boolean side(int group) {
        return side.get(group);
    }

    /** No record in a group has more values. */
    public int most() {
        return (1 << bits) - 1;
    }

    /** How a record is kept. */
    ItemForm form(int i) {
        int entry = entry(i);
        return learnt(entry) >= 0 ? ItemForm.LEARNT : stored(group(entry)) ? ItemForm.STORED : ItemForm.CODED;
    }

    /** Reads a group, see {@link RecordGroup#read}. */
    public RecordGroup group(int group, byte[] bytes, int categories) throws DamagedException {
        return RecordGroup.read(bytes, sizes[group], side(group), stored(group), most(), categories);
    }

    /** The flags of a frame's head that say what {@link #write} writes. */
    public int flags() {
        return (stored.isEmpty() ? 0 : FrameItems.STORED_FLAG)
                | (side.isEmpty() ? 0 : SIDE_FLAG)
                | (learnt.isEmpty() ? 0 : LEARNT_FLAG)
                | (evenSizes() ? 0 : SIZES_FLAG)
                | (dropped.isEmpty() ? 0 : DROPPED_FLAG);
    }

    /** Whether all groups have the same size, but perhaps the last one fewer. */
    private boolean evenSizes() {
        for (int g = 1; g < sizes.length; g++) {
            if (sizes[g] > sizes[0] || g < sizes.length - 1 && sizes[g] != sizes[0]) {
                return false;
            }
        }
        return true;
    }

    /** Appends all of it but the number of records and the flags. */
    public void write(ByteSink sink) {
        if (!dropped.isEmpty()) {
            sink.varint(dropped.cardinality()).bytes(AdaptiveFlags.bytes(dropped, entries));
        }
        if (!learnt.isEmpty()) {
            sink.varint(cursor).bytes(AdaptiveFlags.bytes(learnt, entries));
            sink.bytes(AdaptiveFlags.bytes(again, learnt.cardinality()));
        }
        if (sizes.length == 0) {
            return;
        }
        sink.number(bits, 1);
        writeSizes(sink);
        RiceLengths.write(sink, lengths, lengths.length);
        if (!stored.isEmpty()) {
            sink.bytes(AdaptiveFlags.bytes(stored, sizes.length));
        }
        if (!side.isEmpty()) {
            sink.bytes(AdaptiveFlags.bytes(side, sizes.length));
        }
    }

    private void writeSizes(ByteSink sink) {
        if (evenSizes()) {
            sink.varint(sizes[0]);
            return;
        }
        for (int g = 0, end; g < sizes.length; g = end) {
            end = g + 1;
            while (end < sizes.length && sizes[end] == sizes[g]) {
                end++;
            }
            sink.varint(sizes[g]).varint(end - g);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param count number of records
     * @param flags of the head
     * @param payload length of the groups
     */
    static FrameRecords read(ByteCursor cursor, int count, int flags, long payload) throws DamagedException {
        BitSet dropped = new BitSet();
        int entries = count;
        if ((flags & DROPPED_FLAG) != 0) {
            int number = cursor.varint("number of dropped records", 1, MOST_ENTRIES - count);
            entries += number;
            dropped = AdaptiveFlags.read(cursor, entries);
            if (dropped.cardinality() != number) {
                throw cursor.damaged(dropped.cardinality() + " dropped records, not " + number);
            }
        }
        BitSet learnt = new BitSet();
        BitSet again = new BitSet();
        int learntCursor = 0;
        if ((flags & LEARNT_FLAG) != 0) {
            learntCursor = cursor.varint("number of a learnt item", 0, MOST_LEARNT - MOST_ENTRIES);
            learnt = AdaptiveFlags.read(cursor, entries);
            again = AdaptiveFlags.read(cursor, learnt.cardinality());
            if (learntCursor == 0 && again.get(0)) {
                throw cursor.damaged("a learnt item before the first");
            }
        }
        int[] sizes = {};
        int[] lengths = {};
        int bits = 0;
        int grouped = entries - learnt.cardinality();
        if (grouped > 0) {
            bits = (int) cursor.number(1);
            if (bits > MOST_BITS) {
                throw cursor.damaged("records of 2^" + bits + " values");
            }
            sizes = (flags & SIZES_FLAG) == 0 ? evenSizes(cursor, grouped) : sizes(cursor, grouped);
            lengths = RiceLengths.read(cursor, sizes.length);
        }
        long total = 0;
        for (int length : lengths) {
            total += length;
        }
        if (total != payload) {
            throw cursor.damaged("groups of " + total + " bytes in a payload of " + payload);
        }
        BitSet stored = (flags & FrameItems.STORED_FLAG) == 0 ? new BitSet() : AdaptiveFlags.read(cursor, sizes.length);
        BitSet side = (flags & SIDE_FLAG) == 0 ? new BitSet() : AdaptiveFlags.read(cursor, sizes.length);
        return new FrameRecords(entries, dropped, learnt, again, learntCursor, bits, sizes, lengths, stored, side);
    }

    private static int[] evenSizes(ByteCursor cursor, int grouped) throws DamagedException {
        int size = cursor.varint("number of records of a group", 1, RecordGroup.MOST_RECORDS);
        int[] sizes = new int[(grouped + size - 1) / size];
        Arrays.fill(sizes, size);
        sizes[sizes.length - 1] = grouped - size * (sizes.length - 1);
        return sizes;
    }

    private static int[] sizes(ByteCursor cursor, int grouped) throws DamagedException {
        int[] sizes = new int[grouped];
        int groups = 0;
        for (int left = grouped; left > 0; ) {
            int size = cursor.varint("number of records of a group", 1, Math.min(left, RecordGroup.MOST_RECORDS));
            int run = cursor.varint("number of groups of that size", 1, left / size);
            Arrays.fill(sizes, groups, groups + run, size);
            groups += run;
            left -= size * run;
        }
        return Arrays.copyOf(sizes, groups);
    }
}
