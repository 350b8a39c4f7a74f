package dev.ardm.core.counts.internal.trie;

import java.util.BitSet;

/**
 * Chooses the contexts and entries of a trie that are worth storing: those that save more bits on the items that were counted
 * than a multiple of what they take in the file.
 *
 * <p>A context saves what its counts predict better than those of the shorter context. It is kept with all longer ones that end
 * in it, or they all go. Source: J. Rissanen, "A universal data compression system" (1983), with costs as in minimum description
 * length.
 */
public final class TriePruning {
    private static final double CONTEXT_BITS = 4;
    private static final double ENTRY_BITS = 8;
    private static final double ABSENT = 2; // Bits more for a symbol that the context does not list.

    private final ContextTrie trie;
    private final float[][] logs; // Of an entry: the binary logarithm of its probability.
    private final float[][] shorter; // Of an entry: that in the shorter context.

    public TriePruning(ContextTrie trie) {
        this.trie = trie;
        int lengths = trie.levels.size();
        logs = new float[lengths][];
        shorter = new float[lengths][];
        for (int length = 0; length < lengths; length++) {
            ContextTrie.Level level = trie.levels.get(length);
            logs[length] = new float[level.entries];
            shorter[length] = new float[level.entries];
            for (int context = 0; context < level.contexts; context++) {
                estimate(length, level, context);
            }
        }
    }

    private void estimate(int length, ContextTrie.Level level, int context) {
        int from = level.starts[context];
        int to = level.starts[context + 1];
        double total = level.totals[context];
        double novel = to - from; // As many were new here: what is left to the shorter context.
        ContextTrie.Level before = length == 0 ? null : trie.levels.get(length - 1);
        int at = before == null ? 0 : before.starts[level.suffixes[context]];
        for (int entry = from; entry < to; entry++) {
            double backup = 1.0 / ContextTrie.SYMBOLS;
            if (before != null) {
                while (before.symbols[at] != level.symbols[entry]) {
                    at++;
                }
                backup = StrictMath.pow(2, logs[length - 1][at]);
            }
            shorter[length][entry] = (float) (StrictMath.log(backup) / StrictMath.log(2));
            logs[length][entry] = (float)
                    (StrictMath.log((level.counts[entry] + novel * backup) / (total + novel)) / StrictMath.log(2));
        }
    }

    /**
     * The part of the trie that is worth it.
     *
     * @param weight what a bit of the file must save
     */
    public ContextTrie pruned(double weight) {
        int lengths = trie.levels.size();
        double[][] values = new double[lengths][];
        for (int length = lengths - 1; length >= 0; length--) {
            values[length] = values[length] == null ? new double[trie.levels.get(length).contexts] : values[length];
            ContextTrie.Level level = trie.levels.get(length);
            if (length > 0) {
                values[length - 1] = new double[trie.levels.get(length - 1).contexts];
                for (int context = 0; context < level.contexts; context++) {
                    double value = values[length][context] + worth(length, context, weight);
                    values[length][context] = value;
                    if (value > 0) {
                        values[length - 1][level.suffixes[context]] += value;
                    }
                }
            }
        }
        BitSet[] contexts = new BitSet[lengths];
        BitSet[] entries = new BitSet[lengths];
        for (int length = 0; length < lengths; length++) {
            ContextTrie.Level level = trie.levels.get(length);
            contexts[length] = new BitSet(level.contexts);
            entries[length] = new BitSet(level.entries);
            for (int context = 0; context < level.contexts; context++) {
                if (length == 0 || values[length][context] > 0 && contexts[length - 1].get(level.suffixes[context])) {
                    contexts[length].set(context);
                }
            }
        }
        for (int length = lengths - 1; length >= 0; length--) {
            close(length, contexts, entries, weight);
        }
        return copy(contexts, entries);
    }

    private boolean listed(int length, int entry, double weight) {
        int count = trie.levels.get(length).counts[entry];
        return count * (logs[length][entry] - shorter[length][entry] + ABSENT) > weight * ENTRY_BITS;
    }

    /** Bits that a context saves, less what it costs. */
    private double worth(int length, int context, double weight) {
        ContextTrie.Level level = trie.levels.get(length);
        double saved = 0;
        double others = 0;
        double othersBefore = 0;
        int listed = 0;
        for (int entry = level.starts[context]; entry < level.starts[context + 1]; entry++) {
            if (listed(length, entry, weight)) {
                saved += (double) level.counts[entry] * (logs[length][entry] - shorter[length][entry]);
                listed++;
            } else {
                others += level.counts[entry];
                othersBefore += StrictMath.pow(2, shorter[length][entry]);
            }
        }
        if (others > 0) {
            double novel = level.starts[context + 1] - level.starts[context];
            double together = others / (level.totals[context] + novel);
            saved += others * StrictMath.log(together / othersBefore) / StrictMath.log(2);
        }
        return saved - weight * (CONTEXT_BITS + ENTRY_BITS * listed);
    }

    /** Keeps what the contexts of a length need, of those that are one shorter, too. */
    private void close(int length, BitSet[] contexts, BitSet[] entries, double weight) {
        ContextTrie.Level level = trie.levels.get(length);
        for (int c = contexts[length].nextSetBit(0); c >= 0; c = contexts[length].nextSetBit(c + 1)) {
            for (int entry = level.starts[c]; entry < level.starts[c + 1]; entry++) {
                if (length == 0 || listed(length, entry, weight)) {
                    entries[length].set(entry);
                }
            }
            if (length == 0) {
                continue;
            }
            ContextTrie.Level before = trie.levels.get(length - 1);
            contexts[length - 1].set(level.prefixes[c]);
            contexts[length - 1].set(level.suffixes[c]);
            entries[length - 1].set(before.find(level.prefixes[c], level.lasts[c]));
            int at = before.starts[level.suffixes[c]];
            for (int entry = level.starts[c]; entry < level.starts[c + 1]; entry++) {
                if (entries[length].get(entry)) {
                    while (before.symbols[at] != level.symbols[entry]) {
                        at++;
                    }
                    entries[length - 1].set(at);
                }
            }
        }
    }

    private ContextTrie copy(BitSet[] contexts, BitSet[] entries) {
        ContextTrie copy = new ContextTrie();
        int[] numbers = {0};
        for (int length = 0; length < trie.levels.size(); length++) {
            ContextTrie.Level level = trie.levels.get(length);
            ContextTrie.Level into = new ContextTrie.Level();
            int[] next = new int[level.contexts];
            for (int c = contexts[length].nextSetBit(0); c >= 0; c = contexts[length].nextSetBit(c + 1)) {
                int prefix = length == 0 ? 0 : numbers[level.prefixes[c]];
                int suffix = length == 0 ? 0 : numbers[level.suffixes[c]];
                next[c] = into.addContext(prefix, level.lasts[c], suffix, level.totals[c]);
                for (int entry = level.starts[c]; entry < level.starts[c + 1]; entry++) {
                    if (entries[length].get(entry)) {
                        into.addEntry(level.symbols[entry], level.counts[entry]);
                    }
                }
                if (length > 0) {
                    ContextTrie.Level before = copy.levels.get(length - 1);
                    before.longer[before.find(prefix, level.lasts[c])] = next[c];
                }
            }
            if (into.contexts == 0) {
                break;
            }
            copy.levels.add(into);
            numbers = next;
        }
        return copy;
    }
}
