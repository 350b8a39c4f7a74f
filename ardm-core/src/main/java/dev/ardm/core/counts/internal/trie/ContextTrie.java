package dev.ardm.core.counts.internal.trie;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts of what followed each of some contexts, which are the last n symbols of an item, its beginning included. With a context
 * there are the two that lack its first and its last symbol: the shorter context, which knows all that followed it, and the
 * string whose follower the last symbol is.
 */
public final class ContextTrie {
    /** Follows an item. Other symbols are from 0 to 255. As the first symbol of a context the number is that of the beginning. */
    public static final int END = 256;

    /** Number of symbols. */
    public static final int SYMBOLS = END + 1;

    /** The contexts of each length, from 0 on. */
    public final List<Level> levels = new ArrayList<>();

    /** Contexts of one length, and the symbols that followed them: their entries. */
    public static final class Level {
        private static final int FEW = 16;

        /** Number of contexts. */
        public int contexts;

        /** Number of entries. */
        public int entries;

        /** Of a context: the context without its last symbol, a number in the level before. */
        public int[] prefixes = new int[FEW];

        /** Of a context: its last symbol. */
        public short[] lasts = new short[FEW];

        /** Of a context: the context without its first symbol, a number in the level before. */
        public int[] suffixes = new int[FEW];

        /** Of a context: how often it occurred; at least the sum of its entries. */
        public int[] totals = new int[FEW];

        /** Of a context: its first entry; one more for the end. */
        public int[] starts = new int[FEW];

        /** Of an entry: the symbol, increasing within a context. */
        public short[] symbols = new short[FEW];

        /** Of an entry: how often the symbol followed. */
        public int[] counts = new int[FEW];

        /** Of an entry: the context followed by the symbol, a number in the next level, or -1. */
        public int[] longer = new int[FEW];

        /** Adds a context, without entries so far. */
        public int addContext(int prefix, int last, int suffix, int total) {
            if (contexts + 1 == prefixes.length) {
                int more = Math.multiplyExact(prefixes.length, 2);
                prefixes = Arrays.copyOf(prefixes, more);
                lasts = Arrays.copyOf(lasts, more);
                suffixes = Arrays.copyOf(suffixes, more);
                totals = Arrays.copyOf(totals, more);
                starts = Arrays.copyOf(starts, more);
            }
            prefixes[contexts] = prefix;
            lasts[contexts] = (short) last;
            suffixes[contexts] = suffix;
            totals[contexts] = total;
            starts[contexts] = entries;
            starts[contexts + 1] = entries;
            return contexts++;
        }

        /** Adds an entry to the last context. */
        public void addEntry(int symbol, int count) {
            if (entries == symbols.length) {
                int more = Math.multiplyExact(entries, 2);
                symbols = Arrays.copyOf(symbols, more);
                counts = Arrays.copyOf(counts, more);
                longer = Arrays.copyOf(longer, more);
            }
            symbols[entries] = (short) symbol;
            counts[entries] = count;
            longer[entries++] = -1;
            starts[contexts] = entries;
        }

        /** The entry of a symbol after a context, or -1. */
        public int find(int context, int symbol) {
            int at = Arrays.binarySearch(symbols, starts[context], starts[context + 1], (short) symbol);
            return at < 0 ? -1 : at;
        }
    }

    /** The contexts of all symbols: one, of length 0. */
    public Level root() {
        return levels.get(0);
    }

    /** Number of entries. */
    public int entries() {
        return levels.stream().mapToInt(level -> level.entries).sum();
    }

    /** Number of contexts. */
    public int contexts() {
        return levels.stream().mapToInt(level -> level.contexts).sum();
    }

    /**
     * The shorter context of a string, or -1 if the trie has none: it lacks the string's first symbol.
     *
     * @param length of the string less one: the level of its prefix
     */
    public int suffix(int length, int prefix, int symbol) {
        if (length == 0) {
            return 0;
        }
        Level before = levels.get(length - 1);
        int entry = before.find(levels.get(length).suffixes[prefix], symbol);
        return entry < 0 ? -1 : before.longer[entry];
    }

    /** Whether an entry can be a longer context: nothing follows the end of an item. */
    public static boolean extensible(int length, int symbol) {
        return length == 0 || symbol != END;
    }
}
