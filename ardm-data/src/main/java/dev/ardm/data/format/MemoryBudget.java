package dev.ardm.data.format;

import dev.ardm.data.DataException;

/** Counts what is held in memory, so that too much data is a message and no failure of the JVM. */
final class MemoryBudget {
    private final long limit;
    private long taken;

    MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** Most of the heap. */
    static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / 10 * 8);
    }

    /** Asks before allocating. */
    void take(String file, long bytes) throws DataException {
        taken += bytes;
        if (taken > limit) {
            throw DataException.in(
                    file, "the data needs more than the " + (limit >> 20) + " MiB of memory there are (option -Xmx)");
        }
    }
}
