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
    private static final int PARTS =
            1; // Binary logarithm of the classes of magnitude from one power of two to the next.
    private static final int CLASSES = 27 << PARTS;
    private static final int LENGTHS = 17;
    private static final int LEADING = 3; // So many bits after the first are not even.

    private static final int ZERO = 0;
    private static final int LONGER = ZERO + CLASSES;
    private static final int BIT = LONGER + CLASSES * LENGTHS;
    private static final int KIND = BIT + (CLASSES * LENGTHS << LEADING);
    private static final int FACTOR = KIND + 1;
    private static final int EXPONENT = FACTOR + AdaptiveBits.NUMBER;
    private static final int SIZE = EXPONENT + AdaptiveBits.NUMBER;
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
     * @param count of its values
     * @param width values of a row, at least 1
     * @throws DamagedException if it has values that are not finite, as far as damage shows
     */
    float[] code(float @Nullable [] known, int count, int width) throws DamagedException {
        WeightGrid grid = known == null ? null : WeightGrid.of(known).orElse(null);
        return bits.decide(coder, KIND, grid != null)
                ? multiples(grid(grid), known, count, width)
                : numbers(known, count);
    }

    private WeightGrid grid(@Nullable WeightGrid known) throws DamagedException {
        int factor = 2 * bits.number(coder, FACTOR, known == null ? 0 : known.factor() / 2) + 1;
        int change = known == null ? 0 : known.exponent() - exponent;
        change = bits.number(coder, EXPONENT, change << 1 ^ change >> 31);
        exponent += change >>> 1 ^ -(change & 1);
        try {
            return new WeightGrid(factor, exponent);
        } catch (IllegalArgumentException e) {
            throw DamagedException.inStream(0, String.valueOf(e.getMessage()));
        }
    }

    private float[] multiples(WeightGrid grid, float @Nullable [] known, int count, int width) throws DamagedException {
        float[] values = new float[count];
        int[] column = new int[Math.min(width, count)];
        Arrays.fill(column, -1);
        int recent = mean;
        long sum = mean;
        for (int i = 0; i < count; i++) {
            int c = i % width;
            int above = column[c] < 0 ? recent : column[c];
            int expected = (int) (sum / (i + 1) + recent + 2L * above >> 2);
            int multiple = multiple(magnitudeClass(expected), known == null ? 0 : grid.nearest(known[i]));
            values[i] = grid.value(multiple);
            if (!Float.isFinite(values[i])) {
                throw DamagedException.inStream(0, "a weight of the model is not a number of 32 bits");
            }
            int magnitude = Math.abs(multiple) << FRACTION;
            recent += magnitude - recent >> 4;
            column[c] = above + (magnitude - above >> 3);
            sum += magnitude;
        }
        mean = (int) (sum / (count + 1));
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
