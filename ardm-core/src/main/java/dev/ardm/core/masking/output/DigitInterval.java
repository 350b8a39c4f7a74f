package dev.ardm.core.masking.output;

import dev.ardm.core.masking.process.Process;

/**
 * The values that a variable can still have, as leaves ({@link Process#leaf}), cut into the digits of which one is predicted next.
 *
 * @param least the least leaf
 * @param end one more than the largest leaf
 * @param width number of leaves of a digit; the last digit may have fewer
 */
public record DigitInterval(int least, int end, int width) {
    /**
     * The interval in which a value is known to be before a stage.
     *
     * @param value of the variable, at least as precisely as it is known by then
     */
    public static DigitInterval of(Process process, int position, int value, int stage) {
        int least = process.coarse(value, stage);
        return new DigitInterval(
                least,
                Math.min(least + process.width(stage), process.space().categories(position)),
                process.width(stage + 1));
    }

    /** Number of digits. */
    public int digits() {
        return (end - least + width - 1) / width;
    }

    /** The digit of a leaf. */
    public int digit(int leaf) {
        return (leaf - least) / width;
    }
}
