package dev.ardm.exact;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The passes of the normalisations, lanes across channels. */
final class VectorNorms {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
    private static final int WIDTH = Lanes.WIDTH;

    /** For channels that do not fill a vector. */
    private static final VectorSpecies<Float> SHORT_SPECIES = FloatVector.SPECIES_128;

    private static final int SHORT = SHORT_SPECIES.length();

    private VectorNorms() {}

    static void sumBlock(float[] x, int xOffset, int rows, int channels, float[] block) {
        int c = 0;
        for (; c + 4 * WIDTH <= channels; c += 4 * WIDTH) {
            sumFour(x, xOffset + c, rows, channels, block, c);
        }
        for (; c + WIDTH <= channels; c += WIDTH) {
            sumOne(x, xOffset + c, rows, channels, block, c);
        }
        for (; c + SHORT <= channels; c += SHORT) {
            sumShort(x, xOffset + c, rows, channels, block, c);
        }
        for (int i = 0; c < channels && i < rows; i++) {
            for (int rest = c; rest < channels; rest++) {
                block[rest] += x[xOffset + i * channels + rest];
            }
        }
    }

    private static void sumFour(float[] x, int offset, int rows, int channels, float[] block, int c) {
        FloatVector a = FloatVector.fromArray(SPECIES, block, c);
        FloatVector b = FloatVector.fromArray(SPECIES, block, c + WIDTH);
        FloatVector d = FloatVector.fromArray(SPECIES, block, c + 2 * WIDTH);
        FloatVector e = FloatVector.fromArray(SPECIES, block, c + 3 * WIDTH);
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
        FloatVector a = FloatVector.fromArray(SPECIES, block, c);
        for (int i = 0; i < rows; i++) {
            a = a.add(FloatVector.fromArray(SPECIES, x, offset + i * channels));
        }
        a.intoArray(block, c);
    }

    private static void sumShort(float[] x, int offset, int rows, int channels, float[] block, int c) {
        FloatVector a = FloatVector.fromArray(SHORT_SPECIES, block, c);
        for (int i = 0; i < rows; i++) {
            a = a.add(FloatVector.fromArray(SHORT_SPECIES, x, offset + i * channels));
        }
        a.intoArray(block, c);
    }

    static void squareBlock(float[] x, int xOffset, int rows, int channels, float[] mean, float[] block) {
        int c = 0;
        for (; c + 2 * WIDTH <= channels; c += 2 * WIDTH) {
            squareTwo(x, xOffset + c, rows, channels, mean, block, c);
        }
        for (; c + WIDTH <= channels; c += WIDTH) {
            squareOne(x, xOffset + c, rows, channels, mean, block, c);
        }
        for (; c + SHORT <= channels; c += SHORT) {
            squareShort(x, xOffset + c, rows, channels, mean, block, c);
        }
        for (int i = 0; c < channels && i < rows; i++) {
            for (int rest = c; rest < channels; rest++) {
                float d = x[xOffset + i * channels + rest] - mean[rest];
                block[rest] = Math.fma(d, d, block[rest]);
            }
        }
    }

    private static void squareTwo(float[] x, int offset, int rows, int channels, float[] mean, float[] block, int c) {
        FloatVector a = FloatVector.fromArray(SPECIES, block, c);
        FloatVector b = FloatVector.fromArray(SPECIES, block, c + WIDTH);
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
        FloatVector a = FloatVector.fromArray(SPECIES, block, c);
        FloatVector meanA = FloatVector.fromArray(SPECIES, mean, c);
        for (int i = 0; i < rows; i++) {
            FloatVector d =
                    FloatVector.fromArray(SPECIES, x, offset + i * channels).sub(meanA);
            a = d.fma(d, a);
        }
        a.intoArray(block, c);
    }

    private static void squareShort(float[] x, int offset, int rows, int channels, float[] mean, float[] block, int c) {
        FloatVector a = FloatVector.fromArray(SHORT_SPECIES, block, c);
        FloatVector meanA = FloatVector.fromArray(SHORT_SPECIES, mean, c);
        for (int i = 0; i < rows; i++) {
            FloatVector d = FloatVector.fromArray(SHORT_SPECIES, x, offset + i * channels)
                    .sub(meanA);
            a = d.fma(d, a);
        }
        a.intoArray(block, c);
    }

    static void normalise(
            float[] x,
            int xOffset,
            int rows,
            int channels,
            float[] mean,
            float[] scale,
            float[] beta,
            float[] out,
            int outOffset) {
        int c = 0;
        for (; c + WIDTH <= channels; c += WIDTH) {
            FloatVector m = FloatVector.fromArray(SPECIES, mean, c);
            FloatVector s = FloatVector.fromArray(SPECIES, scale, c);
            FloatVector b = FloatVector.fromArray(SPECIES, beta, c);
            for (int i = 0; i < rows; i++) {
                FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i * channels + c);
                v.sub(m).fma(s, b).intoArray(out, outOffset + i * channels + c);
            }
        }
        for (; c + SHORT <= channels; c += SHORT) {
            normaliseShort(x, xOffset + c, rows, channels, mean, scale, beta, out, outOffset + c, c);
        }
        for (int i = 0; c < channels && i < rows; i++) {
            for (int rest = c; rest < channels; rest++) {
                int at = i * channels + rest;
                out[outOffset + at] = Math.fma(x[xOffset + at] - mean[rest], scale[rest], beta[rest]);
            }
        }
    }

    private static void normaliseShort(
            float[] x,
            int offset,
            int rows,
            int channels,
            float[] mean,
            float[] scale,
            float[] beta,
            float[] out,
            int outOffset,
            int c) {
        FloatVector m = FloatVector.fromArray(SHORT_SPECIES, mean, c);
        FloatVector s = FloatVector.fromArray(SHORT_SPECIES, scale, c);
        FloatVector b = FloatVector.fromArray(SHORT_SPECIES, beta, c);
        for (int i = 0; i < rows; i++) {
            FloatVector v = FloatVector.fromArray(SHORT_SPECIES, x, offset + i * channels);
            v.sub(m).fma(s, b).intoArray(out, outOffset + i * channels);
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
