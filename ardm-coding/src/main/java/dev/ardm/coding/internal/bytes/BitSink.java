package dev.ardm.coding.internal.bytes;

/** Puts bits after bytes, the least significant first. */
public final class BitSink {
    private final ByteSink sink;
    private long pending;
    private int count;

    public BitSink(ByteSink sink) {
        this.sink = sink;
    }

    /** Appends the low bits of a number, up to 32 of them. */
    public void put(int number, int bits) {
        pending |= (number & (1L << bits) - 1) << count;
        count += bits;
        while (count >= 8) {
            sink.number(pending, 1);
            pending >>>= 8;
            count -= 8;
        }
    }

    /** Fills up the last byte with zeros. */
    public void finish() {
        if (count > 0) {
            sink.number(pending, 1);
        }
        pending = 0;
        count = 0;
    }
}
