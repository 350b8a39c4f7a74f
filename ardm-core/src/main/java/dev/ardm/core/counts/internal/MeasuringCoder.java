package dev.ardm.core.counts.internal;

import dev.ardm.core.decision.SymbolCoder;

/**
 * Writes, and measures what is written.
 *
 * @param writer writes it
 * @param measure adds it up
 */
public record MeasuringCoder(SymbolCoder writer, SymbolCoder measure) implements SymbolCoder {
    @Override
    public boolean decide(int probability, boolean happens) {
        measure.decide(probability, happens);
        return writer.decide(probability, happens);
    }

    @Override
    public int choose(int[] starts, int cases, int chosen) {
        measure.choose(starts, cases, chosen);
        return writer.choose(starts, cases, chosen);
    }
}
