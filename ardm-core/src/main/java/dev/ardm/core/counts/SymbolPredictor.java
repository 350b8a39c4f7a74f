package dev.ardm.core.counts;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.counts.internal.Logistic;
import dev.ardm.core.counts.internal.SymbolCoder;
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
    private static final int SHORT = 3; // Orders that are counted even where the one before is new, and propose last.
    private static final int MOST_LOCAL = 1 << 18;

    // The order in which contexts propose candidates: long ones first, short ones after those within the item.
    private static final int[] PROPOSING = proposing();

    private final Learnt learnt;
    private final boolean ends;
    private final int mostCandidates; // All symbols but the last are enough: that one needs no decision.
    private final Contexts contexts = new Contexts();
    private final CountTable local = new CountTable();
    private final long[] hashes = new long[Contexts.ALL];
    private final int[] places = new int[Contexts.ALL];
    private final int[] cells = new int[Contexts.ALL];
    private final int[] ruledOut = new int[Contexts.ALL];
    private final boolean[] excluded = new boolean[CountTable.SYMBOLS];
    private final int[] rejected = new int[SYMBOLS];
    private final Mixer.Decision decision = new Mixer.Decision();
    private final int[] starts = new int[SYMBOLS + 1];
    private final int[] remaining = new int[SYMBOLS];
    private final int[] knownContexts = new int[Contexts.ALL];
    private int known;
    private int longest;
    private int rejectedCount;

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
        this.mostCandidates = Math.min(MOST_CANDIDATES, ends ? categories : categories - 1);
        Arrays.fill(excluded, categories, END, true);
        excluded[END] = !ends;
    }

    private static int[] proposing() {
        int[] order = new int[Contexts.ALL];
        int at = 0;
        int orders = Contexts.ORDERS.length;
        for (int k = orders - 1; k >= SHORT; k--) {
            order[at++] = k;
        }
        for (int k : new int[] {4, 2, 0, 3, 1}) {
            order[at++] = orders + k;
        }
        for (int k = Contexts.ALL - 1; k >= Contexts.SHARED; k--) {
            order[at++] = k;
        }
        for (int k = SHORT - 1; k >= 0; k--) {
            order[at++] = k;
        }
        return order;
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
        local.clear();
        look();
    }

    /** Codes the next symbol, and goes on to the one after it; {@link #END} ends the item. */
    int code(SymbolCoder coder, int symbol, boolean learning) {
        int coded = next(coder, symbol, learning);
        for (int k = 0; k < rejectedCount; k++) {
            excluded[rejected[k]] = false;
        }
        if (contexts.length() < MOST_LOCAL) {
            for (int k = Contexts.SHARED; k < Contexts.ALL; k++) {
                if (hashes[k] != 0) {
                    local.add(hashes[k], coded);
                }
            }
        }
        if (coded != END) {
            contexts.append(coded);
            look();
        }
        return coded;
    }

    /** Counts what follows the contexts of an item. */
    void count(int[] item) {
        contexts.begin();
        for (int i = 0; i <= item.length; i++) {
            int symbol = i == item.length ? END : item[i];
            contexts.hashes(hashes);
            boolean open = true;
            for (int k = 0; k < Contexts.SHARED; k++) {
                long hash = hashes[k];
                if (hash == 0) {
                    continue;
                }
                if (k >= SHORT - 1 && k < Contexts.ORDERS.length) {
                    // A long context helps only where a shorter one has been seen before.
                    boolean seen = learnt.counts.find(hash) >= 0;
                    if (k >= SHORT && !seen && !open) {
                        continue;
                    }
                    open = seen;
                }
                learnt.counts.add(hash, symbol);
            }
            learnt.occurs(symbol);
            contexts.append(symbol);
        }
    }

    private void look() {
        contexts.hashes(hashes);
        longest = 0;
        known = 0;
        for (int k = 0; k < Contexts.ALL; k++) {
            places[k] = hashes[k] == 0 ? -1 : table(k).find(hashes[k]);
            if (places[k] >= 0) {
                ruledOut[k] = 0;
                knownContexts[known++] = k;
                if (k < Contexts.ORDERS.length) {
                    longest = k + 1;
                }
            }
        }
        rejectedCount = 0;
    }

    private CountTable table(int context) {
        return context < Contexts.SHARED ? learnt.counts : local;
    }

    private int next(SymbolCoder coder, int symbol, boolean learning) {
        for (int attempt = 0; attempt < mostCandidates; attempt++) {
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
        return rare(coder, symbol);
    }

    private int candidate() {
        for (int context : PROPOSING) {
            if (places[context] >= 0) {
                int likeliest = table(context).likeliest(places[context], excluded);
                if (likeliest >= 0) {
                    return likeliest;
                }
            }
        }
        return -1;
    }

    /** Collects what all contexts say of a candidate. Returns how far the longest of them supports it. */
    private int weigh(int candidate) {
        int support = 0;
        int inputs = 0;
        for (int j = 0; j < known; j++) {
            int k = knownContexts[j];
            int place = places[k];
            CountTable table = table(k);
            int hits = table.count(place, candidate);
            int misses = table.total(place) - ruledOut[k] - hits;
            int distinct = table.distinct(place);
            ruledOut[k] += hits; // It is right, or it is ruled out.
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

    /** Codes a symbol that is none of the candidates, by how often it occurs. */
    private int rare(SymbolCoder coder, int symbol) {
        int cases = 0;
        long total = 0;
        int chosen = 0;
        for (int s = 0; s < SYMBOLS; s++) {
            if (!excluded[s]) {
                if (s == symbol) {
                    chosen = cases;
                }
                total += learnt.frequency(s);
                remaining[cases++] = s;
            }
        }
        // An eighth of the slots is shared out evenly, the others by frequency.
        int each = Logistic.ONE / (8 * cases);
        int spare = Logistic.ONE - each * cases;
        long sum = 0;
        for (int k = 0; k < cases; k++) {
            starts[k] = each * k + (total == 0 ? 0 : (int) (spare * sum / total));
            sum += learnt.frequency(remaining[k]);
        }
        starts[cases] = Logistic.ONE;
        return remaining[coder.choose(starts, cases, chosen)];
    }
}
