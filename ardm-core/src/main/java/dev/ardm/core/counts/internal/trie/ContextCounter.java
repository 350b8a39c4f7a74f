package dev.ardm.core.counts.internal.trie;

import java.util.Arrays;

/**
 * Counts what follows contexts: those of one symbol first, then those of two that occur often enough, and so on, in one pass over
 * the items for each length. So memory is bounded by the number of contexts that are counted at a time.
 */
public final class ContextCounter {
    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long FACTOR = 0xD6E8FEB86659FD93L;
    private static final int SYMBOL_BITS = 9;

    private final Iterable<int[]> items;
    private final int least;
    private final int most;

    /**
     * @param items which are read several times
     * @param least number of occurrences of a context
     * @param most number of contexts of one length, at most 2^22
     */
    public ContextCounter(Iterable<int[]> items, int least, int most) {
        this.items = items;
        this.least = least;
        this.most = most;
    }

    /**
     * Counts contexts.
     *
     * @param longest number of symbols of a context
     */
    public ContextTrie count(int longest) {
        ContextTrie trie = new ContextTrie();
        trie.levels.add(root());
        for (int length = 1; length <= longest; length++) {
            ContextTrie.Level level = candidates(trie, length);
            if (level.contexts == 0) {
                break;
            }
            ContextTrie.Level counted = pass(trie, level, length);
            trie.levels.add(counted);
        }
        return trie;
    }

    private ContextTrie.Level root() {
        long[] frequencies = new long[ContextTrie.SYMBOLS];
        for (int[] item : items) {
            for (int symbol : item) {
                frequencies[symbol]++;
            }
            frequencies[ContextTrie.END]++;
        }
        ContextTrie.Level root = new ContextTrie.Level();
        long total = Arrays.stream(frequencies).sum();
        root.addContext(0, 0, 0, (int) Math.min(total, Integer.MAX_VALUE));
        for (int s = 0; s < frequencies.length; s++) {
            if (frequencies[s] > 0) {
                root.addEntry(s, (int) Math.min(frequencies[s], CountClasses.MOST));
            }
        }
        return root;
    }

    /** The contexts of a length that occur often enough, and as many of them as fit. */
    private ContextTrie.Level candidates(ContextTrie trie, int length) {
        ContextTrie.Level before = trie.levels.get(length - 1);
        int[] byClass = new int[CountClasses.LARGEST + 1];
        for (int entry = 0; entry < before.entries; entry++) {
            byClass[CountClasses.of(before.counts[entry])]++;
        }
        int lowest = CountClasses.LARGEST + 1;
        long sum = 0;
        while (lowest > 1 && sum + byClass[lowest - 1] <= most) {
            sum += byClass[--lowest];
        }
        ContextTrie.Level level = new ContextTrie.Level();
        for (int context = 0; context < before.contexts; context++) {
            for (int entry = before.starts[context]; entry < before.starts[context + 1]; entry++) {
                int symbol = before.symbols[entry];
                int count = before.counts[entry];
                if (count < least || CountClasses.of(count) < lowest || !ContextTrie.extensible(length - 1, symbol)) {
                    continue;
                }
                int suffix = trie.suffix(length - 1, context, symbol);
                if (suffix >= 0) {
                    before.longer[entry] = level.addContext(context, symbol, suffix, count);
                }
            }
        }
        return level;
    }

    private ContextTrie.Level pass(ContextTrie trie, ContextTrie.Level candidates, int length) {
        Slots contexts = new Slots(candidates.contexts);
        int[] symbols = new int[length];
        for (int k = 0; k < candidates.contexts; k++) {
            symbols(trie, candidates, length, k, symbols);
            long hash = 0;
            for (int symbol : symbols) {
                hash = hash * BASE + symbol + 1;
            }
            contexts.put(hash, k);
        }
        long power = 1;
        for (int k = 0; k < length; k++) {
            power *= BASE;
        }
        Pairs pairs = new Pairs();
        for (int[] item : items) {
            long hash = ContextTrie.END + 1;
            for (int i = 0; i <= item.length; i++) {
                int symbol = i == item.length ? ContextTrie.END : item[i];
                if (i + 1 >= length) {
                    int context = contexts.get(hash);
                    if (context >= 0) {
                        pairs.add(context << SYMBOL_BITS | symbol);
                    }
                }
                int leaving = i + 1 - length; // Place of the symbol that leaves; the beginning is before place 0.
                hash = hash * BASE + symbol + 1;
                if (leaving >= 0) {
                    hash -= power * ((leaving == 0 ? ContextTrie.END : item[leaving - 1]) + 1);
                }
            }
        }
        return pairs.entered(candidates);
    }

