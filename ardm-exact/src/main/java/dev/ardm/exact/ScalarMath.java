package dev.ardm.exact;

import dev.ardm.exact.internal.Coefficients;
import dev.ardm.exact.internal.Fma;

/**
 * The scalar definitions of the elementary functions. They use {@code + - * /}, {@code fma} and integer arithmetic only, which Java fixes to the
 * last bit, and none of the library functions that may differ between platforms.
 */
public final class ScalarMath {
    /** Below this {@link #exp} is 0: the result would be smaller than the smallest normal float. */
    public static final float EXP_MIN = -87.33654f;

    /** Above this {@link #exp} is positive infinity. */
    public static final float EXP_MAX = 88.72283f;

    private ScalarMath() {}

    /**
     * {@code a * b + c}, rounded once: {@link Math#fma(float, float, float)} to the bit, and fast without an instruction for it, too. That is for loops
     * over many numbers; elsewhere {@code Math.fma} does as well.
     */
    public static float fma(float a, float b, float c) {
        return Fma.of(a, b, c);
    }

    /**
     * e to the power x, within 1 ulp of the true value. 0 for x below -87.33654 (subnormal results are flushed), positive infinity for x above
     * 88.72283, NaN for NaN.
     */
    public static float exp(float x) {
        if (x < EXP_MIN) {
            return 0f;
        }
        if (x > EXP_MAX) {
            return Float.POSITIVE_INFINITY;
        }
        if (Float.isNaN(x)) {
            return x;
        }
        // x = n ln 2 + r with |r| <= ln 2 / 2, then exp(x) = 2^n exp(r).
        float shifted = Fma.of(x, Coefficients.LOG2_E, Coefficients.ROUNDER);
        float n = shifted - Coefficients.ROUNDER;
        float r = Fma.of(n, -Coefficients.LN2_LOW, Fma.of(n, -Coefficients.LN2_HIGH, x));
        float p = Fma.of(Coefficients.C7, r, Coefficients.C6);
        p = Fma.of(p, r, Coefficients.C5);
        p = Fma.of(p, r, Coefficients.C4);
        p = Fma.of(p, r, Coefficients.C3);
        p = Fma.of(p, r, Coefficients.C2);
        float y = Fma.of(p, r * r, r) + 1f;
        // The shift drops all of the rounder's own bits and leaves n in the exponent field.
        return Float.intBitsToFloat(Float.floatToRawIntBits(y) + (Float.floatToRawIntBits(shifted) << 23));
    }

    /**
     * The natural logarithm, within 1 ulp of the true value for all positive numbers, subnormal ones included; +0 for 1. Negative infinity for
     * zeros of both signs, NaN for negative numbers and NaN, positive infinity for itself.
     */
    public static float log(float x) {
        if (x < 0f) {
            return Float.NaN;
        }
        if (x == 0f) {
            return Float.NEGATIVE_INFINITY;
        }
        if (!(x <= Float.MAX_VALUE)) {
            return x;
        }
        boolean subnormal = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(subnormal ? x * Coefficients.LOG_ENLARGER : x);
        // x = 2^k (1 + f) with 1 + f from sqrt(1/2) to sqrt(2).
        int n = (bits + Coefficients.LOG_SHIFT) >>> 23;
        float k = Float.intBitsToFloat(n + Coefficients.LOG_INTEGER)
                - (subnormal ? Coefficients.LOG_SUBNORMAL : Coefficients.LOG_NORMAL);
        float f = Float.intBitsToFloat(bits - (n << 23) + Coefficients.ONE) - 1f;
        // log(1 + f) = f - f^2 / 2 + s (f^2 / 2 + R) with s = f / (2 + f) and R an even polynomial of s (fdlibm).
        float s = f / (f + 2f);
        float z = s * s;
        float half = f * 0.5f;
        float p = Fma.of(Coefficients.L8, z, Coefficients.L6);
        p = Fma.of(p, z, Coefficients.L4);
        p = Fma.of(p, z, Coefficients.L2);
        float q = Fma.of(p, z, half * f);
        float r = Fma.of(-half, f, Fma.of(s, q, k * Coefficients.LOG_LN2_LOW));
        return Fma.of(k, Coefficients.LOG_LN2_HIGH, r + f);
    }

    /** The logistic function, {@code 1 / (1 + exp(-x))}, within 3 ulp of the true value where that is a normal float; 0 where exp is infinite. */
    public static float sigmoid(float x) {
        return 1f / (1f + exp(-x));
    }

    /** {@code x / (1 + exp(-x))}; NaN for negative infinity. */
    public static float silu(float x) {
        return x / (1f + exp(-x));
    }

    /**
     * The tanh form of the Gaussian error linear unit, {@code x (1 + tanh(u)) / 2} with {@code u = sqrt(2 / pi) (x + 0.044715 x^3)}, computed
     * as the equal {@code x / (1 + exp(-2u))}.
     */
    public static float gelu(float x) {
        float z = x * Fma.of(x * x, Coefficients.GELU_CUBIC, Coefficients.GELU_LINEAR);
        return x / (1f + exp(-z));
    }

    /** x where it is above 0, else +0; NaN for NaN. */
    public static float relu(float x) {
        return Math.max(x, 0f);
    }

    /**
     * The hyperbolic tangent, within 3 ulp of the true value, also near 0; +0 for zeros of both signs. It is {@code e / (e + 2)}
     * with the sign of x, and {@code e = exp(2 |x|) - 1}, computed without the cancellation.
     */
    public static float tanh(float x) {
        float magnitude = x < 0f ? -x : x;
        float twice = magnitude + magnitude;
        if (twice > Coefficients.TANH_END) {
            twice = Coefficients.TANH_END;
        }
        // As in exp: with q = exp(r) - 1, e = 2^n (q + 1) - 1 = 2^n q + (2^n - 1), where the difference is exact as
        // long as it matters.
        float shifted = Fma.of(twice, Coefficients.LOG2_E, Coefficients.ROUNDER);
        float n = shifted - Coefficients.ROUNDER;
        float r = Fma.of(n, -Coefficients.LN2_LOW, Fma.of(n, -Coefficients.LN2_HIGH, twice));
        float p = Fma.of(Coefficients.C7, r, Coefficients.C6);
        p = Fma.of(p, r, Coefficients.C5);
        p = Fma.of(p, r, Coefficients.C4);
        p = Fma.of(p, r, Coefficients.C3);
        p = Fma.of(p, r, Coefficients.C2);
        float q = Fma.of(p, r * r, r);
        float power = Float.intBitsToFloat(Float.floatToRawIntBits(1f) + (Float.floatToRawIntBits(shifted) << 23));
        float e = Fma.of(power, q, power - 1f);
        float y = e / (e + 2f);
        return x < 0f ? -y : y;
    }

    /** {@code tanh(a)} times the logistic function of b, as {@code tanh(a) / (1 + exp(-b))}. */
    public static float gatedTanh(float a, float b) {
        return tanh(a) / (1f + exp(-b));
    }
}
