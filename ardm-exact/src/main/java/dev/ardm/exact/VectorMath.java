package dev.ardm.exact;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarMath} on whole arrays: the same operations in the same sequence in every lane, and the scalar function for the rest. */
final class VectorMath {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
    private static final int WIDTH = Lanes.WIDTH;

    private VectorMath() {}

    private static FloatVector exp(FloatVector x) {
        FloatVector shifted = x.fma(all(ScalarMath.LOG2_E), all(ScalarMath.ROUNDER));
        FloatVector n = shifted.sub(ScalarMath.ROUNDER);
        FloatVector r = n.fma(all(-ScalarMath.LN2_LOW), n.fma(all(-ScalarMath.LN2_HIGH), x));
        FloatVector p = r.fma(all(ScalarMath.C7), all(ScalarMath.C6));
        p = p.fma(r, all(ScalarMath.C5));
        p = p.fma(r, all(ScalarMath.C4));
        p = p.fma(r, all(ScalarMath.C3));
        p = p.fma(r, all(ScalarMath.C2));
        FloatVector y = p.fma(r.mul(r), r).add(1f);
        FloatVector result = y.reinterpretAsInts()
                .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats();
        VectorMask<Float> small = x.compare(VectorOperators.LT, ScalarMath.EXP_MIN);
        VectorMask<Float> large = x.compare(VectorOperators.GT, ScalarMath.EXP_MAX);
        VectorMask<Float> nan = x.compare(VectorOperators.NE, x);
        return result.blend(0f, small).blend(Float.POSITIVE_INFINITY, large).blend(x, nan);
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    /** exp(x - shift). */
    static void expShifted(float[] x, int xOffset, float shift, int length, float[] out, int outOffset) {
        int end = SPECIES.loopBound(length);
        for (int i = 0; i < end; i += WIDTH) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
            exp(v.sub(shift)).intoArray(out, outOffset + i);
        }
        for (int i = end; i < length; i++) {
            out[outOffset + i] = ScalarMath.exp(x[xOffset + i] - shift);
        }
    }

    static void silu(float[] x, int xOffset, int length, float[] out, int outOffset) {
        int end = SPECIES.loopBound(length);
        for (int i = 0; i < end; i += WIDTH) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
            v.div(exp(v.neg()).add(1f)).intoArray(out, outOffset + i);
        }
        for (int i = end; i < length; i++) {
            out[outOffset + i] = ScalarMath.silu(x[xOffset + i]);
        }
    }

    static void gelu(float[] x, int xOffset, int length, float[] out, int outOffset) {
        int end = SPECIES.loopBound(length);
        for (int i = 0; i < end; i += WIDTH) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
            FloatVector z = v.mul(v.mul(v).fma(all(ScalarMath.GELU_CUBIC), all(ScalarMath.GELU_LINEAR)));
            v.div(exp(z.neg()).add(1f)).intoArray(out, outOffset + i);
        }
        for (int i = end; i < length; i++) {
            out[outOffset + i] = ScalarMath.gelu(x[xOffset + i]);
        }
    }

    /** Divides in place. */
    static void divide(float[] x, int offset, int length, float divisor) {
        int end = SPECIES.loopBound(length);
        for (int i = 0; i < end; i += WIDTH) {
            FloatVector.fromArray(SPECIES, x, offset + i).div(divisor).intoArray(x, offset + i);
        }
        for (int i = end; i < length; i++) {
            x[offset + i] /= divisor;
        }
    }
}
