package dev.ardm.core.counts.internal;

import dev.ardm.core.decision.Logistic;
import dev.ardm.core.decision.SymbolCoder;

/** Adds up the information content of what it codes. */
public final class Measure implements SymbolCoder {
    private double bits;

    /** The sum so far. */
    public double bits() {
        return bits;
    }

    @Override
    public boolean decide(int probability, boolean happens) {
        bits += of(happens ? probability : Logistic.ONE - probability);
        return happens;
    }

    @Override
    public int choose(int[] starts, int cases, int chosen) {
        bits += of(starts[chosen + 1] - starts[chosen]);
        return chosen;
    }

    private static double of(int slots) {
        return Logistic.BITS - StrictMath.log(slots) / StrictMath.log(2);
    }
}
