package dev.ardm.coding.format;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.NewerVersionException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The description of a frame's items in its head. Immutable. */
public final class FrameItems {
    public static final int NAMES_FLAG = 1;
    public static final int TIMES_FLAG = 2;
    public static final int STORED_FLAG = 4;
    public static final int WHOLE_FLAG = 8;
    public static final int MODES_FLAG = 16;

    /** In the place of permissions: there are none. */
    public static final int NO_MODE = ArchiveFormat.MAX_MODE + 1;

    private static final int FLAGS = NAMES_FLAG | TIMES_FLAG | STORED_FLAG | WHOLE_FLAG | MODES_FLAG;

    private static final int RECORD_FLAGS = NAMES_FLAG
            | TIMES_FLAG
            | STORED_FLAG
            | MODES_FLAG
            | FrameRecords.SIDE_FLAG
            | FrameRecords.LEARNT_FLAG
            | FrameRecords.DROPPED_FLAG
            | FrameRecords.SIZES_FLAG;

    private static final byte[] NONE = {};

    private final int first;
    private final int count;
    private final @Nullable FrameRecords records;
    /** Offset of each item in the payload; the last entry is the end of the payload. */
    private final long[] starts;

    private final byte[] stored;
    private final byte[] whole;
    private final @Nullable FrontCodedNames names;
    private final long @Nullable [] times;
    private final int @Nullable [] modes;

    private FrameItems(
            int first,
            int count,
            @Nullable FrameRecords records,
            long[] starts,
            byte[] stored,
            byte[] whole,
            @Nullable FrontCodedNames names,
            long @Nullable [] times,
            int @Nullable [] modes) {
        this.first = first;
        this.count = count;
        this.records = records;
        this.starts = starts;
        this.stored = stored;
        this.whole = whole;
        this.names = names;
        this.times = times;
        this.modes = modes;
    }

    /** The number of the first item, counted from the beginning of the part. */
    public int first() {
        return first;
    }

    public int count() {
        return count;
    }

    /** Where the records are, if the items are records. */
    public @Nullable FrameRecords records() {
        return records;
    }

    /** Where an item is in the payload; of a record its group, of a learnt one nothing. */
    public long start(int i) {
        if (records != null) {
            int entry = records.entry(i);
            return records.learnt(entry) >= 0 ? 0 : records.start(records.group(entry));
        }
        return starts[i];
    }

    /** Number of bytes of an item; of a record of its group, of a learnt one 0. */
    public int length(int i) {
        if (records != null) {
            int entry = records.entry(i);
            return records.learnt(entry) >= 0 ? 0 : records.length(records.group(entry));
        }
        return (int) (starts[i + 1] - starts[i]);
    }

    public ItemForm form(int i) {
        if (records != null) {
            return records.form(i);
        }
        return bit(stored, i) ? ItemForm.STORED : bit(whole, i) ? ItemForm.WHOLE : ItemForm.CODED;
    }

    private static boolean bit(byte[] bits, int i) {
        return bits.length > 0 && (bits[i / 8] >> i % 8 & 1) != 0;
    }

    /** Empty if there is none. */
    public String name(int i) throws DamagedException {
        return names == null ? "" : names.name(i);
    }

    public OptionalLong time(int i) {
        return times == null ? OptionalLong.empty() : OptionalLong.of(times[i]);
    }

    public OptionalInt mode(int i) {
        return modes == null || modes[i] == NO_MODE ? OptionalInt.empty() : OptionalInt.of(modes[i]);
    }

    /**
     * Reads and checks the head of a frame of items.
     *
     * @param at where the head is in the file
     */
    public static FrameItems parse(String file, long at, FrameHead head)
            throws DamagedException, NewerVersionException {
        byte[] bytes = head.bytes();
        ByteCursor cursor =
                new ByteCursor(file, "head of a frame", at, bytes, bytes.length - ArchiveFormat.CHECKSUM_BYTES);
        cursor.skip(FrameHead.FIXED_BYTES);
        int first = cursor.varint("number of the first item", 0, Integer.MAX_VALUE - ArchiveFormat.MAX_FRAME_ITEMS);
        int count = cursor.varint("number of items", 1, ArchiveFormat.MAX_FRAME_ITEMS);
        int flags = (int) cursor.number(1);
        if ((flags & ~(head.holdsRecords() ? RECORD_FLAGS : FLAGS)) != 0) {
            throw new NewerVersionException(file, "it has a frame with flags 0x" + Integer.toHexString(flags));
        }
        FrameRecords records = null;
        long[] starts = {};
        byte[] stored = NONE;
        byte[] whole = NONE;
        if (head.holdsRecords()) {
            records = FrameRecords.read(cursor, count, flags, head.payloadLength());
        } else {
            if (count > 8L * cursor.left()) {
                throw cursor.damaged(count + " items in a head of " + bytes.length + " bytes");
            }
            starts = starts(cursor, count, head.payloadLength());
            stored = (flags & STORED_FLAG) == 0 ? NONE : bits(cursor, count);
            whole = (flags & WHOLE_FLAG) == 0 ? NONE : bits(cursor, count);
        }
        for (int i = 0; i < Math.min(stored.length, whole.length); i++) {
            if ((stored[i] & whole[i]) != 0) {
                throw cursor.damaged("an item is both stored and kept whole");
            }
        }
        FrontCodedNames names = (flags & NAMES_FLAG) == 0 ? null : FrontCodedNames.read(file, cursor, bytes, at, count);
        long[] times = (flags & TIMES_FLAG) == 0 ? null : times(cursor, count);
        int[] modes = (flags & MODES_FLAG) == 0 ? null : modes(cursor, count);
        cursor.finish();
        return new FrameItems(first, count, records, starts, stored, whole, names, times, modes);
    }

    private static long[] starts(ByteCursor cursor, int count, long payload) throws DamagedException {
        int[] lengths = RiceLengths.read(cursor, count);
        long[] starts = new long[count + 1];
        for (int i = 0; i < count; i++) {
            starts[i + 1] = starts[i] + lengths[i];
        }
        if (starts[count] != payload) {
            throw cursor.damaged("items of " + starts[count] + " bytes in a payload of " + payload);
        }
        return starts;
    }

    private static byte[] bits(ByteCursor cursor, int count) throws DamagedException {
        byte[] bits = cursor.bytes((count + 7) / 8);
        if (count % 8 != 0 && (bits[bits.length - 1] & 0xFF) >> count % 8 != 0) {
            throw cursor.damaged("the bits that fill up a byte are not zero");
        }
        return bits;
    }

    private static long[] times(ByteCursor cursor, int count) throws DamagedException {
        long[] times = new long[count];
        long time = 0;
        for (int i = 0; i < count; i++) {
            long code = cursor.varint("time", 0L, 4 * ArchiveFormat.MAX_TIME);
            time += code >>> 1 ^ -(code & 1);
            if (Math.abs(time) > ArchiveFormat.MAX_TIME) {
                throw cursor.damaged("a time of " + time + " ms");
            }
            times[i] = time;
        }
        return times;
    }

    private static int[] modes(ByteCursor cursor, int count) throws DamagedException {
        int[] modes = new int[count];
        for (int at = 0; at < count; ) {
            int mode = cursor.varint("permissions", 0, NO_MODE);
            int run = cursor.varint("number of items with the same permissions", 1, count - at);
            Arrays.fill(modes, at, at + run, mode);
            at += run;
        }
        return modes;
    }
}
