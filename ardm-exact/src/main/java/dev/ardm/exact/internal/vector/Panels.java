package dev.ardm.exact.internal.vector;

import dev.ardm.exact.PackedWeights;
import dev.ardm.exact.internal.Checks;

/**
 * Weights as the vector kernels read them: panels of outputs, in each panel one run of outputs per tap. A panel is two vectors wide; the last is one
 * vector wide if that is enough. Missing outputs are zeros, and only here.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Panels(float[] values, int outputs, int depth) implements PackedWeights {
    static final int FULL = 2 * Lanes.WIDTH;

    static Panels of(float[] weights, int outputs, int depth) {
        float[] values = new float[size(outputs, depth)];
        fill(weights, 0, depth, 1, outputs, depth, values);
        return new Panels(values, outputs, depth);
    }

    /** Outputs with the padding. */
    static int padded(int outputs) {
        return (outputs + Lanes.WIDTH - 1) / Lanes.WIDTH * Lanes.WIDTH;
    }

    static int size(int outputs, int depth) {
        return Checks.size("weights", (long) padded(outputs) * depth);
    }

    /** Width of the panel that starts at that output. */
    static int width(int firstOutput, int outputs) {
        return outputs - firstOutput <= Lanes.WIDTH ? Lanes.WIDTH : FULL;
    }

    /** Packs the matrix with the element for output o and tap k at {@code offset + o * outputStep + k * tapStep}. */
    static void fill(float[] weights, int offset, int outputStep, int tapStep, int outputs, int depth, float[] values) {
        int target = 0;
        for (int first = 0; first < outputs; first += FULL) {
            int width = width(first, outputs);
            int real = Math.min(width, outputs - first);
            for (int k = 0; k < depth; k++) {
                int from = offset + first * outputStep + k * tapStep;
                if (outputStep == 1) {
                    System.arraycopy(weights, from, values, target, real);
                } else {
                    for (int o = 0; o < real; o++) {
                        values[target + o] = weights[from + o * outputStep];
                    }
                }
                for (int o = real; o < width; o++) {
                    values[target + o] = 0f;
                }
                target += width;
            }
        }
    }
}
