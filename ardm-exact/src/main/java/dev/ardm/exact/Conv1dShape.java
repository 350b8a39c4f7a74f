package dev.ardm.exact;

import dev.ardm.exact.internal.Checks;

/**
 * The sizes of a dilated convolution of one sequence (van den Oord et al. 2016, section 2.1), which keeps its length.
 *
 * @param length places of the sequence
 * @param cin channels of the input
 * @param kernel number of taps; odd, unless the convolution is causal
 * @param dilation places from one tap to the next
 * @param causal whether the last tap is at the output's own place, so that nothing later is seen; else the middle one is
 */
public record Conv1dShape(int length, int cin, int kernel, int dilation, boolean causal) {
    /** Checks the sizes. */
    public Conv1dShape {
        Checks.notNegative("length", length);
        Checks.positive("cin", cin);
        Checks.positive("kernel", kernel);
        Checks.positive("dilation", dilation);
        Checks.require(causal || kernel % 2 == 1, "kernel", kernel, "is even, and the convolution not causal");
        Checks.require(kernel <= 1024, "kernel", kernel, "is too large");
        Checks.size("x", Math.multiplyExact(length + (kernel - 1L) * dilation, (long) cin));
    }

    /** Places from the first tap to the last. */
    public int span() {
        return (kernel - 1) * dilation;
    }

    /** Zeros before the sequence. */
    public int left() {
        return causal ? span() : span() / 2;
    }

    /** Taps of an output, in all channels. */
    public int depth() {
        return kernel * cin;
    }

    /** Floats of the input. */
    public int inputSize() {
        return length * cin;
    }
}
