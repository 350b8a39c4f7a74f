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
    private int[] keys = new int[2 * FIRST];
    private int[] stamps = new int[2 * FIRST];
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
            Arrays.fill(stamps, 0);
            stamp = 1;
        }
    }

    /** Where a group of slots is in the index, or where it would be. */
    private int index(int group) {
        int mask = keys.length - 1;
        int at = group * FACTOR >>> 7 & mask;
        while (stamps[at] == stamp && keys[at] != group) {
            at = at + 1 & mask;
        }
        return at;
    }

    /** See {@link AnswerTable#find}. */
    int find(long hash) {
        int bucket = table.bucket(hash);
        int at = index(bucket / AnswerTable.WAYS);
        if (stamps[at] != stamp) {
            return table.find(hash);
        }
        int from = blocks[at] * AnswerTable.WAYS;
        int found = AnswerTable.find(copies, from, bucket & AnswerTable.WAYS - 1, (int) hash & 0xFF);
        return found >= 0 ? found | COPIED : -1 - (-1 - found | COPIED);
    }

    private int slot(int place) {
        return place >= COPIED ? copies[place - COPIED] : table.slot(place);
    }

    /** See {@link AnswerTable#probability}. */
    int probability(int place) {
        return slot(place) >>> 16;
    }

    /** See {@link AnswerTable#seen}. */
    int seen(int place) {
        return slot(place) >>> 8 & 0xFF;
    }

    /** See {@link AnswerTable#learn}. */
    void learn(int found, long hash, boolean yes) {
        int way = (found < 0 ? -1 - found : found) & AnswerTable.WAYS - 1;
        int place = copy(table.bucket(hash) / AnswerTable.WAYS) * AnswerTable.WAYS + way;
        copies[place] = AnswerTable.learnt(found < 0 ? 0 : copies[place], hash, yes);
    }

    /** The number of the copy of a group, which is made if need be. */
    private int copy(int group) {
        int at = index(group);
        if (stamps[at] == stamp) {
            return blocks[at];
        }
        if (2 * (count + 1) > keys.length) {
            grow();
            at = index(group);
        }
        int block = count++;
        if (AnswerTable.WAYS * count > copies.length) {
            copies = Arrays.copyOf(copies, 2 * copies.length);
        }
        stamps[at] = stamp;
        keys[at] = group;
        blocks[at] = block;
        table.copy(group * AnswerTable.WAYS, copies, block * AnswerTable.WAYS);
        return block;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldStamps = stamps;
        int[] oldBlocks = blocks;
        keys = new int[2 * oldKeys.length];
        stamps = new int[keys.length];
        blocks = new int[keys.length];
        for (int k = 0; k < oldKeys.length; k++) {
            if (oldStamps[k] == stamp) {
                int at = index(oldKeys[k]);
                keys[at] = oldKeys[k];
                stamps[at] = stamp;
                blocks[at] = oldBlocks[k];
            }
        }
    }
}
