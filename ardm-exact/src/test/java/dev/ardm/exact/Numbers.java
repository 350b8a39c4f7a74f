package dev.ardm.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What the tests share. */
final class Numbers {
    static final Kernels SCALAR = Kernels.reference();
    static final Kernels PLAIN = KernelChoice.best("plain");
    static final Kernels VECTOR = KernelChoice.best("vector");
    static final List<Kernels> FAST = List.of(PLAIN, VECTOR);

    static final List<Kernels> ALL = List.of(SCALAR, PLAIN, VECTOR);

    private Numbers() {}

    /** So many rounds, times the system property {@code ardm.test.rounds}. */
    static int rounds(int count) {
        return count * Integer.getInteger("ardm.test.rounds", 1);
    }

    /** Normal numbers times {@code scale}, with some zeros of both signs. */
    static float[] random(Random random, int length, double scale) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            int kind = random.nextInt(40);
            values[i] = kind == 0 ? 0f : kind == 1 ? -0f : (float) (random.nextGaussian() * scale);
        }
        return values;
    }

    /** An array full of a number that no operation should leave standing, or touch outside its range. */
    static float[] untouched(int length) {
        float[] values = new float[length];
        Arrays.fill(values, 12345.678f);
        return values;
    }

    static void assertSameBits(float[] actual, float[] expected, String what) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            if (Float.floatToRawIntBits(actual[i]) != Float.floatToRawIntBits(expected[i])) {
                throw new AssertionError(what + ": element " + i + " is " + actual[i] + ", not " + expected[i]);
            }
        }
    }
}
