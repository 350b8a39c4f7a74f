package dev.ardm.core.counts;

/**
 * The contexts of the next symbol of an item, as 64-bit hashes. Each is a function of the symbols of the item so far, from its
 * beginning on. Appending a symbol takes the same time at every place.
 *
 * <p>Contexts of the corpus, {@link #SHARED} of them: the last n symbols (the beginning of an item counts as one), words, the
 * shape of the item with its digits left out, fields, and the last key in quotes. Contexts within the item, {@link #LOCAL} of
 * them: its last n symbols. A context that does not exist yet, because the item is too short, is 0.
 */
final class Contexts {
    /** The most contexts that are the last symbols, the first ones of the corpus; their lengths are a model's own. */
    static final int ORDERS = 12;

    /** Lengths for a model that counts all symbols. */
    static final int[] SPREAD = {1, 2, 3, 5, 8, 14, 24};

    /** Lengths for a model that stores each of its contexts. */
    static final int[] DENSE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    /** Lengths of the contexts within the item. */
    private static final int[] LOCAL_LENGTHS = {1, 2, 3, 5};

    private static final int OTHERS = 5;

    /** Number of contexts that are counted over all items. */
    static final int SHARED = ORDERS + OTHERS;

    /** Number of contexts that are counted within the item. */
    static final int LOCAL = LOCAL_LENGTHS.length;

    /** Number of contexts. */
    static final int ALL = SHARED + LOCAL;

    private static final int LONGEST = 32; // A power of two, at least the longest order.
    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long FACTOR = 0xD6E8FEB86659FD93L;
    static final int BEGINNING = 257;

    private final int[] orders;
    private final long[] powers;
    private final int[] last = new int[LONGEST];
    private final long[] rolling = new long[ORDERS];
    private int length;
    private int previous;
    private long word;
    private long lastWord;
    private long wordBefore;
    private long shape;
    private long number;
    private boolean digits;
    private int fields;
    private long field;
    private boolean quoted;
    private long quotation;
    private long key;

    /** @param orders lengths of the contexts that are the last symbols, {@link #ORDERS} at most */
    Contexts(int[] orders) {
        this.orders = orders;
        powers = new long[orders.length];
        for (int k = 0; k < orders.length; k++) {
            powers[k] = 1;
            for (int j = 0; j < orders[k]; j++) {
                powers[k] *= BASE;
            }
        }
        begin();
    }

    /**
     * The hash of a context that is the last symbols.
     *
     * @param k number of the context: the orders of the model say how many symbols it has
     * @param symbols the oldest first; the beginning of an item is 257
     */
    static long hash(int k, int[] symbols) {
        long rolling = 0;
        for (int symbol : symbols) {
            rolling = rolling * BASE + (symbol + 1);
        }
        return mix(rolling, k + 1);
    }

    /** Begins an item. */
    void begin() {
        java.util.Arrays.fill(rolling, 0);
        java.util.Arrays.fill(last, 0);
        length = 0;
        word = 0;
        lastWord = 0;
        wordBefore = 0;
        shape = 1;
        number = 0;
        digits = false;
        fields = 0;
        field = 0;
        quoted = false;
        quotation = 0;
        key = 0;
        roll(BEGINNING);
        previous = BEGINNING;
    }

    /** Number of symbols so far. */
    int length() {
        return length - 1;
    }

    /** The last symbol; 257 at the beginning. */
    int previous() {
        return previous;
    }

    /** Appends a symbol, which may be any number from 0 to 256. */
    void append(int symbol) {
        roll(symbol);
        previous = symbol;
        boolean digit = symbol >= '0' && symbol <= '9';
        boolean letter = symbol >= 'a' && symbol <= 'z' || symbol >= 'A' && symbol <= 'Z' || symbol >= 128;
        if (digit || letter) {
            word = mix(word + 1, symbol);
        } else if (word != 0) {
            wordBefore = lastWord;
            lastWord = word;
            word = 0;
        }
        if (digit) {
            shape = digits ? shape : mix(shape, '0');
            number = mix(number, 1);
        } else {
            shape = mix(shape, symbol);
            number = 0;
        }
        digits = digit;
        if (" ,\t;|:=".indexOf(symbol) >= 0) {
            fields++;
            field = 0;
        } else {
            field = mix(field + 1, symbol);
        }
        if (symbol == '"') {
            key = quoted ? quotation : key;
            quoted = !quoted;
            quotation = 0;
        } else if (quoted) {
            quotation = mix(quotation, symbol);
        }
    }

    private void roll(int symbol) {
        for (int k = 0; k < orders.length; k++) {
            int leaving = last[length - orders[k] & LONGEST - 1];
            rolling[k] = rolling[k] * BASE + (symbol + 1) - powers[k] * (length >= orders[k] ? leaving + 1 : 0);
        }
        last[length & LONGEST - 1] = symbol;
        length++;
    }

    /** Writes all hashes: first those of the corpus, then those within the item. */
    void hashes(long[] hashes) {
        for (int k = 0; k < orders.length; k++) {
            hashes[k] = length < orders[k] ? 0 : mix(rolling[k], k + 1);
        }
        int at = ORDERS;
        hashes[at++] = mix(mix(102, shape), number);
        hashes[at++] = mix(mix(103, fields), field);
        hashes[at++] = mix(mix(mix(104, word), lastWord), wordBefore);
        hashes[at++] = mix(mix(105, key), field);
        hashes[at++] = mix(mix(mix(106, shape), number), previous);
        for (int order : LOCAL_LENGTHS) {
            long hash = 0;
            if (length > order) {
                hash = 200 + order;
                for (int j = 1; j <= order; j++) {
                    hash = mix(hash, last[length - j & LONGEST - 1]);
                }
            }
            hashes[at++] = hash;
        }
    }

    /** A hash of two numbers; 0 stands for no context, and no hash is 0. */
    private static long mix(long a, long b) {
        long x = (a ^ b * BASE) * FACTOR;
        x ^= x >>> 32;
        x *= FACTOR;
        return x == 0 ? 1 : x;
    }
}
