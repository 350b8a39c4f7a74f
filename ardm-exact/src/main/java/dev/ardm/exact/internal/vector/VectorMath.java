package dev.ardm.exact.internal.vector;

import dev.ardm.exact.ScalarMath;
import dev.ardm.exact.internal.Coefficients;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarMath} on whole arrays: the same operations in the same sequence in every lane, and the scalar function for the rest. */
final class VectorMath {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
    private static final int WIDTH = Lanes.WIDTH;

    /** Values between two passes; a multiple of every width, small enough for the nearest cache. */
    private static final int BLOCK = 1024;
    /** Values on their way. A step of a network calls these functions for a few hundred values, thousands of times for each item. */
    private static final ThreadLocal<float[]> BLOCKS = ThreadLocal.withInitial(() -> new float[BLOCK]);

    // Loops stand in the methods that kernels call, not one deeper: beyond 15 levels of inlining C2 boxes vectors.

    private VectorMath() {}

    private static FloatVector all(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    /** exp(x - shift). */
    static void expShifted(float[] x, int xOffset, float shift, int length, float[] out, int outOffset) {
        exp(x, xOffset, 1f, shift, length, out, outOffset);
    }

    /**
     * exp(sign * x - shift). The sign is 1 or -1: the product is exact, and an fma the same as a difference. One long method with
     * its constants spelt out on purpose: with more than 325 bytes of code (and fewer than 8,000 with all that it calls) C2
     * compiles it on its own and whole; inlined into its callers it would run out of inlining levels half-way and box its vectors,
     * which costs a factor of six.
     */
    private static void exp(float[] x, int xOffset, float sign, float shift, int length, float[] out, int outOffset) {
        FloatVector signs = all(sign);
        FloatVector minusShifts = all(-shift);
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
        FloatVector one = all(1f);
        int end = SPECIES.loopBound(length);
        for (int i = 0; i < end; i += WIDTH) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i).fma(signs, minusShifts);
            FloatVector shifted = v.fma(log2e, rounder);
            FloatVector n = shifted.sub(rounder);
            FloatVector r = n.fma(minusLn2Low, n.fma(minusLn2High, v));
            FloatVector p = r.fma(c7, c6);
            p = p.fma(r, c5);
            p = p.fma(r, c4);
            p = p.fma(r, c3);
            p = p.fma(r, c2);
            FloatVector y = p.fma(r.mul(r), r).add(one);
            FloatVector result = y.reinterpretAsInts()
                    .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats();
            VectorMask<Float> small = v.compare(VectorOperators.LT, ScalarMath.EXP_MIN);
            VectorMask<Float> large = v.compare(VectorOperators.GT, ScalarMath.EXP_MAX);
            VectorMask<Float> nan = v.compare(VectorOperators.NE, v);
            result.blend(0f, small)
                    .blend(Float.POSITIVE_INFINITY, large)
                    .blend(v, nan)
                    .intoArray(out, outOffset + i);
        }
        for (int i = end; i < length; i++) {
            out[outOffset + i] = ScalarMath.exp(Math.fma(sign, x[xOffset + i], -shift));
        }
    }

    /** One long method, as {@link #exp} is, and for its reasons. */
    static void log(float[] x, int xOffset, int length, float[] out, int outOffset) {
        FloatVector enlarger = all(Coefficients.LOG_ENLARGER);
        FloatVector normal = all(Coefficients.LOG_NORMAL);
        FloatVector subnormal = all(Coefficients.LOG_SUBNORMAL);
        FloatVector ln2Low = all(Coefficients.LOG_LN2_LOW);
        FloatVector ln2High = all(Coefficients.LOG_LN2_HIGH);
        FloatVector l8 = all(Coefficients.L8);
        FloatVector l6 = all(Coefficients.L6);
        FloatVector l4 = all(Coefficients.L4);
        FloatVector l2 = all(Coefficients.L2);
        FloatVector zero = all(0f);
        FloatVector one = all(1f);
        FloatVector two = all(2f);
        FloatVector point5 = all(0.5f);
        int end = SPECIES.loopBound(length);
        for (int i = 0; i < end; i += WIDTH) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
            VectorMask<Float> small = v.compare(VectorOperators.LT, Float.MIN_NORMAL);
            IntVector bits = v.blend(v.mul(enlarger), small).reinterpretAsInts();
            IntVector n = bits.add(Coefficients.LOG_SHIFT).lanewise(VectorOperators.LSHR, 23);
            FloatVector k =
                    n.add(Coefficients.LOG_INTEGER).reinterpretAsFloats().sub(normal.blend(subnormal, small));
            FloatVector f = bits.sub(n.lanewise(VectorOperators.LSHL, 23))
                    .add(Coefficients.ONE)
                    .reinterpretAsFloats()
                    .sub(one);
            FloatVector s = f.div(f.add(two));
            FloatVector z = s.mul(s);
            FloatVector half = f.mul(point5);
            FloatVector p = l8.fma(z, l6);
            p = p.fma(z, l4);
            p = p.fma(z, l2);
            FloatVector q = p.fma(z, half.mul(f));
            FloatVector r = zero.sub(half).fma(f, s.fma(q, k.mul(ln2Low)));
            FloatVector y = k.fma(ln2High, r.add(f));
            VectorMask<Float> itself = v.compare(VectorOperators.NE, v);
            VectorMask<Float> infinite = v.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY);
            VectorMask<Float> nothing = v.compare(VectorOperators.EQ, 0f);
            VectorMask<Float> negative = v.compare(VectorOperators.LT, 0f);
            y.blend(v, itself)
                    .blend(v, infinite)
                    .blend(Float.NEGATIVE_INFINITY, nothing)
                    .blend(Float.NaN, negative)
                    .intoArray(out, outOffset + i);
        }
        for (int i = end; i < length; i++) {
            out[outOffset + i] = ScalarMath.log(x[xOffset + i]);
        }
    }

    static void sigmoid(float[] x, int xOffset, int length, float[] out, int outOffset) {
        float[] block = BLOCKS.get();
        for (int from = 0; from < length; from += BLOCK) {
            int count = Math.min(BLOCK, length - from);
            exp(x, xOffset + from, -1f, 0f, count, block, 0);
            map(Step.ONE_OVER_ONE_PLUS, block, 0, block, 0f, count, out, outOffset + from);
        }
    }

    static void silu(float[] x, int xOffset, int length, float[] out, int outOffset) {
        float[] block = BLOCKS.get();
        for (int from = 0; from < length; from += BLOCK) {
            int count = Math.min(BLOCK, length - from);
            exp(x, xOffset + from, -1f, 0f, count, block, 0);
            map(Step.OVER_ONE_PLUS, x, xOffset + from, block, 0f, count, out, outOffset + from);
        }
    }

    static void gelu(float[] x, int xOffset, int length, float[] out, int outOffset) {
        float[] block = BLOCKS.get();
        for (int from = 0; from < length; from += BLOCK) {
            int count = Math.min(BLOCK, length - from);
            map(Step.GELU_ARGUMENT, x, xOffset + from, block, 0f, count, block, 0);
            exp(block, 0, -1f, 0f, count, block, 0);
            map(Step.OVER_ONE_PLUS, x, xOffset + from, block, 0f, count, out, outOffset + from);
        }
    }

    /** Divides in place. */
    static void divide(float[] x, int offset, int length, float divisor) {
        map(Step.OVER, x, offset, x, divisor, length, x, offset);
    }

    static void relu(float[] x, int xOffset, int length, float[] out, int outOffset) {
        map(Step.POSITIVE, x, xOffset, x, 0f, length, out, outOffset);
    }

    static void scale(float[] x, int xOffset, int length, float factor, float[] out, int outOffset) {
        map(Step.TIMES, x, xOffset, x, factor, length, out, outOffset);
    }

    /** {@code x / (1 + exp(-other))}; the other array is read from its start on, and overwritten. */
    static void gate(float[] x, float[] other, int length, float[] out, int outOffset) {
        exp(other, 0, -1f, 0f, length, other, 0);
        map(Step.OVER_ONE_PLUS, x, 0, other, 0f, length, out, outOffset);
    }

    /** What {@link #map} does to each x. */
    private enum Step {
        /** x / (1 + other). */
        OVER_ONE_PLUS,
        /** 1 / (1 + x). */
        ONE_OVER_ONE_PLUS,
        /** x * (linear + cubic * x * x). */
        GELU_ARGUMENT,
        /** x / number. */
        OVER,
        /** x * number. */
        TIMES,
        /** The greater of x and 0. */
        POSITIVE
    }

    /**
     * The loops around {@link #exp}, in one method for its length: its comment applies to them, too.
     *
     * @param other read from its start on
     */
    private static void map(
            Step step, float[] x, int xOffset, float[] other, float number, int length, float[] out, int outOffset) {
        int end = SPECIES.loopBound(length);
        switch (step) {
            case OVER_ONE_PLUS -> {
                FloatVector one = all(1f);
                for (int i = 0; i < end; i += WIDTH) {
                    FloatVector divisor =
                            FloatVector.fromArray(SPECIES, other, i).add(one);
                    FloatVector.fromArray(SPECIES, x, xOffset + i).div(divisor).intoArray(out, outOffset + i);
                }
                for (int i = end; i < length; i++) {
                    out[outOffset + i] = x[xOffset + i] / (other[i] + 1f);
                }
            }
            case ONE_OVER_ONE_PLUS -> {
                FloatVector one = all(1f);
                for (int i = 0; i < end; i += WIDTH) {
                    FloatVector divisor =
                            FloatVector.fromArray(SPECIES, x, xOffset + i).add(one);
                    one.div(divisor).intoArray(out, outOffset + i);
                }
                for (int i = end; i < length; i++) {
                    out[outOffset + i] = 1f / (x[xOffset + i] + 1f);
                }
            }
            case GELU_ARGUMENT -> {
                FloatVector cubic = all(Coefficients.GELU_CUBIC);
                FloatVector linear = all(Coefficients.GELU_LINEAR);
                for (int i = 0; i < end; i += WIDTH) {
                    FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
                    v.mul(v.mul(v).fma(cubic, linear)).intoArray(out, outOffset + i);
                }
                for (int i = end; i < length; i++) {
                    float v = x[xOffset + i];
                    out[outOffset + i] = v * Math.fma(v * v, Coefficients.GELU_CUBIC, Coefficients.GELU_LINEAR);
                }
            }
            case OVER -> {
                FloatVector divisor = all(number);
                for (int i = 0; i < end; i += WIDTH) {
                    FloatVector.fromArray(SPECIES, x, xOffset + i).div(divisor).intoArray(out, outOffset + i);
                }
                for (int i = end; i < length; i++) {
                    out[outOffset + i] = x[xOffset + i] / number;
                }
            }
            case TIMES -> {
                FloatVector factor = all(number);
                for (int i = 0; i < end; i += WIDTH) {
                    FloatVector.fromArray(SPECIES, x, xOffset + i).mul(factor).intoArray(out, outOffset + i);
                }
                for (int i = end; i < length; i++) {
                    out[outOffset + i] = x[xOffset + i] * number;
                }
            }
            case POSITIVE -> {
                FloatVector zero = all(0f);
                for (int i = 0; i < end; i += WIDTH) {
                    FloatVector.fromArray(SPECIES, x, xOffset + i).max(zero).intoArray(out, outOffset + i);
                }
                for (int i = end; i < length; i++) {
                    out[outOffset + i] = ScalarMath.relu(x[xOffset + i]);
                }
            }
        }
    }
}
