package dev.ardm.core.weights;

import java.util.Optional;

/**
 * The multiples of a step of {@code factor} x 2<sup>{@code exponent}</sup>: those of them that binary32 has exactly, so that nothing is rounded when a
 * weight is read.
 *
 * @param factor odd, from 1 to 2<sup>24</sup> - 1
 * @param exponent from {@link #LEAST_EXPONENT} to {@link #LARGEST_EXPONENT}
 */
public record WeightGrid(int factor, int exponent) {
    /** The largest multiple. */
    public static final int MOST = 1 << 16;

    /** Of the smallest positive binary32 number. */
    public static final int LEAST_EXPONENT = -149;

    /** Of the largest power of two in binary32. */
    public static final int LARGEST_EXPONENT = 127;

    private static final int PRECISION = 24;

    /** Of the factor of a step that is chosen: all its multiples are binary32 numbers then. */
    private static final int FACTOR_BITS = 4;

    /** Checks the ranges. */
    public WeightGrid {
        if (factor < 1 || factor >= 1 << PRECISION || factor % 2 == 0) {
            throw new IllegalArgumentException("the factor of a step must be odd and below 2^24, got " + factor);
        }
        if (exponent < LEAST_EXPONENT || exponent > LARGEST_EXPONENT) {
            throw new IllegalArgumentException("the exponent of a step must be in [" + LEAST_EXPONENT + ", "
                    + LARGEST_EXPONENT + "], got " + exponent);
        }
    }

    /**
     * The grid with the largest step that is at most a number: there are 8 of them from one power of two to the next.
     *
     * @param step positive and finite
     */
    public static WeightGrid near(double step) {
        if (!(step > 0) || Double.isInfinite(step)) {
            throw new IllegalArgumentException("a step must be positive and finite, got " + step);
        }
        int exponent = Math.max(LEAST_EXPONENT, Math.getExponent(step) - (FACTOR_BITS - 1));
        long factor = Math.max(1, (long) Math.scalb(step, -exponent));
        int zeros = Long.numberOfTrailingZeros(factor);
        return new WeightGrid((int) (factor >> zeros), exponent + zeros);
    }

    /**
     * The coarsest grid that has all of some values, each as a multiple of at most {@link #MOST}; empty if there is none, or one
     * of them is negative zero.
     *
     * @param values finite
     */
    public static Optional<WeightGrid> of(float[] values) {
        int least = Integer.MAX_VALUE;
        int largest = Integer.MIN_VALUE;
        for (float value : values) {
            if (value != 0) {
                least = Math.min(least, lastExponent(value));
                largest = Math.max(largest, Math.getExponent(value));
            } else if (1 / value < 0) {
                return Optional.empty();
            }
        }
        if (least == Integer.MAX_VALUE) {
            return Optional.of(new WeightGrid(1, 0));
        }
        if (largest - least > Long.SIZE - 2) {
            return Optional.empty();
        }
        long common = 0;
        long most = 0;
        for (float value : values) {
            long multiple = (long) Math.scalb(Math.abs((double) value), -least);
            common = greatestCommonDivisor(common, multiple);
            most = Math.max(most, multiple);
        }
        // The last bit of one of them is 1, so their common divisor is odd.
        return most / common > MOST || common >= 1 << PRECISION
                ? Optional.empty()
                : Optional.of(new WeightGrid((int) common, least));
    }

    /** The exponent of the last bit that is 1. */
    private static int lastExponent(float value) {
        int bits = Float.floatToRawIntBits(value);
        int exponent = bits >>> 23 & 0xFF;
        int significand = exponent == 0 ? bits & 0x7F_FFFF : bits & 0x7F_FFFF | 0x80_0000;
        return Math.max(1, exponent) - 150 + Integer.numberOfTrailingZeros(significand);
    }

    private static long greatestCommonDivisor(long a, long b) {
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    /** The step. */
    public double step() {
        return Math.scalb((double) factor, exponent);
    }

    /**
     * The value of a multiple.
     *
     * @param multiple of magnitude at most {@link #MOST}
     * @return the value; infinite if binary32 does not have it
     */
    float value(int multiple) {
        double value = multiple * step(); // Exact: 17 and 24 bits.
        return (float) value == value ? (float) value : Float.POSITIVE_INFINITY;
    }

    /** The multiple that is nearest to a value, the even one of two, and at most {@link #MOST} in magnitude. */
    int nearest(float value) {
        return (int) Math.max(-MOST, Math.min(MOST, Math.rint(value / step())));
    }

    /** Values rounded to their nearest multiples. */
    public float[] round(float[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = value(nearest(values[i]));
        }
        return rounded;
    }
}
