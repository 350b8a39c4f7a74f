package dev.ardm.core.counts.row;

import dev.ardm.core.decision.SymbolCoder;

/** Takes decisions as they are. */
record Known() implements SymbolCoder {
    @Override
    public boolean decide(int probability, boolean happens) {
        return happens;
    }

    @Override
    public int choose(int[] starts, int cases, int chosen) {
        return chosen;
    }
}
