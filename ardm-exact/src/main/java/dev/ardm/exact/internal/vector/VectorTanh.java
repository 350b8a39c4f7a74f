package dev.ardm.exact.internal.vector;

import dev.ardm.exact.ElementKernels;
import dev.ardm.exact.ScalarMath;
import dev.ardm.exact.internal.Coefficients;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarMath#tanh} and what is built on it, on whole arrays. The rules of {@link VectorMath} for lengths hold here, too. */
final class VectorTanh {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
    private static final int WIDTH = Lanes.WIDTH;

    /** Results between two passes: small enough for the nearest cache. */
    private static final int BLOCK = 1024;

    private VectorTanh() {}

    /** As {@link ElementKernels#gatedTanh}. Some rows at a time, their halves next to each other, so that few channels fill vectors, too. */
    static void gated(float[] x, int xOffset, int rows, int channels, float[] out, int outOffset) {
        int rowsEach = Math.max(1, Math.min(rows, BLOCK / channels));
        float[] left = new float[rowsEach * channels];
        float[] right = new float[rowsEach * channels];
        for (int first = 0; first < rows; first += rowsEach) {
            int count = Math.min(rowsEach, rows - first);
            for (int i = 0; i < count; i++) {
                int row = xOffset + 2 * (first + i) * channels;
                System.arraycopy(x, row, left, i * channels, channels);
                System.arraycopy(x, row + channels, right, i * channels, channels);
            }
            tanh(left, count * channels);
            VectorMath.gate(left, right, count * channels, out, outOffset + first * channels);
        }
    }

    /** In place, from the start of the array. */
    private static void tanh(float[] x, int length) {
        FloatVector zero = all(0f);
        FloatVector one = all(1f);
        FloatVector two = all(2f);
        FloatVector last = all(Coefficients.TANH_END);
        FloatVector log2e = all(Coefficients.LOG2_E);
        FloatVector rounder = all(Coefficients.ROUNDER);
        FloatVector minusLn2Low = all(-Coefficients.LN2_LOW);
        FloatVector minusLn2High = all(-Coefficients.LN2_HIGH);
        FloatVector c7 = all(Coefficients.C7);
        FloatVector c6 = all(Coefficients.C6);
        FloatVector c5 = all(Coefficients.C5);
        FloatVector c4 = all(Coefficients.C4);
        FloatVector c3 = all(Coefficients.C3);
        FloatVector c2 = all(Coefficients.C2);
        int end = SPECIES.loopBound(length);
        for (int i = 0; i < end; i += WIDTH) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, i);
            VectorMask<Float> negative = v.compare(VectorOperators.LT, 0f);
            FloatVector magnitude = v.blend(zero.sub(v), negative);
            FloatVector twice = magnitude.add(magnitude);
            twice = twice.blend(last, twice.compare(VectorOperators.GT, last));
            FloatVector shifted = twice.fma(log2e, rounder);
            FloatVector n = shifted.sub(rounder);
            FloatVector r = n.fma(minusLn2Low, n.fma(minusLn2High, twice));
            FloatVector p = r.fma(c7, c6);
            p = p.fma(r, c5);
            p = p.fma(r, c4);
            p = p.fma(r, c3);
            p = p.fma(r, c2);
            FloatVector q = p.fma(r.mul(r), r);
            FloatVector power = one.reinterpretAsInts()
                    .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats();
            FloatVector e = power.fma(q, power.sub(one));
            FloatVector y = e.div(e.add(two));
            // Differences from 0 are negations here: neither number is a zero.
            y.blend(zero.sub(y), negative).intoArray(x, i);
        }
        for (int i = end; i < length; i++) {
            x[i] = ScalarMath.tanh(x[i]);
        }
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
