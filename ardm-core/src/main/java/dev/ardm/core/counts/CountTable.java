package dev.ardm.core.counts;

import java.util.Arrays;

/**
 * How often each symbol followed each context. A context is a 64-bit hash, of which 32 bits are compared: two contexts that agree
 * there share their counts. Many threads may read it while nothing writes.
 */
final class CountTable {
    /** Symbols are less than this. */
    static final int SYMBOLS = 512;

    private static final int SYMBOL_BITS = 9;
    private static final int MOST = (1 << 32 - SYMBOL_BITS - 1) - 1;

    // A context: check, its first symbol and count, its other symbols, total and number of symbols.
    private static final int WIDTH = 4;

    private static final int SMALL = 10; // Binary logarithms of numbers of slots.
    private static final int LARGE = 14;

    private int[] slots = new int[WIDTH << SMALL];
    private int mask = (1 << SMALL) - 1;
    private int contexts;
    private int[] followers = new int[1 << SMALL];
    private int[] next = new int[1 << SMALL];
    private int used = 1;

    /** Number of contexts. */
    int contexts() {
        return contexts;
    }

    /** Bytes of its arrays. */
    long bytes() {
        return 4L * (slots.length + followers.length + next.length);
    }

    /** The place of a context, or -1. */
    int find(long context) {
        int check = check(context);
        for (int at = slot(check); ; at = at + 1 & mask) {
            int found = slots[at * WIDTH];
            if (found == check) {
                return at * WIDTH;
            }
            if (found == 0) {
                return -1;
            }
        }
    }

    /** Sum of the counts of a context. */
    int total(int place) {
        return slots[place + 3] >>> SYMBOL_BITS;
    }

    /** Number of symbols that followed a context, at most 511. */
    int distinct(int place) {
        return slots[place + 3] & SYMBOLS - 1;
    }

    /** How often a symbol followed a context. */
    int count(int place, int symbol) {
        int first = slots[place + 1];
        if ((first & SYMBOLS - 1) == symbol) {
            return first >>> SYMBOL_BITS;
        }
        for (int k = slots[place + 2]; k != 0; k = next[k]) {
            if ((followers[k] & SYMBOLS - 1) == symbol) {
                return followers[k] >>> SYMBOL_BITS;
            }
        }
        return 0;
    }

    /**
     * The symbol that followed a context most often, without those that are excluded; -1 if there is none. Of equal ones the
     * first that is found.
     */
    int likeliest(int place, boolean[] excluded) {
        int best = slots[place + 1];
        if (excluded[best & SYMBOLS - 1]) {
            best = -1;
        }
        for (int k = slots[place + 2]; k != 0; k = next[k]) {
            int follower = followers[k];
            if (!excluded[follower & SYMBOLS - 1] && (best == -1 || follower >>> SYMBOL_BITS > best >>> SYMBOL_BITS)) {
                best = follower;
            }
        }
        return best == -1 ? -1 : best & SYMBOLS - 1;
    }

    /** Counts a symbol after a context, which is added if it is new. A context that is full keeps its counts. */
    void add(long context, int symbol) {
        int place = find(context);
        if (place < 0) {
            insert(context, symbol);
            return;
        }
        if (total(place) >= MOST) {
            return;
        }
        slots[place + 3] += SYMBOLS;
        if ((slots[place + 1] & SYMBOLS - 1) == symbol) {
            slots[place + 1] += SYMBOLS;
            return;
        }
        for (int k = slots[place + 2]; k != 0; k = next[k]) {
            if ((followers[k] & SYMBOLS - 1) == symbol) {
                followers[k] += SYMBOLS;
                return;
            }
        }
        follow(place, SYMBOLS | symbol);
        slots[place + 3]++;
    }

    private void follow(int place, int follower) {
        if (used == followers.length) {
            followers = Arrays.copyOf(followers, used * 2);
            next = Arrays.copyOf(next, used * 2);
        }
        followers[used] = follower;
        next[used] = slots[place + 2];
        slots[place + 2] = used++;
    }

    /**
     * Puts a context with the symbols that followed it, unless it or one that agrees with it is there. Counts that are too large are halved, all of them, until
     * they fit.
     *
     * @param total at least the sum of the counts
     * @param from the first symbol of the arrays, of at least one
     */
    void put(long context, int total, short[] symbols, int[] counts, int from, int to) {
        int shift = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(total / MOST));
        int sum = 0;
        if (find(context) >= 0) {
            return;
        }
        insert(context, symbols[from]);
        int place = find(context);
        for (int k = from; k < to; k++) {
            int count = Math.max(1, counts[k] >> shift);
            sum += count;
            if (k == from) {
                slots[place + 1] = count << SYMBOL_BITS | symbols[k];
                continue;
            }
            follow(place, count << SYMBOL_BITS | symbols[k]);
        }
        slots[place + 3] = Math.min(MOST, Math.max(sum, total >> shift)) << SYMBOL_BITS | to - from;
    }

    private void insert(long context, int symbol) {
        if (contexts * 5L > mask * 3L) {
            grow();
        }
        int check = check(context);
        int place = free(check);
        slots[place] = check;
        slots[place + 1] = SYMBOLS | symbol;
        slots[place + 2] = 0;
        slots[place + 3] = SYMBOLS | 1;
        contexts++;
    }

    private void grow() {
        int[] old = slots;
        slots = new int[Math.multiplyExact(old.length, 2)];
        mask = mask * 2 + 1;
        for (int place = 0; place < old.length; place += WIDTH) {
            if (old[place] != 0) {
                System.arraycopy(old, place, slots, free(old[place]), WIDTH);
            }
        }
    }

    private int free(int check) {
        int at = slot(check);
        while (slots[at * WIDTH] != 0) {
            at = at + 1 & mask;
        }
        return at * WIDTH;
    }

    /** The bits of a context that are compared; not 0, which marks a free slot. */
    private static int check(long context) {
        int check = (int) (context >>> 32);
        return check == 0 ? 1 : check;
    }

    private int slot(int check) {
        return check * 0x9E3779B1 >>> Integer.numberOfLeadingZeros(mask);
    }

    /** Forgets all contexts, and most of its memory if it is large. */
    void clear() {
        if (slots.length > WIDTH << LARGE) {
            slots = new int[WIDTH << SMALL];
            mask = (1 << SMALL) - 1;
        } else if (contexts > 0) {
            Arrays.fill(slots, 0);
        }
        contexts = 0;
        used = 1;
    }
}
