package dev.ardm.core.counts.internal;

import dev.ardm.core.decision.SymbolCoder;
import java.util.function.IntFunction;

/** Codes the values of an item of one size, one after the other, each given those before it. For one thread. */
public interface ItemPredictor {
    /**
     * Codes an item.
     *
     * @param coders who codes the value at a position; asked in the order in which the values are coded
     * @param values of the item; what is read is put there
     */
    void code(IntFunction<? extends SymbolCoder> coders, int[] values);
}
