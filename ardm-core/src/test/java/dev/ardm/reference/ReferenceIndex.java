package dev.ardm.reference;

import dev.ardm.reference.ReferenceException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The table of an archive of one segment (format.md, Table and Frames).
 *
 * @param frames the frames of items
 * @param offsets where each item begins in the file
 * @param lengths the length of each item in bytes
 * @param stored which items are stored
 * @param whole which items are kept whole
 * @param modes the permissions of the items, -1 for none
 * @param names the names of the items, "" for none
 * @param places where records are; empty for other items
 */
record ReferenceIndex(
        List<Frame> frames,
        List<Integer> offsets,
        List<Integer> lengths,
        List<Boolean> stored,
        List<Boolean> whole,
        List<Integer> modes,
        List<String> names,
        List<ReferenceRecords.Place> places) {

    private static final byte[] TABLE_SYNC = {(byte) 0xF7, 'A', 'R', 'T'};
    private static final byte[] FRAME_SYNC = {(byte) 0xF7, 'A', 'R', 'F'};
    private static final int LONGEST_NAME = 4096;

    /**
     * A frame of items.
     *
     * @param begin where it should begin in the file
     * @param head the copy of its head
     * @param payload the length of its payload
     * @param crc the CRC of its payload
     * @param items how many it has
     */
    record Frame(int begin, byte[] head, int payload, long crc, int items) {}

    static ReferenceIndex read(byte[] file, int framesBegin, boolean records, int begin, int end, long items)
            throws ReferenceException {
        ReferenceInput.checkCrc(file, begin, end, "the table");
        ReferenceInput in = new ReferenceInput(file, begin, end - 4);
        if (!Arrays.equals(in.take(4), TABLE_SYNC) || in.unsigned(8) != end - begin) {
            throw ReferenceException.damaged("the table does not begin as one");
        }
        long flags = in.unsigned(1);
        if ((flags & ~3) != 0) {
            throw new ReferenceException(Kind.NEWER, "written by a newer version");
        }
        long shortTag = (flags & 2) != 0 ? in.unsigned(4) : -1;
        if ((flags & 1) != 0) {
            in.take(in.varint(24, 2 << 20, "the length of the copy of the header"));
        }
        long tag = new ReferenceInput(file, framesBegin - 4, framesBegin).unsigned(4);
        ReferenceIndex index = new ReferenceIndex(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        long frames = in.varint(0, (end - 4 - begin) / ((flags & 2) != 0 ? 8 : 32), "the number of frames");
        long at = framesBegin;
        for (long i = 0; i < frames; i++) {
            at += in.varint(0, file.length, "a gap");
            byte[] head = (flags & 2) != 0 ? shortHead(in, shortTag, file.length) : head(in);
            at = index.readFrame(head, at, begin, tag, records);
        }
        in.finish("the table");
        if (at != begin) {
            throw ReferenceException.damaged("the frames do not end where the table begins");
        }
        if (items != index.names.size()) {
            throw ReferenceException.damaged("the footer has another number of items");
        }
        return index;
    }

    /** A head put together from a short entry. */
    private static byte[] shortHead(ReferenceInput table, long tag, int most) throws ReferenceException {
        long type = table.unsigned(1);
        long payload = table.varint(0, most, "the length of a payload");
        long sum = table.unsigned(4);
        byte[] fields = table.take(table.varint(0, (1 << 24) - 32, "the length of the fields"));
        ByteBuffer head = ByteBuffer.allocate(32 + fields.length).order(ByteOrder.LITTLE_ENDIAN);
        head.put(FRAME_SYNC).putInt(32 + fields.length).putLong(payload).putInt((int) type);
        head.putInt((int) tag).putInt((int) sum).put(fields);
        head.putInt((int) ReferenceInput.crc(head.array(), 0, 28 + fields.length));
        return head.array();
    }

    private static byte[] head(ReferenceInput table) throws ReferenceException {
        byte[] start = table.take(8);
        long length = new ReferenceInput(start, 4, 8).unsigned(4);
        if (length < 32 || length > 1 << 24) {
            throw ReferenceException.damaged("the length of a head");
        }
        byte[] rest = table.take((int) length - 8);
        byte[] head = Arrays.copyOf(start, (int) length);
        System.arraycopy(rest, 0, head, 8, rest.length);
        return head;
    }

    private long readFrame(byte[] head, long begin, int end, long tag, boolean records) throws ReferenceException {
        int length = head.length;
        ReferenceInput.checkCrc(head, 0, head.length, "a head");
        ReferenceInput in = new ReferenceInput(head, 0, head.length - 4);
        if (!Arrays.equals(in.take(4), FRAME_SYNC)) {
            throw ReferenceException.damaged("a head does not begin as one");
        }
        in.take(4);
        long payload = in.unsigned(8);
        int type = (int) in.unsigned(1);
        long reserved = in.unsigned(3);
        if (payload < 0) {
            throw ReferenceException.damaged("the length of a payload");
        }
        if (reserved != 0 || type != 1 && type != 2 && type != 3 && type < 128) {
            throw new ReferenceException(Kind.NEWER, "written by a newer version");
        }
        if (in.unsigned(4) != tag) {
            throw ReferenceException.damaged("a frame of another header");
        }
        long crc = in.unsigned(4);
        if (begin + length > end || payload > end - begin - length) {
            throw ReferenceException.damaged("a frame reaches beyond the table");
        }
        if (type == 1 || type == 3) {
            if (records != (type == 3)) {
                throw ReferenceException.damaged("a frame of items of another layout");
            }
            int count = readItems(in, (int) (begin + length), payload, records);
            frames.add(new Frame((int) begin, head, (int) payload, crc, count));
        }
        return begin + length + payload;
    }

    private int readItems(ReferenceInput in, int offset, long payload, boolean records) throws ReferenceException {
        if (in.varint() != names.size()) {
            throw ReferenceException.damaged("a frame begins with another item");
        }
        int count = in.varint(1, 65536, "the number of items");
        int flags = (int) in.unsigned(1);
        if (!records && (flags & ~31) != 0) {
            throw new ReferenceException(Kind.NEWER, "written by a newer version");
        }
        int first = stored.size();
        if (records) {
            for (ReferenceRecords.Place place :
                    ReferenceRecords.read(in, count, flags, payload).places()) {
                places.add(place);
                offsets.add(
                        place.group() == null ? offset : offset + place.group().begin());
                lengths.add(place.group() == null ? 0 : place.group().length());
                stored.add(false);
                whole.add(false);
            }
        } else {
            readForms(in, count, flags, offset, payload);
        }
        String[] some = new String[count];
        Arrays.fill(some, "");
        if ((flags & 1) != 0) {
            readNames(in, some);
        }
        names.addAll(Arrays.asList(some));
        if ((flags & 2) != 0) {
            readTimes(in, count);
        }
        readModes(in, (flags & 16) != 0 ? count : 0, first + count);
        in.finish("a head");
        return count;
    }

    private void readForms(ReferenceInput in, int count, int flags, int offset, long payload)
            throws ReferenceException {
        long sum = 0;
        for (long length : ReferenceBits.lengths(in, count)) {
            offsets.add((int) (offset + sum));
            lengths.add((int) length);
            sum += length;
        }
        if (sum != payload) {
            throw ReferenceException.damaged("the lengths of the items are not that of the payload");
        }
        int first = stored.size();
        readBits(in, count, (flags & 4) != 0, stored);
        readBits(in, count, (flags & 8) != 0, whole);
        for (int i = first; i < first + count; i++) {
            if (stored.get(i) && whole.get(i)) {
                throw ReferenceException.damaged("an item is stored and whole");
            }
        }
    }

    private static void readBits(ReferenceInput in, int count, boolean there, List<Boolean> to)
            throws ReferenceException {
        ReferenceBits bits = new ReferenceBits(in);
        for (int i = 0; i < count; i++) {
            to.add(there && bits.next() == 1);
        }
        bits.finish();
    }

    /** Runs of items with the same permissions. */
    private void readModes(ReferenceInput in, int count, int end) throws ReferenceException {
        for (int left = count; left > 0; ) {
            int mode = in.varint(0, 512, "permissions");
            int run = in.varint(1, left, "a run of permissions");
            for (int i = 0; i < run; i++) {
                modes.add(mode == 512 ? -1 : mode);
            }
            left -= run;
        }
        while (modes.size() < end) {
            modes.add(-1);
        }
    }

    private static void readTimes(ReferenceInput in, int count) throws ReferenceException {
        long time = 0;
        for (int i = 0; i < count; i++) {
            long code = in.varint();
            time += code % 2 == 0 ? code / 2 : -(code + 1) / 2;
            if (Math.abs(time) > 1L << 53) {
                throw ReferenceException.damaged("a time");
            }
        }
    }

    private static void readNames(ReferenceInput in, String[] names) throws ReferenceException {
        byte[] last = {};
        for (int k = 0; k < names.length; k++) {
            int prefix = 0;
            int suffix = 0;
            if (k % 16 != 0) {
                prefix = in.varint(0, last.length, "the prefix of a name");
                suffix = in.varint(0, last.length - prefix, "the suffix of a name");
            }
            byte[] middle = in.take(in.varint(0, LONGEST_NAME - prefix - suffix, "the length of a name"));
            byte[] name = new byte[prefix + middle.length + suffix];
            System.arraycopy(last, 0, name, 0, prefix);
            System.arraycopy(middle, 0, name, prefix, middle.length);
            System.arraycopy(last, last.length - suffix, name, prefix + middle.length, suffix);
            names[k] = decode(name);
            last = name;
        }
    }

    private static String decode(byte[] name) throws ReferenceException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ReferenceException.damaged("a name is not UTF-8");
        }
    }
}
