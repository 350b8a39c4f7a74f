package dev.ardm.core.counts.internal.trie;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.decision.AdaptiveBits;
import dev.ardm.core.decision.SymbolCoder;
import org.jspecify.annotations.Nullable;

/**
 * Codes a trie of contexts, length by length: whether each string that was counted is a context, and then how often its followers
 * were counted, given what the counts of the shorter context let expect. Writing and reading are the same steps.
 */
public final class TrieCoder {
    private static final int FINE = 16; // Expected counts are in sixteenths.
    private static final int STEPS = 8;
    private static final int KINDS = 3; // Of lengths: the first, the second, and longer ones.

    private static final int EXTENDED = 0;
    private static final int ABSENT = EXTENDED + KINDS * (CountClasses.LARGEST + 1);
    private static final int UP = ABSENT + KINDS * (CountClasses.LARGEST + 1);
    private static final int MORE = UP + CountClasses.LARGEST + 1;
    private static final int LESS = MORE + STEPS * (CountClasses.LARGEST + 1);
    private static final int ROOT = LESS + STEPS * (CountClasses.LARGEST + 1);
    private static final int ALL = ROOT + 2 + AdaptiveBits.NUMBER;

    private final SymbolCoder coder;
    private final AdaptiveBits bits = new AdaptiveBits(ALL);
    private final @Nullable ContextTrie known;
    private final ContextTrie trie = new ContextTrie();
    private final int most;
    private int count;

    private TrieCoder(SymbolCoder coder, @Nullable ContextTrie known, int most) {
        this.coder = coder;
        this.known = known;
        this.most = most;
    }

    /** Writes a trie. Returns it as it will be read: with the counts that their classes stand for. */
    public static ContextTrie write(SymbolCoder coder, ContextTrie trie) {
        try {
            return new TrieCoder(coder, trie, Integer.MAX_VALUE).code(trie.levels.size());
        } catch (DamagedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads a trie.
     *
     * @param lengths number of lengths of its contexts
     * @param most number of entries that are read before the stream counts as damaged
     * @throws DamagedException if it is damaged, as far as that shows
     */
    public static ContextTrie read(SymbolCoder coder, int lengths, int most) throws DamagedException {
        return new TrieCoder(coder, null, most).code(lengths);
    }

    private ContextTrie code(int lengths) throws DamagedException {
        root();
        for (int length = 1; length < lengths; length++) {
            level(length);
        }
        return trie;
    }

    private void root() throws DamagedException {
        ContextTrie.Level level = new ContextTrie.Level();
        level.addContext(0, 0, 0, 0);
        long total = 0;
        int entry = 0;
        boolean before = false;
        for (int symbol = 0; symbol < ContextTrie.SYMBOLS; symbol++) {
            boolean occurs = known != null && entry < known.root().entries && known.root().symbols[entry] == symbol;
            before = bits.decide(coder, ROOT + (before ? 1 : 0), occurs);
            if (before) {
                int of = known == null ? 0 : CountClasses.of(known.root().counts[entry++]);
                of = bits.number(coder, ROOT + 2, of);
                if (of > CountClasses.LARGEST) {
                    throw DamagedException.inStream(0, "a count of the model is too large");
                }
                level.addEntry(symbol, CountClasses.count(of));
                total += CountClasses.count(of);
            }
        }
        level.totals[0] = (int) Math.min(total, Integer.MAX_VALUE);
        trie.levels.add(level);
    }

    private void level(int length) throws DamagedException {
        ContextTrie.Level before = trie.levels.get(length - 1);
        ContextTrie.Level level = new ContextTrie.Level();
        trie.levels.add(level);
        int kind = Math.min(length, KINDS) - 1;
        for (int context = 0; context < before.contexts; context++) {
            for (int entry = before.starts[context]; entry < before.starts[context + 1]; entry++) {
                int symbol = before.symbols[entry];
                if (!ContextTrie.extensible(length - 1, symbol)) {
                    continue;
                }
                int suffix = trie.suffix(length - 1, context, symbol);
                if (suffix < 0) {
                    continue;
                }
                int count = before.counts[entry];
                int of = EXTENDED + kind * (CountClasses.LARGEST + 1) + CountClasses.of(count);
                boolean extended = known != null && known.levels.get(length - 1).longer[entry] >= 0;
                if (bits.decide(coder, of, extended)) {
                    before.longer[entry] = level.addContext(context, symbol, suffix, count);
                    entries(length, level, before, suffix);
                }
            }
        }
    }

    /** Codes the counts of the last context of a level. */
    private void entries(int length, ContextTrie.Level level, ContextTrie.Level before, int suffix)
            throws DamagedException {
        int context = level.contexts - 1;
        ContextTrie.Level source = known == null ? null : known.levels.get(length);
        int at = source == null ? 0 : source.starts[context];
        int to = source == null ? 0 : source.starts[context + 1];
        long left = level.totals[context];
        long leftBefore = before.totals[suffix];
        int kind = Math.min(length, KINDS) - 1;
        for (int entry = before.starts[suffix]; entry < before.starts[suffix + 1]; entry++) {
            int symbol = before.symbols[entry];
            long all = before.counts[entry];
            long expected = left <= 0 || leftBefore <= 0 ? 0 : FINE * left * all / leftBefore;
            int given = Math.min(CountClasses.of(expected), CountClasses.LARGEST);
            boolean occurs = at < to && source != null && source.symbols[at] == symbol;
            leftBefore -= all;
            if (!bits.decide(coder, ABSENT + kind * (CountClasses.LARGEST + 1) + given, occurs)) {
                continue;
            }
            int of = source == null ? 0 : CountClasses.of(source.counts[at++]);
            int middle = Math.max(1, CountClasses.of(expected / FINE));
            int followed = CountClasses.count(around(Math.min(middle, CountClasses.LARGEST), given, of));
            if (count++ == most) {
                throw DamagedException.inStream(0, "the model has more than " + most + " entries");
            }
            level.addEntry(symbol, followed);
            left -= followed;
        }
    }

    /** Codes a class from 1 on that is likely near another. */
    private int around(int middle, int given, int of) throws DamagedException {
        int coded = middle;
        int steps = 0;
        if (bits.decide(coder, UP + given, of >= middle)) {
            while (bits.decide(coder, MORE + given * STEPS + Math.min(steps++, STEPS - 1), of > coded)) {
                if (++coded > CountClasses.LARGEST) {
                    throw DamagedException.inStream(0, "a count of the model is too large");
                }
            }
            return coded;
        }
        coded--;
        while (coded > 1 && bits.decide(coder, LESS + given * STEPS + Math.min(steps++, STEPS - 1), of < coded)) {
            coded--;
        }
        return Math.max(coded, 1);
    }
}
