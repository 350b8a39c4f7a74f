package dev.ardm.core.counts.internal;

import dev.ardm.core.RandomStream;
import dev.ardm.core.decision.Logistic;
import dev.ardm.core.decision.SymbolCoder;

/** Decides by chance: what it codes is drawn from the model. */
public record Draw(RandomStream random) implements SymbolCoder {
    @Override
    public boolean decide(int probability, boolean happens) {
        return random.nextInt() >>> 32 - Logistic.BITS < probability;
    }

    @Override
    public int choose(int[] starts, int cases, int chosen) {
        int slot = random.nextInt() >>> 32 - Logistic.BITS;
        int drawn = 0;
        while (starts[drawn + 1] <= slot) {
            drawn++;
        }
        return drawn;
    }
}
