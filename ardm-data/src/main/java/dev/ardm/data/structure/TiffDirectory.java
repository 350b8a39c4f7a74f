package dev.ardm.data.structure;

import dev.ardm.data.DataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The first directory of a TIFF, with offsets of 32 or of 64 bits. */
final class TiffDirectory {
    static final int ORIENTATION = 274;

    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int LONG_8 = 16;
    /** Bytes of a value by type; 0 for types that there are not. */
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    private static final int MOST_VALUES = 1 << 24;

    final Fields in;
    final boolean big;
    /** By tag. */
    final Map<Integer, Entry> entries = new LinkedHashMap<>();
    /** Where the directory is, and where it ends. */
    final long from;

    final long to;
    /** Of another directory; 0 if there is none. */
    final long next;

    /**
     * A value.
     *
     * @param start where its entry is
     * @param at where it is
     * @param bytes its length
     */
    record Entry(int tag, int type, long count, long start, long at, long bytes) {}

    private TiffDirectory(Fields in) throws DataException {
        this.in = in;
        this.big = in.u16(2) == 43;
        if (big && (in.u16(4) != 8 || in.u16(6) != 0)) {
            throw in.unread("its offsets do not have 64 bits");
        }
        from = big ? in.s64(8) : in.u32(4);
        long count = big ? in.s64(from) : in.u16(from);
        int each = big ? 20 : 12;
        if (count < 1 || count > in.length() / each) {
            throw in.damaged("a directory of " + count + " entries");
        }
        long first = from + (big ? 8 : 2);
        to = first + count * each + (big ? 8 : 4);
        for (long i = 0; i < count; i++) {
            add(first + i * each);
        }
        next = big ? in.s64(to - 8) : in.u32(to - 4);
    }

    private void add(long at) throws DataException {
        int tag = in.u16(at);
        int type = in.u16(at + 2);
        long count = big ? in.s64(at + 4) : in.u32(at + 4);
        if (type >= SIZES.length || SIZES[type] == 0) {
            throw in.unread("its tag " + tag + " has the unknown type " + type);
        }
        if (count < 0 || count > in.length()) {
            throw in.damaged("its tag " + tag + " has " + count + " values");
        }
        long bytes = count * SIZES[type];
        int inside = big ? 8 : 4;
        long field = at + (big ? 12 : 8);
        long where = bytes <= inside ? field : big ? in.s64(field) : in.u32(field);
        in.place(where, bytes);
        if (entries.put(tag, new Entry(tag, type, count, at, where, bytes)) != null) {
            throw in.unread("its tag " + tag + " occurs twice");
        }
    }

    static TiffDirectory first(byte[] bytes, String file) throws DataException {
        boolean little = bytes.length > 1 && bytes[0] == 'I' && bytes[1] == 'I';
        Fields in = new Fields(bytes, file, little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return new TiffDirectory(in);
    }

    /** The whole file with the entries of these tags only, and no other directory. */
    byte[] with(Set<Integer> tags) throws DataException {
        byte[] file = in.copy(0, in.length());
        ByteBuffer out = ByteBuffer.wrap(file).order(in.order());
        int each = big ? 20 : 12;
        out.position((int) from + (big ? 8 : 2));
        int count = 0;
        for (Entry entry : entries.values()) {
            if (tags.contains(entry.tag)) {
                out.put(in.copy(entry.start, each));
                count++;
            }
        }
        if (big) {
            out.putLong(0).putLong((int) from, count);
        } else {
            out.putInt(0).putShort((int) from, (short) count);
        }
        return file;
    }

    /** The values of an entry of whole numbers; a rational is two. */
    long[] values(Entry entry) throws DataException {
        int parts = entry.type == RATIONAL ? 2 : 1;
        if (entry.count > MOST_VALUES) {
            throw in.damaged("its tag " + entry.tag + " has " + entry.count + " values");
        }
        long[] values = new long[(int) entry.count * parts];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (entry.type) {
                case BYTE -> in.u8(entry.at + i);
                case SHORT -> in.u16(entry.at + 2L * i);
                case LONG, RATIONAL -> in.u32(entry.at + 4L * i);
                case LONG_8 -> in.s64(entry.at + 8L * i);
                default -> throw in.unread("its tag " + entry.tag + " has the type " + entry.type);
            };
        }
        return values;
    }

    /** All values of a tag; empty if it is not there. */
    long[] values(int tag) throws DataException {
        Entry entry = entries.get(tag);
        return entry == null ? new long[0] : values(entry);
    }

    /** The single value of a tag. */
    long number(int tag, long absent) throws DataException {
        long[] values = values(tag);
        if (values.length > 1) {
            throw in.unread("its tag " + tag + " has " + values.length + " values");
        }
        return values.length == 0 ? absent : values[0];
    }
}
