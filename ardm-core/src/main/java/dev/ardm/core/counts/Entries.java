package dev.ardm.core.counts;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.core.counts.internal.trie.ContextCounter;
import dev.ardm.core.counts.internal.trie.ContextTrie;
import dev.ardm.core.counts.internal.trie.TrieCoder;
import dev.ardm.core.counts.internal.trie.TriePruning;
import dev.ardm.core.decision.StackReader;
import dev.ardm.core.decision.StackWriter;
import dev.ardm.core.decision.SymbolCoder;

/**
 * The counts of a model as entries: a context, a symbol that followed it, and how often. They are chosen by what they save, and
 * are there as soon as they are read. With them is what was learnt from decisions on items that were not counted.
 *
 * <p>Bytes: number of lengths of contexts and of entries as varints, then a stack of the {@link TrieCoder trie} and of what
 * was {@link TrainedCoder learnt from decisions}.
 */
final class Entries {
    /** The most entries. */
    static final int MOST = 1 << 24;

    private static final int LEAST = 3; // Occurrences of a context.
    private static final int MOST_CONTEXTS = 1 << 20; // Of one length while counting.
    private static final long MOST_SYMBOLS = 1L << 29; // Of more, only some items are counted.
    private static final long DECIDING = 2_000_000; // Symbols of the items that decisions are learnt from, about.
    private static final int EVERY = 8; // At most one of so many items is for decisions.
    private static final int RECOUNTED = 32; // Where there are fewer to one that is, all are counted in the end.
    private static final int FREQUENCY_SHIFT = 6;

    private final TriePruning pruning;

    private Entries(Iterable<int[]> items) {
        pruning = new TriePruning(new ContextCounter(items, LEAST, MOST_CONTEXTS)
                .count(Settings.DENSE.orders().size()));
    }

    /**
     * Learns items, and writes what was learnt.
     *
     * @param items symbols from 0 to 255; read several times
     * @param symbols of all items with an end each
     * @param most bytes; 0 for what makes the model and as many items again smallest
     * @throws IllegalArgumentException if what was learnt from decisions alone takes more bytes
     */
    static byte[] learn(Iterable<int[]> items, long symbols, int most) {
        long share = 1 + symbols / MOST_SYMBOLS;
        long every = Math.max(EVERY, symbols / DECIDING);
        Entries entries = new Entries(ChosenItems.of(items, k -> k % every != every - 1 && k % share == 0));
        ContextTrie trie = entries.chosen(most);
        Learnt learnt = learnt(TrieCoder.write(Given.CODER, trie));
        SymbolPredictor predictor = new SymbolPredictor(learnt);
        for (int[] item : ChosenItems.of(items, k -> k % every == every - 1)) {
            predictor.write(Given.CODER, item, true);
        }
        if (every < RECOUNTED) {
            entries = new Entries(items);
            trie = entries.chosen(most);
        }
        byte[] bytes = bytes(trie, learnt);
        for (int left = most; most > 0 && bytes.length > most; ) {
            left -= bytes.length - most + left / 64 + 1;
            if (left < 0) {
                throw new IllegalArgumentException("entries cannot be stored in " + most + " bytes");
            }
            bytes = bytes(entries.chosen(left + 1), learnt);
        }
        return bytes;
    }

    /** Takes every decision as it is given. */
    private enum Given implements SymbolCoder {
        CODER;

        @Override
        public boolean decide(int probability, boolean happens) {
            return happens;
        }

        @Override
        public int choose(int[] starts, int cases, int chosen) {
            return chosen;
        }
    }

    /** The counts that save most: in as many bytes, or what they take themselves. */
    private ContextTrie chosen(int most) {
        if (most == 0) {
            return pruning.pruned(1);
        }
        double low = -6; // Binary logarithms of what a bit of the file must save.
        double high = 16;
        ContextTrie chosen = pruning.pruned(StrictMath.pow(2, high));
        while (high - low > 0.1) {
            double middle = (low + high) / 2;
            ContextTrie trie = pruning.pruned(StrictMath.pow(2, middle));
            if (trie.entries() <= MOST && bytes(trie).length <= most) {
                high = middle;
                chosen = trie;
            } else {
                low = middle;
            }
        }
        return chosen;
    }

    private static byte[] bytes(ContextTrie trie) {
        StackWriter writer = new StackWriter();
        TrieCoder.write(writer, trie);
        return popped(writer);
    }

    private static byte[] bytes(ContextTrie trie, Learnt learnt) {
        StackWriter writer = new StackWriter();
        TrieCoder.write(writer, trie);
        try {
            TrainedCoder.code(writer, new Learnt(Settings.DENSE), learnt);
        } catch (DamagedException e) {
            throw new IllegalStateException(e);
        }
        ByteSink bytes = new ByteSink();
        bytes.varint(trie.levels.size());
        bytes.varint(trie.entries());
        bytes.bytes(popped(writer));
        return bytes.toByteArray();
    }

    private static byte[] popped(StackWriter writer) {
        AnsStack stack = AnsStack.of(1);
        writer.push(stack);
        return stack.toBytes();
    }

    /**
     * Reads what {@link #learn} wrote.
     *
     * @throws DamagedException if it is damaged, as far as that shows
     */
    static Learnt read(byte[] entries) throws DamagedException {
        ByteCursor cursor = new ByteCursor(DamagedException.STREAM, "entries", 0, entries, entries.length);
        int lengths = cursor.varint(
                "number of lengths of contexts", 1, Settings.DENSE.orders().size() + 1);
        int count = cursor.varint("number of entries", 0, MOST);
        AnsStack stack = AnsStack.fromBytes(entries, (int) cursor.position(), cursor.left());
        StackReader reader = new StackReader(stack);
        ContextTrie trie = TrieCoder.read(reader, lengths, count);
        Learnt learnt = learnt(trie);
        TrainedCoder.code(reader, learnt, learnt);
        if (trie.entries() != count || stack.words() > 0 || stack.head() != 1) {
            throw DamagedException.inStream(0, "the model does not end where its entries do");
        }
        return learnt;
    }

    private static Learnt learnt(ContextTrie trie) {
        Learnt learnt = new Learnt(Settings.DENSE);
        ContextTrie.Level root = trie.root();
        for (int entry = 0; entry < root.entries; entry++) {
            learnt.occurs(root.symbols[entry], (root.counts[entry] >> FREQUENCY_SHIFT) + 1);
        }
        for (int length = 1; length < trie.levels.size(); length++) {
            ContextTrie.Level level = trie.levels.get(length);
            int[] symbols = new int[length];
            for (int context = 0; context < level.contexts; context++) {
                int from = level.starts[context];
                int to = level.starts[context + 1];
                if (from < to) {
                    ContextCounter.symbols(trie, level, length, context, symbols);
                    if (symbols[0] == ContextTrie.END) {
                        symbols[0] = Contexts.BEGINNING;
                    }
                    long hash = Contexts.hash(length - 1, symbols);
                    learnt.counts.put(hash, level.totals[context], level.symbols, level.counts, from, to);
                }
            }
        }
        return learnt;
    }
}
