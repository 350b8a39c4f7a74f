package dev.ardm.core.counts;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The contexts of the next symbol of an item, as 64-bit hashes. Each is a function of the symbols of the item so far, from its
 * beginning on. Appending a symbol takes the same time at every place.
 *
 * <p>Contexts of the corpus, {@link #SHARED} of them: the last n symbols (the beginning of an item counts as one), words, the
 * shape of the item with its digits left out, fields, and the last key in quotes with what the field has so far or how long it
 * is. Contexts within the item, {@link #LOCAL} of them: its last n symbols. A context that does not exist yet, because the item is
 * too short, is 0.
 */
final class Contexts {
    /** The most contexts that are the last symbols, the first ones of the corpus; {@link Settings} have their lengths. */
    static final int ORDERS = 12;

    /** Lengths of the contexts within the item. */
    private static final int[] LOCAL_LENGTHS = {1, 2, 3, 5};

    private static final int OTHERS = 6;

    /** Number of contexts that are counted over all items. */
    static final int SHARED = ORDERS + OTHERS;

    /** Number of contexts that are counted within the item. */
    static final int LOCAL = LOCAL_LENGTHS.length;

    /** Number of contexts. */
    static final int ALL = SHARED + LOCAL;

    /** More than the longest order; a power of two. */
    static final int LONGEST = 32;

    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long FACTOR = 0xD6E8FEB86659FD93L;

    /** Stands before the first symbol of an item. */
    static final int BEGINNING = 257;

    private final int orders;
    private final int[] lengths; // Of the orders, then of the contexts within the item.
    private final long[] powers;

    private final int[] last = new int[LONGEST];
    private final long[] rolling;
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
    private int fieldLength;
    private boolean quoted;
    private long quotation;
    private long key;

    /** @param orders lengths of the contexts that are the last symbols, {@link #ORDERS} at most */
    Contexts(List<Integer> orders) {
        this.orders = orders.size();
        lengths = IntStream.concat(orders.stream().mapToInt(order -> order), Arrays.stream(LOCAL_LENGTHS))
                .toArray();
        powers = new long[lengths.length];
        rolling = new long[lengths.length];
        for (int k = 0; k < lengths.length; k++) {
            powers[k] = 1;
            for (int j = 0; j < lengths[k]; j++) {
                powers[k] *= BASE;
            }
        }
        begin();
    }

    /**
     * The hash of a context that is the last symbols.
     *
     * @param k its number: the orders say how many symbols it has
     * @param symbols the oldest first; the beginning of an item is {@link #BEGINNING}
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
        Arrays.fill(rolling, 0);
        Arrays.fill(last, 0);
        length = 0;
        word = 0;
        lastWord = 0;
        wordBefore = 0;
        shape = 1;
        number = 0;
        digits = false;
        fields = 0;
        field = 0;
        fieldLength = 0;
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
            fieldLength = 0;
        } else {
            fieldLength++;
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
        for (int k = 0; k < lengths.length; k++) {
            int leaving = last[length - lengths[k] & LONGEST - 1];
            rolling[k] = rolling[k] * BASE + (symbol + 1) - powers[k] * (length >= lengths[k] ? leaving + 1 : 0);
        }
        last[length & LONGEST - 1] = symbol;
        length++;
    }

    /** The hash of one of the contexts that are the last symbols. */
    long hash(int k) {
        return length < lengths[k] ? 0 : mix(rolling[k], k + 1);
    }

    /** Writes the hashes of the contexts that are not the last symbols of the corpus, at their numbers. */
    void others(long[] hashes) {
        int at = ORDERS;
        hashes[at++] = mix(mix(102, shape), number);
        hashes[at++] = mix(mix(103, fields), field);
        hashes[at++] = mix(mix(mix(104, word), lastWord), wordBefore);
        hashes[at++] = mix(mix(105, key), field);
        hashes[at++] = mix(mix(mix(107, key == 0 ? fields : key), fieldLength), previous);
        hashes[at++] = mix(mix(mix(106, shape), number), previous);
        for (int k = 0; k < LOCAL; k++) {
            hashes[at++] = length > LOCAL_LENGTHS[k] ? mix(rolling[orders + k], 201 + k) : 0;
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
