package dev.ardm.core.counts;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is the same for all symbols that a model predicts: part of its definition.
 *
 * @param orders lengths of the contexts that are the last symbols, increasing from 1; from three to {@link Contexts#ORDERS} of
 *     them, the longest below {@link Contexts#LONGEST}
 * @param others which of the other contexts there are: bit k stands for context {@link Contexts#ORDERS} + k
 * @param certain how often a symbol has to follow a long context, and no other one, to count as certain; from 1 to 1,000
 * @param grown whether a long context is known only where the one a symbol before was known to almost the same length: then
 *     contexts that are much longer are not looked for
 */
record Settings(List<Integer> orders, int others, int certain, boolean grown) {
    private static final int ALL = (1 << Contexts.ALL - Contexts.ORDERS) - 1;
    private static final int MOST_CERTAIN = 1_000;
    private static final int LOCAL = ALL >> Contexts.SHARED - Contexts.ORDERS << Contexts.SHARED - Contexts.ORDERS;

    /** Where nothing was chosen. */
    static final Settings COMMON = new Settings(List.of(1, 2, 3, 5, 8, 14, 24), ALL, 6, true);

    /** Where each context is stored: all lengths up to the longest. There are no others of the corpus, only those within the item. */
    static final Settings DENSE =
            new Settings(IntStream.rangeClosed(1, Contexts.ORDERS).boxed().toList(), LOCAL, 6, true);

    /** Orders that are counted even where the one before is new, and propose last. */
    static final int SHORT = 3;

    private static final int[] CORPUS = {5, 2, 0, 3, 1, 4
    }; // Contexts of the corpus that are not orders, as they propose.

    Settings {
        orders = List.copyOf(orders);
        boolean increasing = orders.size() >= 3 && orders.size() <= Contexts.ORDERS && orders.get(0) >= 1;
        for (int k = 1; increasing && k < orders.size(); k++) {
            increasing = orders.get(k) > orders.get(k - 1);
        }
        if (!increasing || orders.get(orders.size() - 1) >= Contexts.LONGEST) {
            throw new IllegalArgumentException("lengths of contexts " + orders + " are not 3 to " + Contexts.ORDERS
                    + " increasing numbers from 1 to " + (Contexts.LONGEST - 1));
        }
        if (others < 0 || others > ALL) {
            throw new IllegalArgumentException("contexts " + others + " are outside [0, " + ALL + "]");
        }
        if (certain < 1 || certain > MOST_CERTAIN) {
            throw new IllegalArgumentException(
                    "a symbol is certain after " + certain + ", outside [1, " + MOST_CERTAIN + "]");
        }
    }

    /** Whether there is a context that is not the last symbols of the corpus. */
    boolean has(int context) {
        return (others >>> context - Contexts.ORDERS & 1) != 0;
    }

    /** The contexts in the order in which they propose candidates: long ones first, short ones after those within the item. */
    int[] proposing() {
        IntStream.Builder contexts = IntStream.builder();
        for (int k = orders.size() - 1; k >= SHORT; k--) {
            contexts.add(k);
        }
        Arrays.stream(CORPUS).map(k -> Contexts.ORDERS + k).filter(this::has).forEach(contexts::add);
        for (int k = Contexts.ALL - 1; k >= Contexts.SHARED; k--) {
            if (has(k)) {
                contexts.add(k);
            }
        }
        for (int k = SHORT - 1; k >= 0; k--) {
            contexts.add(k);
        }
        return contexts.build().toArray();
    }

    /** Writes the settings: a byte for the common ones, few for others. */
    void write(ByteSink bytes) {
        if (equals(COMMON)) {
            bytes.varint(0);
            return;
        }
        bytes.varint(orders.size());
        int before = 0;
        for (int order : orders) {
            bytes.varint(order - before);
            before = order;
        }
        bytes.varint(others).varint(certain).varint(grown ? 1 : 0);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws DamagedException if it is damaged
     */
    static Settings read(ByteCursor bytes) throws DamagedException {
        int count = bytes.varint("number of lengths of contexts", 0, Contexts.ORDERS);
        if (count == 0) {
            return COMMON;
        }
        List<Integer> orders = new ArrayList<>();
        int before = 0;
        for (int k = 0; k < count; k++) {
            before += bytes.varint("length of contexts", 1, Contexts.LONGEST);
            orders.add(before);
        }
        int others = bytes.varint("contexts", 0, ALL);
        int certain = bytes.varint("times until certain", 1, MOST_CERTAIN);
        boolean grown = bytes.varint("growth of contexts", 0, 1) == 1;
        try {
            return new Settings(orders, others, certain, grown);
        } catch (IllegalArgumentException e) {
            throw DamagedException.inStream(0, String.valueOf(e.getMessage()));
        }
    }
}
