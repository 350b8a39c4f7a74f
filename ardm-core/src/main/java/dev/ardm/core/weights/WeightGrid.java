package dev.ardm.core.weights;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The multiples of a step of {@code factor} x 2<sup>{@code exponent}</sup>, and of steps that are powers of two times as large in some rows and columns
 * of a tensor: those of them that binary32 has exactly, so that nothing is rounded when a weight is read. Immutable.
 */
public final class WeightGrid {
    /** The largest multiple. */
    public static final int MOST = 1 << 16;

    /** Of the smallest positive binary32 number. */
    public static final int LEAST_EXPONENT = -149;

    /** Of the largest power of two in binary32. */
    public static final int LARGEST_EXPONENT = 127;

    /** How many times the step of a row, or of a column, can be doubled. */
    public static final int MOST_DOUBLINGS = 15;

    private static final int PRECISION = 24;

    /** Of the factor of a step that is chosen: all its multiples are binary32 numbers then. */
    private static final int FACTOR_BITS = 4;

    private static final int[] NONE = {};

    private final int factor;
    private final int exponent;
    private final int[] rows;
    private final int[] columns;

    private WeightGrid(int factor, int exponent, int[] rows, int[] columns) {
        this.factor = factor;
        this.exponent = exponent;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * A grid of one step.
     *
     * @param factor odd, from 1 to 2<sup>24</sup> - 1
     * @param exponent from {@link #LEAST_EXPONENT} to {@link #LARGEST_EXPONENT}
     */
    public static WeightGrid of(int factor, int exponent) {
        if (factor < 1 || factor >= 1 << PRECISION || factor % 2 == 0) {
            throw new IllegalArgumentException("the factor of a step must be odd and below 2^24, got " + factor);
        }
        if (exponent < LEAST_EXPONENT || exponent > LARGEST_EXPONENT) {
            throw new IllegalArgumentException("the exponent of a step must be in [" + LEAST_EXPONENT + ", "
                    + LARGEST_EXPONENT + "], got " + exponent);
        }
        return new WeightGrid(factor, exponent, NONE, NONE);
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
        return of((int) (factor >> zeros), exponent + zeros);
    }

    /**
     * This grid with larger steps in some rows and columns.
     *
     * @param ofRows for each row how many times its step is doubled, from 0 to {@link #MOST_DOUBLINGS}; empty if none is
     * @param ofColumns the same for columns
     */
    public WeightGrid doubled(int[] ofRows, int[] ofColumns) {
        for (int[] some : new int[][] {ofRows, ofColumns}) {
            for (int doublings : some) {
                if (doublings < 0 || doublings > MOST_DOUBLINGS) {
                    throw new IllegalArgumentException(
                            "a step can be doubled 0 to " + MOST_DOUBLINGS + " times, got " + doublings);
                }
            }
        }
        return new WeightGrid(factor, exponent, ofRows.clone(), ofColumns.clone());
    }

    /**
     * The coarsest grid of one step that has all of some values, each as a multiple of at most {@link #MOST}; empty if there is none, or one
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
            return Optional.of(of(1, 0));
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
                : Optional.of(of((int) common, least));
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

    int factor() {
        return factor;
    }

    int exponent() {
        return exponent;
    }

    /** Doublings of rows; empty if there are none. */
    int[] rows() {
        return rows;
    }

    /** Doublings of columns; empty if there are none. */
    int[] columns() {
        return columns;
    }

    /** How many times the step is doubled at a place. */
    int doublings(int row, int column) {
        return (rows.length == 0 ? 0 : rows[row]) + (columns.length == 0 ? 0 : columns[column]);
    }

    /** The smallest step. */
    public double step() {
        return Math.scalb((double) factor, exponent);
    }

    /**
     * The value of a multiple.
     *
     * @param multiple of magnitude at most {@link #MOST}
     * @param doublings of the step at its place
     * @return the value; infinite if binary32 does not have it
     */
    float value(int multiple, int doublings) {
        double value = Math.scalb(multiple * step(), doublings); // Exact: 17 and 24 bits.
        return (float) value == value ? (float) value : Float.POSITIVE_INFINITY;
    }

    /** The multiple that is nearest to a value, the even one of two, and at most {@link #MOST} in magnitude. */
    int nearest(float value, int doublings) {
        return (int) Math.max(-MOST, Math.min(MOST, Math.rint(value / Math.scalb(step(), doublings))));
    }

    /**
     * Values rounded to their nearest multiples.
     *
     * @param shape of the tensor; the first extent counts its rows, of a vector there is one
     */
    public float[] round(float[] values, int... shape) {
        int width = width(shape, values.length);
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int doublings = doublings(i / width, i % width);
            rounded[i] = value(nearest(values[i], doublings), doublings);
        }
        return rounded;
    }

    /** The step at each place of a tensor of some shape. */
    public float[] steps(int count, int... shape) {
        int width = width(shape, count);
        float[] steps = new float[count];
        for (int i = 0; i < count; i++) {
            steps[i] = value(1, doublings(i / width, i % width));
        }
        return steps;
    }

    /** Number of columns of a tensor, at least 1: of a vector all values. */
    public static int width(int[] shape, int count) {
        return Math.max(1, shape.length < 2 || shape[0] == 0 ? count : count / shape[0]);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WeightGrid grid
                && grid.factor == factor
                && grid.exponent == exponent
                && Arrays.equals(grid.rows, rows)
                && Arrays.equals(grid.columns, columns);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new int[] {factor, exponent, Arrays.hashCode(rows), Arrays.hashCode(columns)});
    }

    @Override
    public String toString() {
        return factor + " x 2^" + exponent + (rows.length + columns.length == 0 ? "" : " and doublings of it");
    }
}
