package dev.ardm.data.format;

import dev.ardm.data.DataException;

/** Counts what is held in memory, so that too much data is a message and no failure of the JVM. */
public final class MemoryBudget {
    private final long limit;
    private long taken;

    public MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** The part of the heap in which every collector can keep what stays: some reserve a third for what does not. */
    public static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / 10 * 6);
    }

    /** Asks before allocating. */
    public void take(String file, long bytes) throws DataException {
        taken += bytes;
        if (taken > limit) {
            throw DataException.in(
                    file,
                    "the data needs more than " + (limit >> 20) + " MiB, its share of Java's memory (option -Xmx)");
        }
    }
}
