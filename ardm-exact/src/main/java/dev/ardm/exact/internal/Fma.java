package dev.ardm.exact.internal;

/**
 * {@link Math#fma(float, float, float)}, to the bit, for code that must also be fast where the processor has no such instruction. Java then computes
 * with decimal numbers of any length, which takes hundreds of times as long.
 */
public final class Fma {
    /** Whether the JVM uses an instruction. Measured, because Java does not say; both ways give the same bits. */
    public static final boolean INSTRUCTION = measured();

    /** The smallest normal float. */
    private static final double MIN_NORMAL = Float.MIN_NORMAL;

    /** The bits of a double that a float does not have, and what they are half-way between two normal floats. */
    private static final int REST = 0x1FFF_FFFF;

    private static final int HALF = 0x1000_0000;

    private Fma() {}

    /** {@code a * b + c}, rounded once. */
    public static float of(float a, float b, float c) {
        return INSTRUCTION ? Math.fma(a, b, c) : emulated(a, b, c);
    }

    /**
     * The same in double. The product is exact there. The sum is rounded to double and then to float, and that differs from rounding once only where
     * the double is half-way between two floats.
     */
    public static float emulated(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        if (((int) Double.doubleToRawLongBits(sum) & REST) == HALF || Math.abs(sum) < MIN_NORMAL) {
            return roundedOnce(product, c, sum);
        }
        return (float) sum;
    }

    /**
     * Rounds an inexact sum to odd: of the two doubles next to the true sum it takes the one whose last bit is 1, which is never half-way between
     * floats, and on the same side of every such point as the true sum (Boldo and Melquiond 2008).
     */
    private static float roundedOnce(double product, double c, double sum) {
        // What rounding took away, exactly (Knuth's TwoSum): nothing of it overflows or underflows.
        double fromC = sum - product;
        double error = (product - (sum - fromC)) + (c - fromC);
        long bits = Double.doubleToRawLongBits(sum);
        if ((bits & 1) == 0 && error != 0) {
            bits += error > 0 == sum > 0 ? 1 : -1;
        }
        return (float) Double.longBitsToDouble(bits);
    }

    /** The best of a few short runs of each way, which takes microseconds, or some milliseconds where there is no instruction. */
    private static boolean measured() {
        long direct = Long.MAX_VALUE;
        long emulated = Long.MAX_VALUE;
        float x = 1.25f;
        for (int round = 0; round < 4; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 64; i++) {
                x = Math.fma(x, 0.75f, 0.3f);
            }
            long middle = System.nanoTime();
            for (int i = 0; i < 64; i++) {
                x = emulated(x, 0.75f, 0.3f);
            }
            long end = System.nanoTime();
            direct = Math.min(direct, middle - start);
            emulated = Math.min(emulated, end - middle);
        }
        return direct < 4 * emulated && x > 0;
    }
}
