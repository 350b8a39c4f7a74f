package dev.ardm.coding;

/**
 * A probability distribution over the symbols {@code 0 .. n-1} as an entropy coder needs it: integer frequencies that sum to
 * 2<sup>precision</sup>.
 *
 * <p>A symbol owns the slots {@code [start, start + frequency)} of {@code [0, 2^precision)}; the slots of all symbols are in the
 * order of the symbols and leave no gap. A symbol that can be coded has a frequency of at least 1; one of frequency 0 is
 * infeasible. Encoder and decoder must compute the same integers, so an implementation is a pure function of what it was made of,
 * on every machine.
 */
public interface Distribution {
    /** The precision used unless something else is asked for, in bits. */
    int DEFAULT_PRECISION = 24;

    /** The largest precision, in bits. */
    int MAX_PRECISION = 30;

    /** The number of symbols, infeasible ones included. */
    int symbols();

    /** The base-2 logarithm of the sum of all frequencies, in [1, {@link #MAX_PRECISION}]. */
    int precision();

    /**
     * The first slot of a symbol: the sum of the frequencies before it.
     *
     * @throws IllegalArgumentException if the symbol does not exist
     */
    int start(int symbol);

    /**
     * The number of slots of a symbol; 0 if it is infeasible.
     *
     * @throws IllegalArgumentException if the symbol does not exist
     */
    int frequency(int symbol);

    /**
     * The symbol that owns a slot.
     *
     * @throws IllegalArgumentException unless the slot is in [0, 2<sup>precision</sup>)
     */
    int symbolAt(int slot);

    /**
     * The information content of a symbol in bits, infinite for an infeasible one. For reports only: no coded bit depends
     * on it.
     */
    default double bits(int symbol) {
        int frequency = frequency(symbol);
        return frequency == 0 ? Double.POSITIVE_INFINITY : precision() - StrictMath.log(frequency) / StrictMath.log(2);
    }
}
