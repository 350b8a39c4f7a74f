package dev.ardm.core.weights;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.decision.AdaptiveBits;
import dev.ardm.core.decision.Logistic;
import dev.ardm.core.decision.SymbolCoder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Codes tensors, one after the other: those of a grid as integers, others number by number. Writing and reading are the same steps, and both learn
 * from all tensors before.
 *
 * <p>An integer is coded by how large those around it are: the ones before it in its row, those of its column, and all before it in the
 * tensor. The idea of contexts from what is near is that of S. Wiedemann et al., "DeepCABAC: A Universal Compression Algorithm for Deep Neural
 * Networks", arXiv 1907.11900 (2019).
 */
final class WeightCoder {
    /** A byte holds fewer weights, because whether one is zero is never surer than {@link #LEAST}: that costs 0.093 bits. */
    static final int PER_BYTE = 96;

    private static final int LEAST = Logistic.ONE / 16;

    private static final int FRACTION = 8; // Bits of averages after the point.
    private static final int PARTS = 1; // Binary logarithm of the classes of magnitude from one power of two to the next.
    private static final int CLASSES = 27 << PARTS;
    private static final int LARGEST = WeightGrid.MOST << FRACTION; // Of expected magnitudes.
    private static final int LENGTHS = 17;
    private static final int LEADING = 3; // So many bits after the first are not even.

    private static final int ZERO = 0;
    private static final int LONGER = ZERO + CLASSES;
    private static final int BIT = LONGER + CLASSES * LENGTHS;
    private static final int KIND = BIT + (CLASSES * LENGTHS << LEADING);
    private static final int FACTOR = KIND + 1;
    private static final int EXPONENT = FACTOR + AdaptiveBits.NUMBER;
    private static final int ROWS = EXPONENT + AdaptiveBits.NUMBER;
    private static final int COLUMNS = ROWS + 1 + AdaptiveBits.NUMBER;
    private static final int SIZE = COLUMNS + 1 + AdaptiveBits.NUMBER;
    private static final int FLOAT_EXPONENT = SIZE + AdaptiveBits.NUMBER;
    private static final int ALL = FLOAT_EXPONENT + 256;

    private static final int MANTISSA = 23;

    private final SymbolCoder coder;
    private final AdaptiveBits bits = new AdaptiveBits(ALL);
    private int exponent; // Of the step before.
    private int mean; // Of the magnitudes in the tensor before.

    WeightCoder(SymbolCoder coder) {
        this.coder = coder;
    }

    /**
     * Codes a tensor.
     *
     * @param known its values, all finite; null when reading
     * @param given the grid of its values, null if they have none; ignored when reading
     * @param count of its values
     * @param width number of its columns, at least 1
     * @throws DamagedException if it has values that are not finite, as far as damage shows
     */
    float[] code(float @Nullable [] known, @Nullable WeightGrid given, int count, int width) throws DamagedException {
        if (bits.decide(coder, KIND, given != null)) {
            return multiples(grid(given, (count + width - 1) / width, Math.min(width, count)), known, count, width);
        }
        return numbers(known, count);
    }

    private WeightGrid grid(@Nullable WeightGrid given, int height, int width) throws DamagedException {
        int factor = 2 * bits.number(coder, FACTOR, given == null ? 0 : given.factor() / 2) + 1;
        exponent += difference(EXPONENT, given == null ? 0 : given.exponent() - exponent);
        int[] rows = doublings(given == null ? null : given.rows(), ROWS, height);
        int[] columns = doublings(given == null ? null : given.columns(), COLUMNS, width);
        try {
            return WeightGrid.of(factor, exponent).doubled(rows, columns);
        } catch (IllegalArgumentException e) {
            throw DamagedException.inStream(0, String.valueOf(e.getMessage()));
        }
    }

    /** Codes how often the steps of rows or of columns are doubled: each by how it differs from the one before. */
    private int[] doublings(int @Nullable [] given, int kind, int count) throws DamagedException {
        if (!bits.decide(coder, kind, given != null && given.length > 0)) {
            return new int[0];
        }
        int[] doublings = new int[count];
        int before = 0;
        for (int k = 0; k < count; k++) {
            before += difference(kind + 1, given == null ? 0 : given[k] - before);
            doublings[k] = before;
        }
        return doublings;
    }

    private int difference(int classes, int difference) throws DamagedException {
        int coded = bits.number(coder, classes, difference << 1 ^ difference >> 31);
        return coded >>> 1 ^ -(coded & 1);
    }

