package dev.ardm.coding.internal.bytes;

import dev.ardm.coding.error.DamagedException;

/** Reads what {@link BitSink} wrote. */
public final class BitCursor {
    private final ByteCursor cursor;
    private long pending;
    private int count;

    public BitCursor(ByteCursor cursor) {
        this.cursor = cursor;
    }

    /** The next bits as a number, up to 32 of them. */
    public long next(int bits) throws DamagedException {
        while (count < bits) {
            pending |= cursor.number(1) << count;
            count += 8;
        }
        long number = pending & (1L << bits) - 1;
        pending >>>= bits;
        count -= bits;
        return number;
    }

    /** Goes to the next whole byte; what precedes it must be zeros. */
    public void finish() throws DamagedException {
        if (pending != 0) {
            throw cursor.damaged("the bits that fill up a byte are not zero");
        }
        count = 0;
    }
}
