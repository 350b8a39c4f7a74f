package dev.ardm.core.counts.row;

/**
 * How often each of two answers was given, by the context of the question. A context is a 64-bit hash, of which 32 bits are
 * compared: two contexts that agree there share their counts. Many threads may read it while nothing writes.
 */
final class DecisionCounts {
    private static final int SMALL = 8; // Binary logarithm of a number of slots.
    private static final int MOST = (1 << 16) - 1;

    private final int largest;
    private int[] checks = new int[1 << SMALL];
    private int[] counts = new int[1 << SMALL]; // Of yes in the upper half, of no in the lower.
    private int used;

    /** @param largest number of slots, a power of two: contexts that come when it is full are not counted */
    DecisionCounts(int largest) {
        this.largest = largest;
    }

    /** The counts of a context, of yes in the upper 16 bits and of no in the lower; 0 if it is not known. */
    int find(long context) {
        return counts[place(check(context))];
    }

    /** Counts an answer. Where a count reaches its largest, both are halved. */
    void add(long context, boolean yes) {
        int check = check(context);
        int at = place(check);
        if (checks[at] == 0) {
            if (used * 8L >= checks.length * 5L) {
                if (checks.length >= largest) {
                    return;
                }
                grow();
                at = place(check);
            }
            checks[at] = check;
            used++;
        }
        int count = counts[at];
        if ((yes ? count >>> 16 : count & MOST) == MOST) {
            count = (count >>> 17) << 16 | (count & MOST) >>> 1;
        }
        counts[at] = count + (yes ? 1 << 16 : 1);
    }

    /** Number of slots. */
    int slots() {
        return counts.length;
    }

    private void grow() {
        int[] oldChecks = checks;
        int[] oldCounts = counts;
        checks = new int[oldChecks.length * 2];
        counts = new int[oldChecks.length * 2];
        for (int k = 0; k < oldChecks.length; k++) {
            if (oldChecks[k] != 0) {
                int at = place(oldChecks[k]);
                checks[at] = oldChecks[k];
                counts[at] = oldCounts[k];
            }
        }
    }

    /** Where a context is, or the free slot where it would be. */
    private int place(int check) {
        int mask = checks.length - 1;
        int at = check * 0x9E3779B1 >>> Integer.numberOfLeadingZeros(mask);
        while (checks[at] != check && checks[at] != 0) {
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
