package dev.ardm.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The entries of a frame of records (format.md, Records).
 *
 * @param places of each record, in order
 */
record ReferenceRecords(List<Place> places) {
    /**
     * Where a record is.
     *
     * @param learnt number of the learnt item; -1 if it is in a group
     * @param group null if it is learnt
     * @param slot which entry of its group it is
     */
    record Place(int learnt, Group group, int slot) {}

    /**
     * A group.
     *
     * @param begin where it begins in the payload
     * @param bits no record has 2 to this power of values
     */
    record Group(int begin, int length, int size, boolean stored, boolean side, int bits) {}

    /** Reads a head from after its flags to its names. */
    static ReferenceRecords read(ReferenceInput in, int count, int flags, long payload) throws ReferenceException {
        int dropped = (flags & 64) == 0 ? 0 : in.varint(1, (1 << 17) - count, "the number of dropped entries");
        int entries = count + dropped;
        boolean[] isDropped = flags(in, entries, (flags & 64) != 0);
        if (set(isDropped) != dropped) {
            throw ReferenceException.damaged("the flags of dropped entries");
        }
        int cursor = (flags & 32) == 0 ? 0 : in.varint(0, (1 << 30) - (1 << 17), "the cursor");
        boolean[] isLearnt = flags(in, entries, (flags & 32) != 0);
        boolean[] again = flags(in, set(isLearnt), (flags & 32) != 0);
        if (again.length > 0 && again[0] && cursor == 0) {
            throw ReferenceException.damaged("the item before item 0");
        }
        List<Group> groups = groups(in, entries - set(isLearnt), flags);
        long sum = 0;
        for (Group group : groups) {
            sum += group.length;
        }
        if (sum != payload) {
            throw ReferenceException.damaged("the lengths of the groups are not that of the payload");
        }
        List<Place> places = new ArrayList<>();
        int learnt = 0;
        int group = 0;
        int slot = 0;
        for (int e = 0; e < entries; e++) {
            Place place;
            if (isLearnt[e]) {
                place = new Place(again[learnt++] ? cursor - 1 : cursor++, null, 0);
            } else {
                place = new Place(-1, groups.get(group), slot++);
                if (slot == groups.get(group).size) {
                    group++;
                    slot = 0;
                }
            }
            if (!isDropped[e]) {
                places.add(place);
            }
        }
        return new ReferenceRecords(places);
    }

    private static List<Group> groups(ReferenceInput in, int grouped, int flags) throws ReferenceException {
        List<Integer> sizes = new ArrayList<>();
        int bits = 0;
        List<Long> lengths = new ArrayList<>();
        if (grouped > 0) {
            bits = (int) in.unsigned(1);
            if (bits > 30) {
                throw ReferenceException.damaged("the values of the longest record");
            }
            int left = grouped;
            int size = (flags & 128) == 0 ? in.varint(1, 64, "the size of groups") : 0;
            while (left > 0) {
                int own = (flags & 128) == 0 ? Math.min(size, left) : in.varint(1, Math.min(64, left), "a size");
                int run = (flags & 128) == 0 ? 1 : in.varint(1, left / own, "a number of groups");
                for (int i = 0; i < run; i++) {
                    sizes.add(own);
                }
                left -= own * run;
            }
            lengths = ReferenceBits.lengths(in, sizes.size());
        }
        boolean[] stored = flags(in, sizes.size(), (flags & 4) != 0);
        boolean[] side = flags(in, sizes.size(), (flags & 8) != 0);
        List<Group> groups = new ArrayList<>();
        long begin = 0;
        for (int g = 0; g < sizes.size(); g++) {
            groups.add(new Group((int) begin, lengths.get(g).intValue(), sizes.get(g), stored[g], side[g], bits));
            begin += lengths.get(g);
        }
        return groups;
    }

    private static int set(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }

    /** Flags that are there, or as many that are not set. */
    private static boolean[] flags(ReferenceInput in, int n, boolean there) throws ReferenceException {
        boolean[] flags = new boolean[n];
        if (!there) {
            return flags;
        }
        ReferenceCoder coder = ReferenceCoder.of(in.take(in.varint(1, 1 << 24, "the length of flags")));
        long[] set = new long[256];
        long[] all = new long[256];
        int before = 0;
        for (int i = 0; i < n; i++) {
            long f = 1 + 65534 * (2 * set[before] + 1) / (2 * all[before] + 2);
            flags[i] = coder.pop(ReferenceDistribution.ofFrequencies(16, f, 65536 - f)) == 0;
            all[before]++;
            set[before] += flags[i] ? 1 : 0;
            if (all[before] == 4095) {
                all[before] /= 2;
                set[before] /= 2;
            }
            before = before * 2 % 256 + (flags[i] ? 1 : 0);
        }
        if (!coder.isAt(1)) {
            throw ReferenceException.damaged("the end of flags");
        }
        return flags;
    }

    /**
     * The entries of a group.
     *
     * @param sides their side information
     * @param values of each, if they are stored
     * @param stream if they are coded
     */
    record Content(byte[][] sides, int[][] values, byte[] stream) {}

    /** Reads a group of an archive with that many categories. */
    static Content content(Group group, byte[] bytes, int categories) throws ReferenceException {
        ReferenceInput in = new ReferenceInput(bytes, 0, bytes.length);
        byte[][] sides = new byte[group.size][0];
        if (group.side) {
            int[] lengths = new int[group.size];
            int next = 0;
            for (int left = in.varint(1, group.size, "the number of side informations"); left > 0; left--) {
                next += in.varint(0, group.size - next - 1, "entries without side information");
                lengths[next++] = in.varint(1, 1 << 30, "the length of side information");
            }
            for (int i = 0; i < group.size; i++) {
                sides[i] = in.take(lengths[i]);
            }
        }
        if (!group.stored) {
            return new Content(sides, null, in.take(in.remaining()));
        }
        int[][] values = new int[group.size][];
        int i = 0;
        for (long length : ReferenceBits.lengths(in, group.size)) {
            if (length - 1 >= 1L << group.bits) {
                throw ReferenceException.damaged("the number of values of a record");
            }
            values[i++] = new int[(int) length - 1];
        }
        ReferenceBits bits = new ReferenceBits(in);
        for (int[] record : values) {
            for (int k = 0; k < record.length; k++) {
                for (int bit = 0; 1 << bit < categories; bit++) {
                    record[k] |= bits.next() << bit;
                }
                if (record[k] >= categories) {
                    throw ReferenceException.damaged("a value");
                }
            }
        }
        bits.finish();
        if (in.unsigned(4) != check(sides, values)) {
            throw ReferenceException.damaged("the check of a group");
        }
        in.finish("a group");
        return new Content(sides, values, null);
    }

    /** The check of a group. */
    static long check(byte[][] sides, int[][] values) {
        CRC32C crc = new CRC32C();
        for (int i = 0; i < values.length; i++) {
            number(crc, sides[i].length);
            crc.update(sides[i]);
            number(crc, values[i].length);
            for (int value : values[i]) {
                number(crc, value);
            }
        }
        return crc.getValue();
    }

    private static void number(CRC32C crc, int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            crc.update(value >>> shift & 255);
        }
    }
}
