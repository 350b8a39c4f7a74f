package dev.ardm.exact.internal.vector;

import dev.ardm.exact.Kernels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Striped sums, see {@link Kernels}: 16 lanes are the 16 stripes, whether in one vector, two or four. */
final class VectorStripes {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
    private static final int WIDTH = Lanes.WIDTH;
    private static final int STRIPES = Kernels.STRIPES;

    private VectorStripes() {}

    /** Sets the stripes to those of the sum of x. */
    static void sum(float[] x, int offset, int length, float[] stripes) {
        Arrays.fill(stripes, 0, STRIPES, 0f);
        int end = length / STRIPES * STRIPES;
        for (int s = 0; s < STRIPES; s += WIDTH) {
            sumLanes(x, offset + s, end, stripes, s);
        }
        for (int i = end; i < length; i++) {
            stripes[i - end] += x[offset + i];
        }
    }

    private static void sumLanes(float[] x, int offset, int end, float[] stripes, int s) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < end; i += STRIPES) {
            sum = sum.add(FloatVector.fromArray(SPECIES, x, offset + i));
        }
        sum.intoArray(stripes, s);
    }

    /** Sets the stripes to those of the sum of squared differences from the mean. */
    static void squares(float[] x, int offset, int length, float mean, float[] stripes) {
        Arrays.fill(stripes, 0, STRIPES, 0f);
        int end = length / STRIPES * STRIPES;
        for (int s = 0; s < STRIPES; s += WIDTH) {
            squareLanes(x, offset + s, end, mean, stripes, s);
        }
        for (int i = end; i < length; i++) {
            float d = x[offset + i] - mean;
            stripes[i - end] = Math.fma(d, d, stripes[i - end]);
        }
    }

    private static void squareLanes(float[] x, int offset, int end, float mean, float[] stripes, int s) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < end; i += STRIPES) {
            FloatVector d = FloatVector.fromArray(SPECIES, x, offset + i).sub(mean);
            sum = d.fma(d, sum);
        }
        sum.intoArray(stripes, s);
    }

    /** The largest element. The order does not matter to a maximum. */
    static float max(float[] x, int offset, int length, float[] scratch) {
        float max = Float.NEGATIVE_INFINITY;
        int end = SPECIES.loopBound(length);
        if (end > 0) {
            FloatVector lanes = FloatVector.fromArray(SPECIES, x, offset);
            for (int i = WIDTH; i < end; i += WIDTH) {
                lanes = lanes.max(FloatVector.fromArray(SPECIES, x, offset + i));
            }
            lanes.intoArray(scratch, 0);
            for (int i = 0; i < WIDTH; i++) {
                max = Math.max(max, scratch[i]);
            }
        }
        for (int i = end; i < length; i++) {
            max = Math.max(max, x[offset + i]);
        }
        return max;
    }
}
