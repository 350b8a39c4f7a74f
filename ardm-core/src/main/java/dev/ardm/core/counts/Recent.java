package dev.ardm.core.counts;

import java.util.Arrays;

/**
 * The last symbol that followed each context within an item, and how often it did so in a row: entries like those of
 * {@link CountTable} where only one symbol followed. Its memory grows with the item up to 8 MB; from then on later contexts take
 * the places of earlier ones. What it knows depends on the item alone.
 */
final class Recent {
    private static final int SMALL = 12; // Binary logarithms of numbers of slots.
    private static final int LARGE = 20;
    private static final int GROWTH = 4;
    private static final int ENTRY_BITS = 24;
    private static final int CHECK_BITS = 20;
    private static final int MOST_ITEMS = 1 << Long.SIZE - ENTRY_BITS - CHECK_BITS;

    // A slot: number of the item, some bits of the context, entry. Those of other items count as free.
    private long[] slots = new long[1 << SMALL];
    private int bits = SMALL;
    private int item;
    private int used;

    /** Forgets everything. */
    void clear() {
        item++;
        used = 0;
        if (bits > SMALL) {
            bits = SMALL;
            slots = new long[1 << SMALL];
        } else if (item == MOST_ITEMS) {
            Arrays.fill(slots, 0);
            item = 1;
        }
    }

    /** The entry of a context, 0 if it is new. */
    int find(long context) {
        long slot = slots[(int) (context >>> Long.SIZE - bits)];
        return slot >>> ENTRY_BITS == tag(context) ? (int) slot & (1 << ENTRY_BITS) - 1 : 0;
    }

    private long tag(long context) {
        return (long) item << CHECK_BITS | context & (1 << CHECK_BITS) - 1;
    }

    /** Counts a symbol after a context. */
    void add(long context, int symbol) {
        int entry = find(context);
        int changed = CountTable.SYMBOLS | symbol;
        if (entry == 0) {
            used++;
        } else if ((entry & CountTable.SYMBOLS - 1) == symbol) {
            changed = entry + CountTable.SYMBOLS < 1 << ENTRY_BITS ? entry + CountTable.SYMBOLS : entry;
        }
        slots[(int) (context >>> Long.SIZE - bits)] = tag(context) << ENTRY_BITS | changed;
        if (used > 1 << bits - 1 && bits < LARGE) {
            // What a context is placed by is not in its slot: the item goes on with an empty table.
            bits += GROWTH;
            slots = new long[1 << bits];
            used = 0;
        }
    }
}
