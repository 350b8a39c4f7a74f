package dev.ardm.core.counts;

import java.util.Arrays;

/**
 * How often each symbol followed each context. A context is a 64-bit hash, of which 32 bits are compared: two contexts that agree
 * there share their counts. Many threads may read it while nothing writes.
 *
 * <p>What is known of a context is its <em>entry</em>, an int: 0 if it is new; the count and the symbol where one symbol only
 * followed it; otherwise negative, the complement of where its list begins. Entries hold until the next {@link #add}. A list has
 * the total and the number of symbols, then counts and symbols, the largest counts first, of equal ones the latest; long lists
 * have a set of bits before them that tells most symbols that are not there.
 */
final class CountTable {
    /** Symbols are less than this. */
    static final int SYMBOLS = 512;

    private static final int SYMBOL_BITS = 9;
    private static final int MOST = (1 << 32 - SYMBOL_BITS - 1) - 1;
    private static final int SMALL = 10; // Binary logarithm of numbers of slots at first.
    private static final int LONG = 16; // Capacity of lists with a set of bits.
    private static final int SETS = 2; // Ints of such a set.
    private static final int CLASSES = 10; // Capacities 2, 4 to 512 and 1024.

    // A slot: the bits of the context that are compared, and its entry in the lower half. 0 if free.
    private long[] slots = new long[1 << SMALL];
    private int contexts;
    private int[] lists = new int[1 << SMALL];
    private int used = 1;
    private final int[] free =
            new int[CLASSES]; // First free list of each capacity, which holds the next one; 0 if none.

    /** Number of contexts. */
    int contexts() {
        return contexts;
    }

    /** Bytes of its arrays. */
    long bytes() {
        return 8L * slots.length + 4L * lists.length;
    }

    /** The entry of a context, 0 if it is new. */
    int find(long context) {
        return (int) slots[slot(context)];
    }

    /** Sum of the counts of an entry. */
    int total(int entry) {
        return (entry >= 0 ? entry : lists[~entry]) >>> SYMBOL_BITS;
    }

    /** Number of symbols that followed. */
    int distinct(int entry) {
        return entry >= 0 ? 1 : lists[~entry] & SYMBOLS - 1;
    }

    /** How often a symbol followed. */
    int count(int entry, int symbol) {
        if (entry >= 0) {
            return (entry & SYMBOLS - 1) == symbol ? entry >>> SYMBOL_BITS : 0;
        }
        int at = place(~entry, symbol);
        return at < 0 ? 0 : lists[at] >>> SYMBOL_BITS;
    }

    /** Where a list has a symbol, or -1. */
    private int place(int list, int symbol) {
        int distinct = lists[list] & SYMBOLS - 1;
        int from = list + 1;
        if (distinct > LONG / 2) {
            if ((lists[from + (symbol >>> 5 & SETS - 1)] >>> symbol & 1) == 0) {
                return -1;
            }
            from += SETS;
        }
        for (int at = from; at < from + distinct; at++) {
            if ((lists[at] & SYMBOLS - 1) == symbol) {
                return at;
            }
        }
        return -1;
    }

    /** The symbol that followed most often, without those that are excluded; -1 if there is none. */
    int likeliest(int entry, boolean[] excluded) {
        if (entry >= 0) {
            int symbol = entry & SYMBOLS - 1;
            return excluded[symbol] ? -1 : symbol;
        }
        int distinct = lists[~entry] & SYMBOLS - 1;
        int from = first(~entry, distinct);
        for (int at = from; at < from + distinct; at++) {
            int symbol = lists[at] & SYMBOLS - 1;
            if (!excluded[symbol]) {
                return symbol;
            }
        }
        return -1;
    }

    private static int first(int list, int distinct) {
        return list + 1 + (distinct > LONG / 2 ? SETS : 0);
    }

    /** Counts a symbol after a context, which is added if it is new. A context that is full keeps its counts. */
    void add(long context, int symbol) {
        int slot = slot(context);
        int entry = (int) slots[slot];
        if (entry == 0) {
            if (contexts * 3L > slots.length * 2L) {
                grow();
                slot = slot(context);
            }
            slots[slot] = (long) check(context) << 32 | SYMBOLS | symbol;
            contexts++;
        } else if (total(entry) >= MOST) {
            return;
        } else if (entry < 0) {
            int list = increase(~entry, symbol);
            slots[slot] = slots[slot] & ~0xFFFF_FFFFL | ~list & 0xFFFF_FFFFL;
        } else if ((entry & SYMBOLS - 1) == symbol) {
            slots[slot] += SYMBOLS;
        } else {
            int list = allocate(0);
            lists[list] = (entry & -SYMBOLS) + SYMBOLS | 2;
            boolean later = entry >>> SYMBOL_BITS == 1;
            lists[list + 1] = later ? SYMBOLS | symbol : entry;
            lists[list + 2] = later ? entry : SYMBOLS | symbol;
            slots[slot] = slots[slot] & ~0xFFFF_FFFFL | ~list & 0xFFFF_FFFFL;
        }
    }

