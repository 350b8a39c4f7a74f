package dev.ardm.coding.format;

import java.util.Arrays;
import java.util.BitSet;

/** Puts the records of a frame together, entry by entry. */
public final class FrameRecordsBuilder {
    private int[] sizes = new int[16];
    private int[] lengths = new int[16];
    private int groups;
    private int entries;
    private int grouped;
    private final BitSet dropped = new BitSet();
    private final BitSet learnt = new BitSet();
    private final BitSet again = new BitSet();
    private final BitSet stored = new BitSet();
    private final BitSet side = new BitSet();
    private int learntCount;
    private int first;
    private int cursor;
    private int most;

    /** Number of entries so far. */
    public int entries() {
        return entries;
    }

    /** Whether there is a learnt entry. */
    public boolean anyLearnt() {
        return learntCount > 0;
    }

    /** The learnt item after the last one of a learnt entry. */
    public int cursor() {
        return cursor;
    }

    /**
     * Adds a record that equals a learnt item. Learnt items between the cursor and this one become dropped entries.
     *
     * @param number of the item: the one before the cursor, or one from it on; any for the first learnt record
     * @throws IllegalArgumentException if it is another one
     */
    public void learnt(int number) {
        if (learntCount == 0) {
            first = number;
            cursor = number;
        }
        if (number < 0 || number < cursor - 1) {
            throw new IllegalArgumentException("learnt item " + number + " where the cursor is at " + cursor);
        }
        while (cursor < number) {
            learnt(cursor, false);
        }
        learnt(number, true);
    }

    private void learnt(int number, boolean live) {
        again.set(learntCount++, number < cursor);
        learnt.set(entries);
        cursor = number + 1;
        entry(live);
    }

    /** Adds an entry that is in a group. */
    public void grouped(boolean live) {
        grouped++;
        entry(live);
    }

    private void entry(boolean live) {
        dropped.set(entries++, !live);
    }

    /**
     * Adds a group. In the end the groups have as many entries as were added.
     *
     * @param size number of its entries
     * @param length in bytes
     * @param longest no record has more values
     */
    public void group(int size, int length, boolean isStored, boolean hasSide, int longest) {
        if (groups == sizes.length) {
            sizes = Arrays.copyOf(sizes, 2 * groups);
            lengths = Arrays.copyOf(lengths, 2 * groups);
        }
        sizes[groups] = size;
        lengths[groups] = length;
        stored.set(groups, isStored);
        side.set(groups, hasSide);
        most = Math.max(most, longest);
        groups++;
    }

    /** How many bytes the learnt entries take in the head. */
    public int learntBytes() {
        return AdaptiveFlags.length(learnt, entries) + AdaptiveFlags.length(again, learntCount);
    }

    /** The records of the frame. */
    public FrameRecords build() {
        int total = Arrays.stream(sizes, 0, groups).sum();
        if (total != grouped || entries > FrameRecords.MOST_ENTRIES) {
            throw new IllegalStateException(entries + " entries, of which " + grouped + " are in groups of " + total);
        }
        return new FrameRecords(
                entries,
                dropped,
                learnt,
                again,
                first,
                Integer.SIZE - Integer.numberOfLeadingZeros(most),
                Arrays.copyOf(sizes, groups),
                Arrays.copyOf(lengths, groups),
                stored,
                side);
    }
}