    /** Writes the symbols of a context, the oldest first. */
    public static void symbols(ContextTrie trie, ContextTrie.Level level, int length, int context, int[] symbols) {
        ContextTrie.Level at = level;
        int number = context;
        for (int k = length - 1; k >= 0; k--) {
            symbols[k] = at.lasts[number];
            number = at.prefixes[number];
            at = trie.levels.get(k);
        }
    }

    /** Numbers of contexts by their hashes. */
    private static final class Slots {
        private final long[] hashes;
        private final int[] numbers;
        private final int mask;

        Slots(int size) {
            int slots = Integer.highestOneBit(Math.max(size, 8)) * 4;
            hashes = new long[slots];
            numbers = new int[slots];
            Arrays.fill(numbers, -1);
            mask = slots - 1;
        }

        private int slot(long hash) {
            long x = hash * FACTOR;
            return (int) (x ^ x >>> 32) & mask;
        }

        void put(long hash, int number) {
            int at = slot(hash);
            while (numbers[at] >= 0) {
                at = at + 1 & mask;
            }
            hashes[at] = hash;
            numbers[at] = number;
        }

        int get(long hash) {
            for (int at = slot(hash); ; at = at + 1 & mask) {
                if (numbers[at] < 0 || hashes[at] == hash) {
                    return numbers[at];
                }
            }
        }
    }

    /** How often pairs of a context and a symbol occur. */
    private static final class Pairs {
        private int[] keys = new int[1 << 12]; // One more than the pair; 0 is free.
        private int[] counts = new int[keys.length];
        private int size;

        private int place(int pair) {
            int mask = keys.length - 1;
            int at = (int) ((pair + 1L) * FACTOR >>> 32) & mask;
            while (keys[at] != 0 && keys[at] != pair + 1) {
                at = at + 1 & mask;
            }
            return at;
        }

        void add(int pair) {
            int at = place(pair);
            if (keys[at] == 0) {
                if (size * 5L > keys.length * 3L) {
                    grow();
                    at = place(pair);
                }
                keys[at] = pair + 1;
                size++;
            }
            if (counts[at] < CountClasses.MOST) {
                counts[at]++;
            }
        }

        private void grow() {
            int[] oldKeys = keys;
            int[] oldCounts = counts;
            keys = new int[Math.multiplyExact(oldKeys.length, 2)];
            counts = new int[keys.length];
            for (int k = 0; k < oldKeys.length; k++) {
                if (oldKeys[k] != 0) {
                    int at = place(oldKeys[k] - 1);
                    keys[at] = oldKeys[k];
                    counts[at] = oldCounts[k];
                }
            }
        }

        /** The contexts, with the symbols that followed them. */
        ContextTrie.Level entered(ContextTrie.Level contexts) {
            long[] sorted = new long[size];
            int at = 0;
            for (int k = 0; k < keys.length; k++) {
                if (keys[k] != 0) {
                    sorted[at++] = (long) (keys[k] - 1) << 32 | counts[k];
                }
            }
            Arrays.sort(sorted);
            ContextTrie.Level level = new ContextTrie.Level();
            at = 0;
            for (int context = 0; context < contexts.contexts; context++) {
                level.addContext(
                        contexts.prefixes[context],
                        contexts.lasts[context],
                        contexts.suffixes[context],
                        contexts.totals[context]);
                while (at < size && sorted[at] >>> 32 + SYMBOL_BITS == context) {
                    level.addEntry((int) (sorted[at] >>> 32) & (1 << SYMBOL_BITS) - 1, (int) sorted[at]);
                    at++;
                }
            }
            return level;
        }
    }
}