    /**
     * Puts a context with the symbols that followed it, unless it or one that agrees with it is there. Counts that are too large
     * are halved, all of them, until they fit. Nothing can be counted afterwards.
     *
     * @param total at least the sum of the counts
     * @param from the first symbol of the arrays, of at least one
     */
    void put(long context, int total, short[] symbols, int[] counts, int from, int to) {
        if (find(context) != 0) {
            return;
        }
        if (contexts * 3L > slots.length * 2L) {
            grow();
        }
        int shift = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(total / MOST));
        int distinct = to - from;
        int list = allocate(distinct <= 2 ? 0 : Integer.SIZE - 1 - Integer.numberOfLeadingZeros(distinct - 1));
        int first = first(list, distinct);
        Arrays.fill(lists, list, first, 0);
        int sum = 0;
        for (int k = from; k < to; k++) {
            int count = Math.max(1, counts[k] >> shift);
            int at = first + k - from;
            while (at > first && lists[at - 1] >>> SYMBOL_BITS < count) {
                lists[at] = lists[at - 1];
                at--;
            }
            lists[at] = count << SYMBOL_BITS | symbols[k];
            sum += count;
            if (distinct > LONG / 2) {
                mark(list, symbols[k]);
            }
        }
        int all = Math.min(MOST, Math.max(sum, total >> shift));
        lists[list] = all << SYMBOL_BITS | distinct;
        boolean certain = distinct == 1 && all == sum;
        int entry = certain ? lists[first] : ~list;
        if (certain) {
            used = list; // It was the last one.
        }
        slots[slot(context)] = (long) check(context) << 32 | entry & 0xFFFF_FFFFL;
        contexts++;
    }

    /** Counts a symbol. Returns where the list is afterwards. */
    private int increase(int list, int symbol) {
        int at = place(list, symbol);
        int moved = list;
        if (at < 0) {
            moved = append(list, symbol);
            at = first(moved, lists[moved] & SYMBOLS - 1) + (lists[moved] & SYMBOLS - 1) - 1;
        } else {
            lists[list] += SYMBOLS;
            lists[at] += SYMBOLS;
        }
        int from = first(moved, lists[moved] & SYMBOLS - 1);
        int increased = lists[at];
        while (at > from && lists[at - 1] >>> SYMBOL_BITS <= increased >>> SYMBOL_BITS) {
            lists[at] = lists[at - 1];
            at--;
        }
        lists[at] = increased;
        return moved;
    }

    /** Adds a symbol at the end of a list, which moves where it is full. */
    private int append(int list, int symbol) {
        int distinct = lists[list] & SYMBOLS - 1;
        int moved = list;
        if (Integer.bitCount(distinct) == 1) {
            int size = Integer.numberOfTrailingZeros(distinct) - 1;
            moved = allocate(size + 1);
            System.arraycopy(lists, first(list, distinct), lists, first(moved, distinct + 1), distinct);
            if (distinct == LONG / 2) {
                lists[moved + 1] = 0;
                lists[moved + 2] = 0;
                for (int at = first(moved, distinct + 1); at < first(moved, distinct + 1) + distinct; at++) {
                    mark(moved, lists[at]);
                }
            } else if (distinct > LONG / 2) {
                lists[moved + 1] = lists[list + 1];
                lists[moved + 2] = lists[list + 2];
            }
            lists[moved] = lists[list];
            lists[list] = free[size];
            free[size] = list;
        }
        lists[moved] += SYMBOLS + 1;
        if (distinct >= LONG / 2) {
            mark(moved, symbol);
        }
        lists[first(moved, distinct + 1) + distinct] = SYMBOLS | symbol;
        return moved;
    }

    private void mark(int list, int symbol) {
        lists[list + 1 + (symbol >>> 5 & SETS - 1)] |= 1 << symbol;
    }

    /** Place for a list of up to 2 << size symbols. */
    private int allocate(int size) {
        int list = free[size];
        if (list != 0) {
            free[size] = lists[list];
            return list;
        }
        int ints = 1 + (2 << size) + (2 << size >= LONG ? SETS : 0);
        if (used + ints > lists.length) {
            lists = Arrays.copyOf(lists, Math.addExact(lists.length, Math.max(ints, lists.length >> 1)));
        }
        list = used;
        used += ints;
        return list;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[Math.multiplyExact(old.length, 2)];
        for (long slot : old) {
            if (slot != 0) {
                slots[slot(slot)] = slot;
            }
        }
    }

    /** Where a context is, or the free slot where it would be. */
    private int slot(long context) {
        int check = check(context);
        int mask = slots.length - 1;
        int at = check * 0x9E3779B1 >>> Integer.numberOfLeadingZeros(mask);
        while (slots[at] != 0 && (int) (slots[at] >>> 32) != check) {
            at = at + 1 & mask;
        }
        return at;
    }

    /** The bits of a context that are compared; not 0. */
    private static int check(long context) {
        int check = (int) (context >>> 32);
        return check == 0 ? 1 : check;
    }
}
