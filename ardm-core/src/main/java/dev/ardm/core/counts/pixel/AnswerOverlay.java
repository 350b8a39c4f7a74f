package dev.ardm.core.counts.pixel;

import java.util.Arrays;

/**
 * What an item adds to an {@link AnswerTable}, which stays as it is: buckets that changed are copied. For one thread; {@link #clear}
 * forgets all of it.
 */
final class AnswerOverlay {
    private static final int COPIED = 1 << 30; // Of a place: it is in a copy.
    private static final int FIRST = 1 << 12;
    private static final int FACTOR = 0x9E3779B1;

    private final AnswerTable table;
    private long[] keys = new long[2 * FIRST]; // The number of the item, then that of the group.
    private int[] blocks = new int[2 * FIRST];
    private int[] copies = new int[AnswerTable.WAYS * FIRST];
    private int count;
    private int stamp = 1;

    /** An item's view of a table. */
    AnswerOverlay(AnswerTable table) {
        this.table = table;
    }

    /** Forgets what was added. */
    void clear() {
        count = 0;
        stamp++;
        if (stamp == 0) {
            Arrays.fill(keys, 0);
            stamp = 1;
        }
    }

    private long key(int group) {
        return (long) stamp << 32 | group;
    }

    /** Where a group of slots is in the index, or {@code -1 - place} of where it would be. */
    private int index(int group) {
        int mask = keys.length - 1;
        int at = group * FACTOR >>> 7 & mask;
        long key = key(group);
        while (keys[at] != key) {
            if ((int) (keys[at] >>> 32) != stamp) {
                return -1 - at;
            }
            at = at + 1 & mask;
        }
        return at;
    }

    /** See {@link AnswerTable#find}. */
    int find(long hash, int first) {
        int bucket = table.bucket(hash);
        int at = index(bucket / AnswerTable.WAYS);
        if (at < 0) {
            return table.find(hash, first);
        }
        int place = blocks[at] * AnswerTable.WAYS + (bucket & AnswerTable.WAYS - 1);
        int found = AnswerTable.find(copies, place, copies[place], (int) hash & 0xFF);
        return found >= 0 ? found | COPIED : -1 - (-1 - found | COPIED);
    }

    /** See {@link AnswerTable#slot}. */
    int slot(int place) {
        return place >= COPIED ? copies[place - COPIED] : table.slot(place);
    }

    /** See {@link AnswerTable#learn}. */
    void learn(int found, long hash, boolean yes) {
        int was = found < 0 ? -1 - found : found;
        int place = was >= COPIED
                ? was - COPIED
                : copy(table.bucket(hash) / AnswerTable.WAYS) * AnswerTable.WAYS + (was & AnswerTable.WAYS - 1);
        copies[place] = AnswerTable.learnt(found < 0 ? 0 : copies[place], hash, yes);
    }

    /** The number of the copy of a group, which is made if need be. */
    private int copy(int group) {
        int at = index(group);
        if (at >= 0) {
            return blocks[at];
        }
        if (2 * (count + 1) > keys.length) {
            grow();
            at = index(group);
        }
        at = -1 - at;
        int block = count++;
        if (AnswerTable.WAYS * count > copies.length) {
            copies = Arrays.copyOf(copies, 2 * copies.length);
        }
        keys[at] = key(group);
        blocks[at] = block;
        table.copy(group * AnswerTable.WAYS, copies, block * AnswerTable.WAYS);
        return block;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldBlocks = blocks;
        keys = new long[2 * oldKeys.length];
        blocks = new int[keys.length];
        for (int k = 0; k < oldKeys.length; k++) {
            if ((int) (oldKeys[k] >>> 32) == stamp) {
                int at = -1 - index((int) oldKeys[k]);
                keys[at] = oldKeys[k];
                blocks[at] = oldBlocks[k];
            }
        }
    }
}
