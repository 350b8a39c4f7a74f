package dev.ardm.exact;

/**
 * The scalar definitions of the elementary functions. They use {@code + - * /}, {@code fma} and integer arithmetic only, which Java fixes to the
 * last bit, and none of the library functions that may differ between platforms.
 */
public final class ScalarMath {
    /** Below this {@link #exp} is 0: the result would be smaller than the smallest normal float. */
    static final float EXP_MIN = -87.33654f;

    /** Above this {@link #exp} is positive infinity. */
    static final float EXP_MAX = 88.72283f;

    static final float LOG2_E = 1.442695f;
    /** Adding it rounds to an integer, which then stands in the lowest bits of the sum. */
    static final float ROUNDER = 12582912f;

    static final float LN2_HIGH = 0.6933594f;
    static final float LN2_LOW = -2.1219444e-4f;
    static final float C2 = 0.5f;
    static final float C3 = 0.16666666f;
    static final float C4 = 0.041665796f;
    static final float C5 = 0.008333452f;
    static final float C6 = 0.0013981999f;
    static final float C7 = 1.9875691e-4f;

    /** The bits of 1. */
    static final int ONE = 0x3F800000;

    /** The bits of 1 less those of sqrt(1/2), where the significand of {@link #log} begins anew. */
    static final int LOG_SHIFT = ONE - 0x3F3504F3;

    /** The bits of 2^23; a small integer added to them is added to the number. */
    static final int LOG_INTEGER = 0x4B000000;

    /** 2^23, by which subnormal arguments of {@link #log} are multiplied, which is exact. */
    static final float LOG_ENLARGER = 8388608f;

    /** 2^23 + 127: what turns {@link #LOG_INTEGER} plus a biased exponent into the exponent. */
    static final float LOG_NORMAL = 8388735f;

    /** The same for enlarged arguments. */
    static final float LOG_SUBNORMAL = 8388758f;

    /** ln 2 without its last bits, so that its product with an exponent is exact, and the rest. */
    static final float LOG_LN2_HIGH = 0.6931381f;

    static final float LOG_LN2_LOW = 9.058001e-6f;
    static final float L2 = 0.6666666f;
    static final float L4 = 0.40000972f;
    static final float L6 = 0.28498787f;
    static final float L8 = 0.24279079f;

    /** 2 sqrt(2 / pi). */
    static final float GELU_LINEAR = 1.595769f;
    /** 0.044715 times 2 sqrt(2 / pi). */
    static final float GELU_CUBIC = 0.07135482f;

    /** {@link #tanh} takes twice a number for no more than this, where it is 1 already: adding 2 to the exponential changes nothing. */
    static final float TANH_END = 20f;

    private ScalarMath() {}

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
        float shifted = Math.fma(x, LOG2_E, ROUNDER);
        float n = shifted - ROUNDER;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
        float p = Math.fma(C7, r, C6);
        p = Math.fma(p, r, C5);
        p = Math.fma(p, r, C4);
        p = Math.fma(p, r, C3);
        p = Math.fma(p, r, C2);
        float y = Math.fma(p, r * r, r) + 1f;
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
        int bits = Float.floatToRawIntBits(subnormal ? x * LOG_ENLARGER : x);
        // x = 2^k (1 + f) with 1 + f from sqrt(1/2) to sqrt(2).
        int n = (bits + LOG_SHIFT) >>> 23;
        float k = Float.intBitsToFloat(n + LOG_INTEGER) - (subnormal ? LOG_SUBNORMAL : LOG_NORMAL);
        float f = Float.intBitsToFloat(bits - (n << 23) + ONE) - 1f;
        // log(1 + f) = f - f^2 / 2 + s (f^2 / 2 + R) with s = f / (2 + f) and R an even polynomial of s (fdlibm).
        float s = f / (f + 2f);
        float z = s * s;
        float half = f * 0.5f;
        float p = Math.fma(L8, z, L6);
        p = Math.fma(p, z, L4);
        p = Math.fma(p, z, L2);
        float q = Math.fma(p, z, half * f);
        float r = Math.fma(-half, f, Math.fma(s, q, k * LOG_LN2_LOW));
        return Math.fma(k, LOG_LN2_HIGH, r + f);
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
        float z = x * Math.fma(x * x, GELU_CUBIC, GELU_LINEAR);
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
        if (twice > TANH_END) {
            twice = TANH_END;
        }
        // As in exp: with q = exp(r) - 1, e = 2^n (q + 1) - 1 = 2^n q + (2^n - 1), where the difference is exact as
        // long as it matters.
        float shifted = Math.fma(twice, LOG2_E, ROUNDER);
        float n = shifted - ROUNDER;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, twice));
        float p = Math.fma(C7, r, C6);
        p = Math.fma(p, r, C5);
        p = Math.fma(p, r, C4);
        p = Math.fma(p, r, C3);
        p = Math.fma(p, r, C2);
        float q = Math.fma(p, r * r, r);
        float power = Float.intBitsToFloat(Float.floatToRawIntBits(1f) + (Float.floatToRawIntBits(shifted) << 23));
        float e = Math.fma(power, q, power - 1f);
        float y = e / (e + 2f);
        return x < 0f ? -y : y;
    }

    /** {@code tanh(a)} times the logistic function of b, as {@code tanh(a) / (1 + exp(-b))}. */
    public static float gatedTanh(float a, float b) {
        return tanh(a) / (1f + exp(-b));
    }

    /** Adds 16 stripes from {@code offset}: four rounds, each adding the upper half to the lower half. */
    static float foldStripes(float[] stripes, int offset) {
        for (int half = Kernels.STRIPES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                stripes[offset + i] += stripes[offset + i + half];
            }
        }
        return stripes[offset];
    }

    /** {@code 1 / sqrt(variance + eps)} in double, rounded once. The square root is the exact IEEE operation. */
    static float reciprocalRoot(double variance, float eps) {
        return (float) (1.0 / Math.sqrt(variance + eps));
    }
}
