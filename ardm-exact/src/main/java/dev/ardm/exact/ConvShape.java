package dev.ardm.exact;

import dev.ardm.exact.internal.Checks;

/**
 * The sizes of a convolution of one image.
 *
 * @param h height of the input
 * @param w width of the input
 * @param cin channels of the input
 * @param kernel height and width of the kernel; {@code kernel / 2} zeros pad every side
 * @param stride input places between outputs
 */
public record ConvShape(int h, int w, int cin, int kernel, int stride) {
    /** Checks the sizes. */
    public ConvShape {
        Checks.notNegative("h", h);
        Checks.notNegative("w", w);
        Checks.positive("cin", cin);
        Checks.positive("kernel", kernel);
        Checks.positive("stride", stride);
        Checks.require(kernel <= 1024, "kernel", kernel, "is too large");
        int pad = kernel / 2;
        Checks.size("x", Math.multiplyExact((h + 2L * pad) * (w + 2L * pad), (long) cin));
    }

    /** Zeros on every side. */
    public int pad() {
        return kernel / 2;
    }

    /** Height of the output. */
    public int outH() {
        return Kernels.convOutput(h, kernel, stride);
    }

    /** Width of the output. */
    public int outW() {
        return Kernels.convOutput(w, kernel, stride);
    }

    /** Taps of an output. */
    public int depth() {
        return kernel * kernel * cin;
    }

    /** Floats of the input. */
    public int inputSize() {
        return h * w * cin;
    }

    /** Places of the output. */
    public int pixels() {
        return outH() * outW();
    }
}
