package dev.ardm.core.counts;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.decision.SymbolCoder;
import java.util.Arrays;

/**
 * Predicts the symbols of items from counts of what followed each of their contexts: left to right, by asking for one candidate
 * after the other. The candidate is the likeliest symbol of the longest known context that was not ruled out; each decision mixes
 * what all contexts count for and against it. After some candidates in vain, the symbol is coded by how frequent it is at all.
 *
 * <p>{@link Learnt} is shared by threads once it is frozen; a predictor is for one thread.
 *
 * <p>Sources: prediction by partial matching with exclusions (J. Cleary, I. Witten 1984), context mixing (M. Mahoney 2005).
 */
final class SymbolPredictor {
    /** Ends an item. Other symbols are from 0 to 255. */
    static final int END = 256;

    /** Number of symbols. */
    static final int SYMBOLS = END + 1;

    private static final int MOST_CANDIDATES = 24;
    private static final int FEW_CANDIDATES = 4;
    private static final int ANYTHING = 96; // Symbols after one symbol, as in random bytes.
    private static final int SHORT = Settings.SHORT;
    private static final int LONG = 8; // Length of a context that is enough where it is certain.

    private final Learnt learnt;
    private final int orders;
    private final int certainFrom; // The first order that may be certain.
    private final int certain; // The least entry of a symbol that is certain.
    private final int[] proposing; // The order in which contexts propose candidates.
    private final boolean ends;
    private final int mostCandidates; // All symbols but the last are enough: that one needs no decision.
    private final Contexts contexts;
    private final Recent recent = new Recent();
    private final long[] hashes = new long[Contexts.ALL];
    private final boolean[] excluded = new boolean[CountTable.SYMBOLS];
    private final int[] rejected = new int[SYMBOLS];
    private int rejectedCount;

    // Contexts that know something of the next symbol, in the order in which they propose.
    private int known;
    private final int[] knownContexts = new int[Contexts.ALL];
    private final int[] entries = new int[Contexts.ALL];
    private final int[] ruledOut = new int[Contexts.ALL];
    private final int[] cells = new int[Contexts.ALL];

    private final Mixer.Decision decision = new Mixer.Decision();
    private final RareSymbols rare;
    private int longest; // Number of the longest order that is known, from 1; 0 if there is none.
    private int reach; // Number of orders that may be known.
    private int run; // Number of certain symbols before that were right.
    private int sure; // The symbol that a long context is sure of, or -1.

    SymbolPredictor(Learnt learnt) {
        this(learnt, END, true);
    }

    /**
     * A predictor of some symbols.
     *
     * @param categories number of symbols besides the end
     * @param ends whether items end where they say; otherwise whoever reads them knows their length
     */
    SymbolPredictor(Learnt learnt, int categories, boolean ends) {
        this.learnt = learnt;
        this.ends = ends;
        rare = new RareSymbols(learnt);
        this.mostCandidates = Math.min(MOST_CANDIDATES, ends ? categories : categories - 1);
        Settings settings = learnt.settings;
        contexts = new Contexts(settings.orders());
        orders = settings.orders().size();
        int from = SHORT;
        while (from < orders && settings.orders().get(from) < LONG) {
            from++;
        }
        certainFrom = from;
        certain = settings.certain() * CountTable.SYMBOLS;
        proposing = settings.proposing();
        Arrays.fill(excluded, categories, END, true);
        excluded[END] = !ends;
    }

    /** Writes an item, symbols from 0 to 255, and its end. */
    void write(SymbolCoder writer, int[] item, boolean learning) {
        begin();
        for (int symbol : item) {
            code(writer, symbol, learning);
        }
        if (ends) {
            code(writer, END, learning);
        }
    }

    /** Reads an item of known length. */
    void read(SymbolCoder reader, int[] item) {
        begin();
        for (int i = 0; i < item.length; i++) {
            item[i] = code(reader, 0, false);
        }
    }

    /**
     * Reads an item.
     *
     * @param most number of symbols
     * @throws DamagedException if it does not end after that many symbols
     */
    int[] read(SymbolCoder reader, int most, boolean learning) throws DamagedException {
        begin();
        int[] item = new int[Math.min(most, 64)];
        for (int length = 0; ; length++) {
            int symbol = code(reader, 0, learning);
            if (symbol == END) {
                return Arrays.copyOf(item, length);
            }
            if (length == most) {
                throw DamagedException.inStream(0, "an item does not end after " + most + " symbols");
            }
            if (length == item.length) {
                item = Arrays.copyOf(item, (int) Math.min(most, 2L * length));
            }
            item[length] = symbol;
        }
    }

