package dev.ardm.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.engine.LayerProbe;
import dev.ardm.core.engine.Piece;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rotary positions are what their paper says. */
class RotationTest {
    private static float[] rotated(float[] rows, int heads, int width, int[] places, float length) {
        return LayerProbe.run(List::of, new Weights(Map.of()), new Piece() {
            @Override
            public <T> T run(Ops<T> ops) {
                return ops.rotary(ops.input(rows, 1, 1, places.length, width), heads, places, length);
            }
        });
    }

    private static double product(float[] a, int from, float[] b, int to, int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> (double) a[from + i] * b[to + i])
                .sum();
    }

    /** The table grows, and what it had stays. */
    @Test
    void tablesHoldCosinesAndSines() {
        float[] few = Rotation.table(3, 5).clone();
        float[] more = Rotation.table(3, 2000);
        for (int place : new int[] {0, 1, 4, 5, 77, 1999}) {
            for (int i = 0; i < 3; i++) {
                double angle = place * Math.pow(10_000, -i / 3.0);
                assertThat(more[place * 6 + i]).isCloseTo((float) Math.cos(angle), within(1e-6f));
                assertThat(more[place * 6 + 3 + i]).isCloseTo((float) Math.sin(angle), within(1e-6f));
            }
        }
        assertThat(few).startsWith(java.util.Arrays.copyOf(more, 30));
    }

    /** A query's product with a key depends on their distance alone (equation 16), and all heads have the length asked for. */
    @Test
    void onlyDistancesMatter() {
        Random random = new Random(3);
        int heads = 3;
        int width = 24;
        int[] places = {0, 5, 12, 100, 105, 112, 905, 900};
        float[] same = new float[places.length * width];
        for (int i = 0; i < width; i++) {
            float value = (float) random.nextGaussian();
            for (int row = 0; row < places.length; row++) {
                same[row * width + i] = value;
            }
        }
        float[] turned = rotated(same, heads, width, places, 2);
        for (int head = 0; head < heads; head++) {
            int at = head * 8;
            for (int row = 0; row < places.length; row++) {
                assertThat(product(turned, row * width + at, turned, row * width + at, 8))
                        .isCloseTo(4, within(1e-5));
            }
            double five = product(turned, at, turned, width + at, 8);
            assertThat(five).isLessThan(3.999);
            assertThat(product(turned, 3 * width + at, turned, 4 * width + at, 8))
                    .isCloseTo(five, within(1e-4));
            assertThat(product(turned, 6 * width + at, turned, 7 * width + at, 8))
                    .isCloseTo(five, within(1e-4));
        }
        assertThat(rotated(new float[width], heads, width, new int[] {7}, 2)).containsOnly(0f);
    }
}