    private float[] multiples(WeightGrid grid, float @Nullable [] known, int count, int width)
            throws DamagedException {
        float[] values = new float[count];
        // Magnitudes in the smallest step, so that those of other rows and columns can be compared.
        long[] column = new long[Math.min(width, count)];
        Arrays.fill(column, -1);
        long recent = 0;
        long sum = 0;
        long units = 0;
        for (int i = 0; i < count; i++) {
            int c = i % width;
            int doublings = grid.doublings(i / width, c);
            if (i == 0) {
                recent = (long) mean << doublings;
                sum = recent;
            }
            long above = column[c] < 0 ? recent : column[c];
            long expected = sum / (i + 1) + recent + 2 * above >> 2;
            int given = magnitudeClass((int) Math.min(expected >> doublings, LARGEST));
            int multiple = multiple(given, known == null ? 0 : grid.nearest(known[i], doublings));
            values[i] = grid.value(multiple, doublings);
            if (!Float.isFinite(values[i])) {
                throw DamagedException.inStream(0, "a weight of the model is not a number of 32 bits");
            }
            long magnitude = (long) Math.abs(multiple) << FRACTION + doublings;
            recent += magnitude - recent >> 4;
            column[c] = above + (magnitude - above >> 3);
            sum += magnitude;
            units += Math.abs(multiple);
        }
        mean = (int) Math.min((units << FRACTION) / (count + 1), LARGEST);
        return values;
    }

    /** The class of an expected magnitude: its binary logarithm, in halves. */
    private static int magnitudeClass(int expected) {
        int shifted = expected + (1 << PARTS);
        int length = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(shifted);
        return (length - PARTS << PARTS) + (shifted >> length - PARTS & (1 << PARTS) - 1);
    }

    private int multiple(int given, int multiple) throws DamagedException {
        if (!bits.decide(coder, ZERO + given, LEAST, multiple != 0)) {
            return 0;
        }
        boolean negative = coder.decide(Logistic.ONE / 2, multiple < 0);
        int magnitude = Math.abs(multiple);
        int more = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(magnitude | 1);
        int length = 0;
        while (bits.decide(coder, LONGER + given * LENGTHS + length, length < more)) {
            if (++length == LENGTHS) {
                throw DamagedException.inStream(0, "a weight of the model is too large");
            }
        }
        int read = 1;
        int context = BIT + (given * LENGTHS + length << LEADING);
        for (int k = length - 1; k >= 0; k--) {
            boolean one = (magnitude >>> k & 1) == 1;
            int leading = length - 1 - k;
            one = leading < LEADING
                    ? bits.decide(coder, context + (read & (1 << leading) - 1 | 1 << leading), one)
                    : coder.decide(Logistic.ONE / 2, one);
            read = read << 1 | (one ? 1 : 0);
        }
        return negative ? -read : read;
    }

    /** Codes the fields of numbers that have no common step: sign, exponent, and as many bits of the fraction as any of them needs. */
    private float[] numbers(float @Nullable [] known, int count) throws DamagedException {
        int size = 0;
        for (int i = 0; known != null && i < count; i++) {
            int fraction = Float.floatToRawIntBits(known[i]) & (1 << MANTISSA) - 1;
            size = Math.max(size, fraction == 0 ? 0 : MANTISSA - Integer.numberOfTrailingZeros(fraction));
        }
        size = bits.number(coder, SIZE, size);
        if (size > MANTISSA) {
            throw DamagedException.inStream(0, "a weight of the model has " + size + " bits after the point");
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            int field = known == null ? 0 : Float.floatToRawIntBits(known[i]);
            int read = coder.decide(Logistic.ONE / 2, field < 0) ? 1 : 0;
            int node = 1;
            for (int k = MANTISSA + 7; k >= MANTISSA; k--) {
                node = node << 1 | (bits.decide(coder, FLOAT_EXPONENT + node, (field >>> k & 1) == 1) ? 1 : 0);
            }
            read = read << 8 | node & 0xFF;
            for (int k = MANTISSA - 1; k >= MANTISSA - size; k--) {
                read = read << 1 | (coder.decide(Logistic.ONE / 2, (field >>> k & 1) == 1) ? 1 : 0);
            }
            values[i] = Float.intBitsToFloat(read << MANTISSA - size);
            if (!Float.isFinite(values[i])) {
                throw DamagedException.inStream(0, "a weight of the model is " + values[i]);
            }
        }
        return values;
    }
}
