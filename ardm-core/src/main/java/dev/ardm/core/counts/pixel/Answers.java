package dev.ardm.core.counts.pixel;

import dev.ardm.core.counts.internal.Measure;
import dev.ardm.core.decision.Logistic;
import dev.ardm.core.decision.SymbolCoder;
import java.util.Arrays;

/**
 * Answers the questions about an item of any kind, for one thread: by what was learnt, and by what the item itself was like so far.
 * Both are given as contexts; what these say is mixed.
 */
final class Answers {
    /** Contexts of what was learnt, at most. */
    static final int CONTEXTS = 30;

    /** Contexts within an item, at most. */
    static final int OWN = 8;

    // The logits: of the contexts within the item, a constant, of those of what was learnt.
    private static final int CONSTANT = 2 * OWN;
    private static final int LEARNT = CONSTANT + 1;
    private static final int INPUTS = LEARNT + 2 * CONTEXTS;
    private static final int OWN_BITS = 14;
    private static final int SURE = 64; // Seen as often, a probability counts in full.
    private static final int LEAST = 7;
    private static final int ONE_FOURTH = 307; // A constant input.
    private static final long FACTOR = 0xD6E8FEB86659FD93L;
    private static final long BASE = 0x9E3779B97F4A7C15L;

    /** How much a probability counts that was seen n times, in 1/256: the root of n, an eighth of it. */
    private static final int[] CONFIDENCE = new int[SURE + 1];

    static {
        for (int seen = 0; seen <= SURE; seen++) {
            CONFIDENCE[seen] = (int) (32 * StrictMath.sqrt(seen));
        }
    }

    /** The hashes of the contexts of what was learnt, to be set before a question. */
    final long[] contexts = new long[CONTEXTS];

    /** How many of them there are. */
    int count;

    /** The hashes of the contexts within the item, to be set before a question. */
    final long[] own = new long[OWN];

    /** How many of them there are. */
    int ownCount;

    private final AnswerTable table;
    private final AnswerTable ofItem = new AnswerTable(OWN_BITS);
    private final AnswerMixer.Question question;
    private final AnswerOverlay overlay;
    private final long[] asked = new long[CONTEXTS + OWN];
    private final int[] firsts = new int[CONTEXTS + OWN];
    private final int[] places = new int[CONTEXTS + OWN];
    private SymbolCoder coder = new Measure();
    private boolean learning;

    Answers(AnswerTable table, AnswerMixer mixer) {
        this.table = table;
        this.question = mixer.new Question();
        this.question.logits[CONSTANT] = ONE_FOURTH;
        this.overlay = new AnswerOverlay(table);
    }

    /**
     * A mixer for them.
     *
     * @param choices how many there are to choose from in each of {@link AnswerMixer#SETS} sets of weights
     * @param lastChoices the same of the last weights
     */
    static AnswerMixer mixer(int[] choices, int lastChoices) {
        return new AnswerMixer(INPUTS, choices, lastChoices);
    }

    /** Begins an item. */
    void begin(boolean learn) {
        learning = learn;
        ofItem.clear();
        if (!learn) {
            overlay.clear();
            question.begin();
        }
    }

    /** Who codes the next answers. */
    void by(SymbolCoder next) {
        coder = next;
    }

    /** Chooses the weights of a set for the next questions. */
    void choose(int set, int weights) {
        question.chosen[set] = weights;
    }

    /** What of a context is known to answer a question: 0 nothing, 1 little, 2 much. */
    private int known(int context) {
        return places[context] < 0 ? 0 : seen(places[context]) < 4 ? 1 : 2;
    }

    private int seen(int place) {
        return AnswerTable.seen(learning ? table.slot(place) : overlay.slot(place));
    }

    /**
     * Asks.
     *
     * @param node which question of this value it is, which is part of all contexts
     * @param last chooses the last weights, together with how well two contexts are known: one of so many times 9
     */
    boolean ask(boolean yes, int node, int last, int one, int other) {
        look(node);
        int chosen = last * 9 + known(one) * 3 + known(other);
        question.chosen[AnswerMixer.SETS - 1] = chosen;
        int probability = question.probability(chosen, !learning);
        boolean answer = coder.decide(probability, yes);
        for (int k = 0; k < ownCount; k++) {
            ofItem.learn(places[CONTEXTS + k], asked[CONTEXTS + k], answer);
        }
        question.learn(answer, !learning);
        for (int k = 0; k < count; k++) {
            if (learning) {
                table.learn(places[k], asked[k], answer);
            } else {
                overlay.learn(places[k], asked[k], answer);
            }
        }
        return answer;
    }

    /** What a question's number changes in a context; a context that is to be the same for all questions takes it away. */
    static long salt(int node) {
        return node * 2L * 0x9E3779B1L + 1;
    }

    private void look(int node) {
        long salt = salt(node);
        for (int k = 0; k < count; k++) {
            firsts[k] = table.first(hashed(contexts[k] ^ salt, k));
        }
        for (int k = 0; k < ownCount; k++) {
            firsts[CONTEXTS + k] = ofItem.first(hashed(own[k] ^ salt, CONTEXTS + k));
        }
        for (int k = 0; k < count; k++) {
            int place = learning ? table.find(asked[k], firsts[k]) : overlay.find(asked[k], firsts[k]);
            places[k] = place;
            say(LEARNT + 2 * k, place < 0 ? 0 : learning ? table.slot(place) : overlay.slot(place));
        }
        for (int k = 0; k < ownCount; k++) {
            int place = ofItem.find(asked[CONTEXTS + k], firsts[CONTEXTS + k]);
            places[CONTEXTS + k] = place;
            say(2 * k, place < 0 ? 0 : ofItem.slot(place));
        }
        Arrays.fill(question.logits, 2 * ownCount, 2 * OWN, 0);
        question.used = LEARNT + 2 * count;
    }

    private long hashed(long context, int k) {
        long hash = context * FACTOR;
        hash ^= hash >>> 32;
        asked[k] = hash * BASE;
        return asked[k];
    }

    /** What a context says, as two logits. @param slot 0 if it is not known */
    private void say(int at, int slot) {
        int seen = AnswerTable.seen(slot);
        if (seen == 0) {
            question.logits[at] = 0;
            question.logits[at + 1] = 0;
        } else {
            int probability = AnswerTable.probability(slot);
            int logit = Logistic.logit(Math.max(LEAST, Math.min(Logistic.ONE - LEAST, probability)));
            question.logits[at] = logit;
            question.logits[at + 1] = logit * CONFIDENCE[Math.min(SURE, seen)] >> 8;
        }
    }

    /** One hash of several numbers. */
    static long hash(long a, long b, long c) {
        long x = ((a + 1) * BASE ^ b) * FACTOR;
        x ^= x >>> 29;
        x = (x + c) * BASE;
        return x ^ x >>> 31;
    }
}
