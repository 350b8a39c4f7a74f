package dev.ardm.core.masking.call;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.core.masking.arithmetic.UnitDistributions;
import dev.ardm.core.masking.arithmetic.UnitDistributions.SymbolCoder;

/** The intervals of all symbols of a stream. Threads note symbols in different places; it is written when all are there. */
public final class SymbolIntervals {
    private final int[] starts;
    private final int[] frequencies;

    /** @param symbols number of symbols of the stream */
    public SymbolIntervals(int symbols) {
        this.starts = new int[symbols];
        this.frequencies = new int[symbols];
    }

    /** Notes symbols, the first at a place. */
    public SymbolCoder<RuntimeException> from(int first) {
        int[] next = {first};
        return (distribution, symbol) -> {
            starts[next[0]] = distribution.start(symbol);
            frequencies[next[0]++] = distribution.frequency(symbol);
            return symbol;
        };
    }

    /** The bytes of the stream with a check. */
    public byte[] encode(int check) {
        return CheckedStream.encode(starts, frequencies, starts.length, UnitDistributions.PRECISION, check);
    }

    /** Pushes the symbols, so that they pop in their order. */
    public void push(AnsStack stack) {
        for (int i = starts.length - 1; i >= 0; i--) {
            stack.push(starts[i], frequencies[i], UnitDistributions.PRECISION);
        }
    }
}
