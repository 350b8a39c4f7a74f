package dev.ardm.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What the tests of random networks share. */
public final class Engines {
    public static final Kernels SCALAR = Kernels.reference();

    /** All kernels of this JVM; the fastest are those of the Vector API if the module is there. */
    public static final List<Kernels> KERNELS = List.of(Kernels.best(), kernels("plain"), SCALAR);

    private Engines() {}

    private static Kernels kernels(String name) {
        String before = System.getProperty("ardm.kernels");
        try {
            System.setProperty("ardm.kernels", name);
            return Kernels.best();
        } finally {
            restore(before);
        }
    }

    private static void restore(@Nullable String value) {
        if (value == null) {
            System.clearProperty("ardm.kernels");
        } else {
            System.setProperty("ardm.kernels", value);
        }
    }

    /** So many rounds, times the system property {@code ardm.test.rounds}. */
    public static int rounds(int count) {
        return count * Integer.getInteger("ardm.test.rounds", 1);
    }

    public static <T> T oneOf(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Normal numbers times {@code scale}, with some zeros of both signs. */
    public static float[] numbers(Random random, int length, double scale) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            int kind = random.nextInt(40);
            values[i] = kind == 0 ? 0f : kind == 1 ? -0f : (float) (random.nextGaussian() * scale);
        }
        return values;
    }

    /** Weights that keep numbers at their size, none of them at a special value. */
    public static Weights weights(Random random, List<Layer> layers) {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (Layer layer : layers) {
            for (Parameter parameter : layer.parameters()) {
                boolean bias = parameter.name().endsWith(".bias");
                double scale = bias ? 0.5 : 1 / Math.sqrt(parameter.fanIn());
                values.put(parameter.name(), numbers(random, parameter.size(), scale));
            }
        }
        return new Weights(values);
    }

    /** Throws an unchecked failure. */
    public static void fail(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    public static void assertSameBits(float[] actual, float[] expected, String what) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            if (!Float.isFinite(expected[i])) {
                throw new AssertionError(what + ": a test with numbers that are not finite says nothing");
            }
            if (Float.floatToRawIntBits(actual[i]) != Float.floatToRawIntBits(expected[i])) {
                throw new AssertionError(what + ": element " + i + " is " + actual[i] + ", not " + expected[i]);
            }
        }
    }
}
