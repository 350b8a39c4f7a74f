package dev.ardm.core.masking.arithmetic;

import dev.ardm.coding.Distribution;

/** Integer distributions of the variables of a unit, one digit after the other, from a network's outputs. For one thread. */
public interface UnitDistributions {
    /** Precision of every distribution, in bits: the symbols of a stream have one. */
    int PRECISION = Distribution.DEFAULT_PRECISION;

    /**
     * Codes, decodes or draws one symbol after another.
     *
     * @param <E> what it throws
     */
    interface SymbolCoder<E extends Exception> {
        /**
         * @param symbol what it is, if the item is known; else 0
         * @return what it is
         */
        int code(Distribution distribution, int symbol) throws E;
    }

    /** Number of symbols a unit takes in a stage. */
    int symbols(int stage);

    /**
     * Codes the variables of a unit at a stage.
     *
     * @param outputs of a network, those of the unit from {@code offset} on
     * @param item values as they are known before the stage, or the whole item; refined by the symbols that the coder returns
     */
    <E extends Exception> void code(float[] outputs, int offset, int[] item, int unit, int stage, SymbolCoder<E> coder)
            throws E;
}
