package dev.ardm.exact.internal.vector;

import dev.ardm.exact.PackedWeights;
import dev.ardm.exact.internal.Checks;

/**
 * Weights as the vector kernels read them: panels of outputs, in each panel one run of outputs per tap. The last panels are narrower where that is
 * enough, so that fewer outputs than one vector are missing. These are zeros, and only here.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Panels(float[] values, int outputs, int depth) implements PackedWeights {
    static final int FULL = Lanes.PANEL * Lanes.WIDTH;

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
        int vectors = (outputs - firstOutput + Lanes.WIDTH - 1) / Lanes.WIDTH;
        return Math.min(Lanes.PANEL, vectors == 3 ? 2 : vectors) * Lanes.WIDTH;
    }

    /** Packs the matrix with the element for output o and tap k at {@code offset + o * outputStep + k * tapStep}. */
    static void fill(float[] weights, int offset, int outputStep, int tapStep, int outputs, int depth, float[] values) {
        int target = 0;
        int width;
        for (int first = 0; first < outputs; first += width) {
            width = width(first, outputs);
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
