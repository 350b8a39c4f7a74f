package dev.ardm.exact.internal.vector;

import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Statistics;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The passes of the normalisations, lanes across channels, for at least one vector of channels. Where the channels do not fill a whole number of
 * vectors, the last vector overlaps the one before and computes some channels twice, to the same bits.
 */
final class VectorNorms {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
    private static final int WIDTH = Lanes.WIDTH;

    private VectorNorms() {}

    static void sumBlock(float[] x, int xOffset, int rows, int channels, int first, int end, float[] block) {
        int c = first;
        for (; c + 4 * WIDTH <= end; c += 4 * WIDTH) {
            sumFour(x, xOffset + c, rows, channels, block, c);
        }
        for (; c + WIDTH <= end; c += WIDTH) {
            sumOne(x, xOffset + c, rows, channels, block, c);
        }
        if (c < end) {
            c = end - WIDTH;
            sumOne(x, xOffset + c, rows, channels, block, c);
        }
    }

    private static void sumFour(float[] x, int offset, int rows, int channels, float[] block, int c) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = FloatVector.zero(SPECIES);
        FloatVector d = FloatVector.zero(SPECIES);
        FloatVector e = FloatVector.zero(SPECIES);
        for (int i = 0; i < rows; i++) {
            int row = offset + i * channels;
            a = a.add(FloatVector.fromArray(SPECIES, x, row));
            b = b.add(FloatVector.fromArray(SPECIES, x, row + WIDTH));
            d = d.add(FloatVector.fromArray(SPECIES, x, row + 2 * WIDTH));
            e = e.add(FloatVector.fromArray(SPECIES, x, row + 3 * WIDTH));
        }
        a.intoArray(block, c);
        b.intoArray(block, c + WIDTH);
        d.intoArray(block, c + 2 * WIDTH);
        e.intoArray(block, c + 3 * WIDTH);
    }

    private static void sumOne(float[] x, int offset, int rows, int channels, float[] block, int c) {
        FloatVector a = FloatVector.zero(SPECIES);
        for (int i = 0; i < rows; i++) {
            a = a.add(FloatVector.fromArray(SPECIES, x, offset + i * channels));
        }
        a.intoArray(block, c);
    }

    static void squareBlock(
            float[] x, int xOffset, int rows, int channels, int first, int end, float[] mean, float[] block) {
        int c = first;
        for (; c + 2 * WIDTH <= end; c += 2 * WIDTH) {
            squareTwo(x, xOffset + c, rows, channels, mean, block, c);
        }
        for (; c + WIDTH <= end; c += WIDTH) {
            squareOne(x, xOffset + c, rows, channels, mean, block, c);
        }
        if (c < end) {
            c = end - WIDTH;
            squareOne(x, xOffset + c, rows, channels, mean, block, c);
        }
    }

    private static void squareTwo(float[] x, int offset, int rows, int channels, float[] mean, float[] block, int c) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = FloatVector.zero(SPECIES);
        FloatVector meanA = FloatVector.fromArray(SPECIES, mean, c);
        FloatVector meanB = FloatVector.fromArray(SPECIES, mean, c + WIDTH);
        for (int i = 0; i < rows; i++) {
            int row = offset + i * channels;
            FloatVector da = FloatVector.fromArray(SPECIES, x, row).sub(meanA);
            FloatVector db = FloatVector.fromArray(SPECIES, x, row + WIDTH).sub(meanB);
            a = da.fma(da, a);
            b = db.fma(db, b);
        }
        a.intoArray(block, c);
        b.intoArray(block, c + WIDTH);
    }

    private static void squareOne(float[] x, int offset, int rows, int channels, float[] mean, float[] block, int c) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector meanA = FloatVector.fromArray(SPECIES, mean, c);
        for (int i = 0; i < rows; i++) {
            FloatVector d =
                    FloatVector.fromArray(SPECIES, x, offset + i * channels).sub(meanA);
            a = d.fma(d, a);
        }
        a.intoArray(block, c);
    }

    static void normalise(Rows given, Statistics statistics, float[] beta, float[] out, int outOffset) {
        float[] x = given.values();
        int xOffset = given.offset();
        int rows = given.count();
        int channels = given.width();
        float[] mean = statistics.mean();
        float[] scale = statistics.scale();
        int c = 0;
        // In place, an overlapping vector must be read before its neighbour is written: the last two go together.
        int apart = channels % WIDTH == 0 ? channels : channels - WIDTH;
        for (; c + WIDTH <= apart; c += WIDTH) {
            FloatVector m = FloatVector.fromArray(SPECIES, mean, c);
            FloatVector s = FloatVector.fromArray(SPECIES, scale, c);
            FloatVector b = FloatVector.fromArray(SPECIES, beta, c);
            for (int i = 0; i < rows; i++) {
                FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i * channels + c);
                v.sub(m).fma(s, b).intoArray(out, outOffset + i * channels + c);
            }
        }
        if (c < channels) {
            normaliseLast(x, xOffset, rows, channels, mean, scale, beta, out, outOffset, c);
        }
    }

    private static void normaliseLast(
            float[] x,
            int xOffset,
            int rows,
            int channels,
            float[] mean,
            float[] scale,
            float[] beta,
            float[] out,
            int outOffset,
            int c) {
        int last = channels - WIDTH;
        FloatVector m = FloatVector.fromArray(SPECIES, mean, c);
        FloatVector s = FloatVector.fromArray(SPECIES, scale, c);
        FloatVector b = FloatVector.fromArray(SPECIES, beta, c);
        FloatVector mLast = FloatVector.fromArray(SPECIES, mean, last);
        FloatVector sLast = FloatVector.fromArray(SPECIES, scale, last);
        FloatVector bLast = FloatVector.fromArray(SPECIES, beta, last);
        for (int i = 0; i < rows; i++) {
            int row = i * channels;
            FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + row + c);
            FloatVector vLast = FloatVector.fromArray(SPECIES, x, xOffset + row + last);
            v.sub(m).fma(s, b).intoArray(out, outOffset + row + c);
            vLast.sub(mLast).fma(sLast, bLast).intoArray(out, outOffset + row + last);
        }
    }

    /** {@code fma(x - mean, root * gamma, beta)} along a row. */
    static void normaliseRow(
            float[] x,
            int xOffset,
            int width,
            float mean,
            float root,
            float[] gamma,
            float[] beta,
            float[] out,
            int outOffset) {
        int end = SPECIES.loopBound(width);
        for (int i = 0; i < end; i += WIDTH) {
            FloatVector s = FloatVector.fromArray(SPECIES, gamma, i).mul(root);
            FloatVector b = FloatVector.fromArray(SPECIES, beta, i);
            FloatVector.fromArray(SPECIES, x, xOffset + i).sub(mean).fma(s, b).intoArray(out, outOffset + i);
        }
        for (int i = end; i < width; i++) {
            out[outOffset + i] = Math.fma(x[xOffset + i] - mean, root * gamma[i], beta[i]);
        }
    }
}
