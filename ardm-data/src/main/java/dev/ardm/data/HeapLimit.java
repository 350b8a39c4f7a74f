package dev.ardm.data;

/** Asks before allocating. */
public final class HeapLimit {
    private HeapLimit() {}

    /**
     * Refuses what the heap can never hold.
     *
     * @param file that is read, for messages
     * @param bytes that are needed at least
     * @throws DataException if Java may not use that many
     */
    public static void require(String file, double bytes) throws DataException {
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > 0.9 * heap) {
            throw DataException.in(
                    file,
                    "needs " + mebibytes(bytes) + " MiB of memory, but Java may use " + mebibytes(heap)
                            + " MiB (option -Xmx)");
        }
    }

    private static long mebibytes(double bytes) {
        return (long) Math.ceil(bytes / (1 << 20));
    }
}
