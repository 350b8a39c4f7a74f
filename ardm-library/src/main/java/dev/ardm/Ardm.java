package dev.ardm;

import dev.ardm.exact.Kernels;

/** Where to begin. */
public final class Ardm {
    private Ardm() {}

    /**
     * Begins to train a model of records.
     *
     * @param records at least 20 for a network and 2 for counts; gone through a few times, in one order
     * @param type what they are
     */
    public static <T> Training<T> train(Iterable<? extends T> records, RecordType<T> type) {
        return new Training<>(records, type);
    }

    /**
     * Which kernels run, in a sentence: those with vectors, or the plain ones, which are several times slower and give the same bits, and what
     * to do about it.
     */
    public static String kernels() {
        return Kernels.report();
    }
}
