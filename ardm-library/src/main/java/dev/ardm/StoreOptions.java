package dev.ardm;

/**
 * How a {@link RecordStore} works.
 *
 * @param eachDurable whether a record is on the disk when {@code put} returns; several threads that put at once wait for the disk together.
 *     Else {@code put} takes microseconds, and a record is on the disk when {@link RecordStore#flush} returns, or soon; it survives the end
 *     of the process in any case, but not that of the machine
 * @param waitingBytes about how many bytes of records wait in memory to be coded before {@code put} waits, at least 65,536
 */
public record StoreOptions(boolean eachDurable, long waitingBytes) {
    /** Each record durable; 64 MiB wait. */
    public static final StoreOptions DURABLE = new StoreOptions(true, 64L << 20);

    /** Records durable at {@link RecordStore#flush}; 64 MiB wait. */
    public static final StoreOptions FAST = new StoreOptions(false, 64L << 20);

    /** @throws IllegalArgumentException if the bytes are too few */
    public StoreOptions {
        if (waitingBytes < 1 << 16) {
            throw new IllegalArgumentException(waitingBytes + " bytes of waiting records; at least 65536");
        }
    }
}
