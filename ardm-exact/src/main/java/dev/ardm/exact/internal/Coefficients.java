package dev.ardm.exact.internal;

/** The numbers in the definitions of the elementary functions, which scalar and vector code share. */
public final class Coefficients {
    public static final float LOG2_E = 1.442695f;
    /** Adding it rounds to an integer, which then stands in the lowest bits of the sum. */
    public static final float ROUNDER = 12582912f;

    public static final float LN2_HIGH = 0.6933594f;
    public static final float LN2_LOW = -2.1219444e-4f;
    public static final float C2 = 0.5f;
    public static final float C3 = 0.16666666f;
    public static final float C4 = 0.041665796f;
    public static final float C5 = 0.008333452f;
    public static final float C6 = 0.0013981999f;
    public static final float C7 = 1.9875691e-4f;

    /** The bits of 1. */
    public static final int ONE = 0x3F800000;

    /** The bits of 1 less those of sqrt(1/2), where the significand of the logarithm begins anew. */
    public static final int LOG_SHIFT = ONE - 0x3F3504F3;

    /** The bits of 2^23; a small integer added to them is added to the number. */
    public static final int LOG_INTEGER = 0x4B000000;

    /** 2^23, by which subnormal arguments of the logarithm are multiplied, which is exact. */
    public static final float LOG_ENLARGER = 8388608f;

    /** 2^23 + 127: what turns {@link #LOG_INTEGER} plus a biased exponent into the exponent. */
    public static final float LOG_NORMAL = 8388735f;

    /** The same for enlarged arguments. */
    public static final float LOG_SUBNORMAL = 8388758f;

    /** ln 2 without its last bits, so that its product with an exponent is exact, and the rest. */
    public static final float LOG_LN2_HIGH = 0.6931381f;

    public static final float LOG_LN2_LOW = 9.058001e-6f;
    public static final float L2 = 0.6666666f;
    public static final float L4 = 0.40000972f;
    public static final float L6 = 0.28498787f;
    public static final float L8 = 0.24279079f;

    /** 2 sqrt(2 / pi). */
    public static final float GELU_LINEAR = 1.595769f;
    /** 0.044715 times 2 sqrt(2 / pi). */
    public static final float GELU_CUBIC = 0.07135482f;

    /** The hyperbolic tangent takes twice a number for no more than this, where it is 1 already: adding 2 to the exponential changes nothing. */
    public static final float TANH_END = 20f;

    private Coefficients() {}
}