    /** Begins an item. */
    void begin() {
        contexts.begin();
        recent.clear();
        longest = 0;
        reach = settings().grown() ? 1 : orders;
        run = 0;
    }

    private Settings settings() {
        return learnt.settings;
    }

    /** Whether items end where they say. */
    boolean ends() {
        return ends;
    }

    /** Codes the next symbol, and goes on to the one after it; {@link #END} ends the item. */
    int code(SymbolCoder coder, int symbol, boolean learning) {
        int coded = ask(coder, symbol, learning);
        follow(coded);
        return coded;
    }

    /** Codes the next symbol; {@link #follow} goes on to the one after it. */
    int ask(SymbolCoder coder, int symbol, boolean learning) {
        rejectedCount = 0;
        int coded = certain(coder, symbol, learning);
        if (coded < 0) {
            coded = uncertain(coder, symbol, learning);
            for (int k = 0; k < rejectedCount; k++) {
                excluded[rejected[k]] = false;
            }
        }
        return coded;
    }

    /** Whether a symbol can be next. */
    boolean possible(int symbol) {
        return !excluded[symbol];
    }

    /** The symbols that the last {@link #ask} ruled out, in the order in which they were candidates. */
    int[] ruledOut() {
        return Arrays.copyOf(rejected, rejectedCount);
    }

    /** Goes on after a symbol, once it was asked for. */
    void follow(int symbol) {
        if (sure >= 0 && sure == symbol) {
            run++;
        } else {
            run = sure >= 0 ? 0 : run;
            for (int k : proposing) {
                if (k >= Contexts.SHARED && hashes[k] != 0) {
                    recent.add(hashes[k], symbol);
                }
            }
        }
        if (symbol != END) {
            append(symbol);
        }
    }

    private void append(int symbol) {
        contexts.append(symbol);
        // A context is not known where the one before, shorter by a symbol, was not.
        reach = settings().grown() ? Math.min(orders, longest + 1) : orders;
    }

    /** Looks the long contexts up, down to the first that is known, which becomes {@link #longest}. Returns its entry. */
    private int longest() {
        longest = 0;
        known = 0;
        for (int k = reach - 1; k >= certainFrom; k--) {
            long hash = contexts.hash(k);
            int entry = hash == 0 ? 0 : learnt.counts.find(hash);
            if (entry != 0) {
                longest = k + 1;
                knows(k, entry);
                return entry;
            }
        }
        return 0;
    }

    private void knows(int context, int entry) {
        knownContexts[known] = context;
        entries[known] = entry;
        ruledOut[known++] = 0;
    }

    /** Codes the symbol if a long context is sure of it and right; -1 if not. */
    private int certain(SymbolCoder coder, int symbol, boolean learning) {
        sure = -1;
        int entry = longest();
        int candidate = entry & CountTable.SYMBOLS - 1;
        if (entry < certain || excluded[candidate]) {
            return -1;
        }
        sure = candidate;
        int cell = Certainty.cell(longest - 1, entry / CountTable.SYMBOLS, run);
        boolean right = coder.decide(learnt.certainty.probability(cell), candidate == symbol);
        if (learning) {
            learnt.certainty.learn(cell, right);
        }
        if (right) {
            return candidate;
        }
        excluded[candidate] = true;
        rejected[rejectedCount++] = candidate;
        return -1;
    }

    private int uncertain(SymbolCoder coder, int symbol, boolean learning) {
        look();
        for (int k = 0; k < rejectedCount; k++) {
            weigh(rejected[k]);
        }
        int most = worthTrying();
        for (int attempt = rejectedCount; attempt < most; attempt++) {
            int candidate = candidate();
            if (candidate < 0) {
                break;
            }
            int support = weigh(candidate);
            int probability = learnt.mixer.probability(
                    decision, longest, attempt, support, contexts.previous(), contexts.length());
            boolean right = coder.decide(probability, candidate == symbol);
            if (learning) {
                learnt.mixer.learn(decision, right, learnt.rate());
                for (int k = 0; k < decision.inputs; k++) {
                    learnt.evidence.learn(cells[k], right);
                }
            }
            if (right) {
                return candidate;
            }
            excluded[candidate] = true;
            rejected[rejectedCount++] = candidate;
        }
        return rare.code(coder, symbol, excluded);
    }

