package dev.ardm.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.error.DamagedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {
    private static float[] gaussian(Random random, int count, double scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * scale);
        }
        return values;
    }

    private static byte[] coded(List<float[]> tensors, int... shape) {
        WeightsWriter writer = new WeightsWriter();
        tensors.forEach(tensor -> writer.add("t", shape.length == 0 ? new int[] {tensor.length} : shape, tensor));
        return writer.toBytes();
    }

    /** The bits of all numbers, signs of zeros included. */
    private static void requireSame(List<float[]> tensors, int... shape) throws DamagedException {
        WeightsReader reader = new WeightsReader(coded(tensors, shape));
        for (float[] tensor : tensors) {
            float[] read = reader.next(shape.length == 0 ? new int[] {tensor.length} : shape);
            assertThat(bits(read)).isEqualTo(bits(tensor));
        }
        reader.close();
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16})
    void multiplesComeBackExactlyAtEveryWidth(int width) throws DamagedException {
        Random random = new Random(width);
        List<float[]> tensors = new ArrayList<>();
        for (double scale : new double[] {1e-30, 1e-3, 1, 1e20}) {
            float[] values = gaussian(random, 35, scale);
            float most = 0;
            for (float value : values) {
                most = Math.max(most, Math.abs(value));
            }
            WeightGrid grid = WeightGrid.near(most / ((1 << width - 1) - 0.5));
            float[] rounded = grid.round(values);
            for (int i = 0; i < values.length; i++) {
                assertThat((double) rounded[i]).isEqualTo(grid.nearest(values[i]) * grid.step());
                assertThat(Math.abs(rounded[i] - (double) values[i])).isLessThanOrEqualTo(grid.step() * 0.5000001);
            }
            assertThat(WeightGrid.of(rounded)).isPresent();
            tensors.add(rounded);
        }
        requireSame(tensors, 5, 7);
        requireSame(tensors);
    }

    @Test
    void whateverIsFiniteComesBackExactly() throws DamagedException {
        Random random = new Random(1);
        float[] any = new float[5000];
        for (int i = 0; i < any.length; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            any[i] = Float.isFinite(value) ? value : i;
        }
        requireSame(List.of(
                any,
                gaussian(random, 999, 0.1),
                new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -Float.MIN_VALUE, 0, -0f},
                new float[] {Float.MAX_VALUE},
                new float[] {-Float.MIN_VALUE, 0, 3 * Float.MIN_VALUE},
                new float[] {-0f, 1},
                new float[] {0, 0, 0},
                new float[] {WeightGrid.MOST, -WeightGrid.MOST, 1},
                new float[] {WeightGrid.MOST + 1, 1},
                new float[] {(1 << 24) - 1, -((1 << 24) - 1)},
                new float[] {},
                new float[] {7}));
        requireSame(List.of(new float[100_000], gaussian(random, 100_000, 1)), 10, 20, 500);
        requireSame(List.of(new float[0]), 0, 3);
    }

    /** A block ends within the tensors, and the last one may be empty. */
    @Test
    void tensorsOfSeveralBlocksComeBack() throws DamagedException {
        WeightGrid grid = new WeightGrid(3, -7);
        float[] large = grid.round(gaussian(new Random(2), WeightsWriter.BLOCK / 2 + 5, 0.1));
        requireSame(List.of(large, large, large, large));
        requireSame(List.of(large, large, new float[] {1}));
        requireSame(List.of());
    }

    @Test
    void theCoarsestGridIsFound() {
        assertThat(WeightGrid.of(new float[] {0.75f, -1.5f, 0})).contains(new WeightGrid(3, -2));
        assertThat(WeightGrid.of(new float[] {0, 0})).contains(new WeightGrid(1, 0));
        assertThat(WeightGrid.of(new float[] {-5})).contains(new WeightGrid(5, 0));
        assertThat(WeightGrid.of(new float[] {1, -0f})).isEmpty();
        assertThat(WeightGrid.of(new float[] {1, 0x1p-17f})).isEmpty();
        assertThat(WeightGrid.of(new float[] {1, 0x1p-16f})).contains(new WeightGrid(1, -16));
        assertThat(WeightGrid.of(new float[] {1e30f, 1e-30f})).isEmpty();
        for (double step : new double[] {1, 0.3, 1e-3, 7.9, 1e-44, 0x1p-149, 1e-60}) {
            WeightGrid grid = WeightGrid.near(step);
            assertThat(grid.step()).isBetween(step >= 0x1p-140 ? step * 8 / 9 : 0, Math.max(step, 0x1p-149));
        }
        assertThatThrownBy(() -> WeightGrid.near(0)).hasMessageContaining("positive");
        assertThatThrownBy(() -> new WeightGrid(2, 0)).hasMessageContaining("odd");
        assertThatThrownBy(() -> new WeightGrid(1, 128)).hasMessageContaining("exponent");
    }

    /** Independent integers of a known law: nothing can code them in less than their entropy. */
    @ParameterizedTest
    @ValueSource(doubles = {0.6, 1.5, 4, 12, 40})
    void sizeIsWithinOnePercentOfTheEntropy(double deviation) {
        int count = 300_000;
        float[] values = new WeightGrid(1, 0).round(gaussian(new Random(3), count, deviation));
        double entropy = 0;
        for (int q = -400; q <= 400; q++) {
            double p = cumulative((q + 0.5) / deviation) - cumulative((q - 0.5) / deviation);
            entropy -= p > 0 ? p * Math.log(p) / Math.log(2) : 0;
        }
        int bytes = coded(List.of(values), 500, 600).length;
        assertThat(8.0 * bytes / count).isBetween(entropy * 0.995, entropy * 1.01);
    }

    private static double cumulative(double at) {
        double x = Math.max(-9, Math.min(9, at));
        double sum = 0; // Simpson's rule from 0 to x.
        int steps = 200;
        for (int k = 0; k <= steps; k++) {
            double point = x * k / steps;
            sum += (k == 0 || k == steps ? 1 : k % 2 == 1 ? 4 : 2) * Math.exp(-point * point / 2);
        }
        return 0.5 + sum * x / steps / 3 / Math.sqrt(2 * Math.PI);
    }

    /** Rows and columns of different scale are told apart: less than the entropy of all of them together. */
    @Test
    void columnsOfDifferentScaleAreLearnt() {
        int rows = 200;
        int columns = 500;
        Random random = new Random(4);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(random.nextGaussian() * (i % columns % 2 == 0 ? 1 : 50));
        }
        // 2.10 and 7.69 bits; without knowing which, half a bit to one bit more.
        assertThat(8.0 * coded(List.of(values), rows, columns).length / values.length)
                .isLessThan((2.10 + 7.69) / 2 * 1.05);
    }

    @Test
    void whatIsNotFiniteIsRefusedByName() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> new WeightsWriter().add("head.bias", new int[] {2}, new float[] {1, bad}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("tensor head.bias: value " + bad);
        }
    }

    /** Every bit, every length: refused, or other numbers, which the id of a model tells; never anything else. */
    @Test
    void damageIsRefusedOrReadsAsOtherNumbers() {
        Random random = new Random(5);
        float[] grid = new WeightGrid(5, -6).round(gaussian(random, 60, 1));
        float[] free = gaussian(random, 20, 1);
        byte[] sound = coded(List.of(grid, free));
        int refused = 0;
        for (int bit = 0; bit < 8 * sound.length; bit++) {
            byte[] damaged = sound.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            refused += refuses(damaged, grid, free) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(8 * sound.length * 3 / 4);
        for (int length = 0; length < sound.length; length++) {
            assertThat(refuses(Arrays.copyOf(sound, length), grid, free)).isTrue();
        }
        assertThat(refuses(Arrays.copyOf(sound, sound.length + 1), grid, free)).isTrue();
        assertThatCode(() -> refuses(sound, grid, free)).doesNotThrowAnyException();
    }

    private static boolean refuses(byte[] bytes, float[] grid, float[] free) {
        try {
            WeightsReader reader = new WeightsReader(bytes);
            for (float[] tensor : List.of(grid, free)) {
                for (float value : reader.next(tensor.length)) {
                    assertThat(value).isFinite();
                }
            }
            reader.close();
            return false;
        } catch (DamagedException e) {
            return true;
        }
    }

    /** A definition may claim a network of any size: nothing is allocated for it. */
    @Test
    void moreWeightsThanBytesCanHoldAreRefusedBeforeTheyAreAllocated() throws DamagedException {
        byte[] zeros = coded(List.of(new float[1_000_000]));
        new WeightsReader(zeros).next(1_000_000);
        assertThatThrownBy(() -> new WeightsReader(zeros).next(1 << 16, 1 << 15))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("cannot hold");
        assertThatThrownBy(() -> new WeightsReader(zeros).next(1 << 16, 1 << 16, 1 << 16, 1 << 16))
                .hasMessageContaining("cannot hold");
        WeightsReader reader = new WeightsReader(zeros);
        reader.next(1_000_000);
        assertThatThrownBy(() -> reader.next(1_000_000)).hasMessageContaining("cannot hold");
        assertThatThrownBy(() -> new WeightsReader(new byte[0]).next(1)).hasMessageContaining("cut off");
    }
}
