package dev.ardm.core.counts.row;

/**
 * How often each of two answers was given, by the context of the question. A context is a 64-bit hash, of which 32 bits are
 * compared: two contexts that agree there share their counts. Many threads may read it while nothing writes.
 */
final class DecisionCounts {
    private static final int SMALL = 8; // Binary logarithm of a number of slots.
    private static final int MOST = (1 << 16) - 1;

    private final int largest;
    // A slot: the bits of the context that are compared, and in the lower half its counts, those of yes in the upper
    // half. 0 if free. Both in one
    // number, since each slot that is looked at comes from memory.
    private long[] slots = new long[1 << SMALL];
    private int used;

    /** @param largest number of slots, a power of two: contexts that come when it is full are not counted */
    DecisionCounts(int largest) {
        this.largest = largest;
    }

    /** The counts of a context, of yes in the upper 16 bits and of no in the lower; 0 if it is not known. */
    int find(long context) {
        return (int) slots[place(check(context))];
    }

    /** Counts an answer. Where a count reaches its largest, both are halved. */
    void add(long context, boolean yes) {
        int check = check(context);
        int at = place(check);
        if (slots[at] == 0) {
            if (used * 8L >= slots.length * 5L) {
                if (slots.length >= largest) {
                    return;
                }
                grow();
                at = place(check);
            }
            used++;
        }
        int count = (int) slots[at];
        if ((yes ? count >>> 16 : count & MOST) == MOST) {
            count = (count >>> 17) << 16 | (count & MOST) >>> 1;
        }
        slots[at] = (long) check << 32 | count + (yes ? 1 << 16 : 1) & 0xFFFF_FFFFL;
    }

    /** Number of slots. */
    int slots() {
        return slots.length;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long slot : old) {
            if (slot != 0) {
                slots[place((int) (slot >>> 32))] = slot;
            }
        }
    }

    /** Where a context is, or the free slot where it would be. */
    private int place(int check) {
        int mask = slots.length - 1;
        int at = check * 0x9E3779B1 >>> Integer.numberOfLeadingZeros(mask);
        while (slots[at] != 0 && (int) (slots[at] >>> 32) != check) {
            at = at + 1 & mask;
        }
        return at;
    }

    /** The bits of a context that are compared; not 0, which marks a free slot. */
    private static int check(long context) {
        int check = (int) (context >>> 32);
        return check == 0 ? 1 : check;
    }
}