    /** Number of candidates: few where almost anything follows, since hardly any of many would be right. */
    private int worthTrying() {
        boolean anything =
                known > 0 && knownContexts[known - 1] == 0 && learnt.counts.distinct(entries[known - 1]) > ANYTHING;
        return anything ? Math.min(mostCandidates, FEW_CANDIDATES) : mostCandidates;
    }

    /** Looks all contexts up that are left. */
    private void look() {
        contexts.others(hashes);
        int from = longest == 0 ? Math.min(certainFrom, reach) : longest - 1;
        for (int k : proposing) {
            int entry = 0;
            if (k >= Contexts.SHARED) {
                entry = hashes[k] == 0 ? 0 : recent.find(hashes[k]);
            } else if (k >= Contexts.ORDERS) {
                entry = learnt.counts.find(hashes[k]);
            } else if (k < from) {
                long hash = contexts.hash(k);
                entry = hash == 0 ? 0 : learnt.counts.find(hash);
                if (entry != 0) {
                    longest = Math.max(longest, k + 1);
                }
            }
            if (entry != 0) {
                knows(k, entry);
            }
        }
    }

    /** The likeliest symbol of the first known context that has one. */
    private int candidate() {
        for (int j = 0; j < known; j++) {
            int likeliest = learnt.counts.likeliest(entries[j], excluded);
            if (likeliest >= 0) {
                return likeliest;
            }
        }
        return -1;
    }

    /** Collects what all contexts say of a candidate. Returns how far the longest of them supports it. */
    private int weigh(int candidate) {
        CountTable table = learnt.counts;
        int support = 0;
        int inputs = 0;
        for (int j = 0; j < known; j++) {
            int k = knownContexts[j];
            int entry = entries[j];
            int hits = table.count(entry, candidate);
            int misses = table.total(entry) - ruledOut[j] - hits;
            int distinct = table.distinct(entry);
            ruledOut[j] += hits; // It is right, or it is ruled out.
            if (k == longest - 1) {
                support = hits == 0 ? 0 : distinct > 1 ? 1 : hits == 1 ? 2 : 3;
            }
            if (hits + misses > 0) {
                int cell = Evidence.cell(k, hits, misses, distinct);
                cells[inputs] = cell;
                decision.contexts[inputs] = k;
                decision.logits[inputs++] = learnt.evidence.logit(cell);
            }
        }
        decision.inputs = inputs;
        return support;
    }

    /** Counts what follows the contexts of an item. */
    void count(int[] item) {
        begin();
        for (int i = 0; i <= item.length; i++) {
            int symbol = i == item.length ? END : item[i];
            int entry = longest();
            if (entry >= certain && (entry & CountTable.SYMBOLS - 1) == symbol) {
                countLong(symbol);
            } else {
                countAll(symbol);
            }
            learnt.occurs(symbol);
            append(symbol);
        }
    }

    /** What is certain is new to longer contexts only. */
    private void countLong(int symbol) {
        for (int k = longest - 1; k < Math.min(longest + 1, orders); k++) {
            long hash = contexts.hash(k);
            if (hash != 0) {
                learnt.counts.add(hash, symbol);
            }
        }
    }

    private void countAll(int symbol) {
        boolean open = true;
        for (int k = 0; k < orders; k++) {
            long hash = contexts.hash(k);
            if (hash == 0) {
                break;
            }
            // A long context helps only where a shorter one has been seen before.
            boolean seen = k < SHORT - 1 || learnt.counts.find(hash) != 0;
            if (k >= SHORT && !seen && !open) {
                break;
            }
            open = seen;
            longest = seen ? k + 1 : longest;
            learnt.counts.add(hash, symbol);
        }
        contexts.others(hashes);
        for (int k : proposing) {
            if (k >= Contexts.ORDERS && k < Contexts.SHARED) {
                learnt.counts.add(hashes[k], symbol);
            }
        }
    }
}
