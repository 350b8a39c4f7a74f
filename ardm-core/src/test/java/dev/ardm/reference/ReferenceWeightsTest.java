package dev.ardm.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.ardm.core.weights.WeightGrid;
import dev.ardm.core.weights.WeightsWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A reader of coded weights that was written from the specification reads the same. */
class ReferenceWeightsTest {
    @Test
    void readsTheSameWeights() throws IOException {
        Random random = new Random(1);
        Map<String, int[]> shapes = new LinkedHashMap<>();
        Map<String, float[]> tensors = new LinkedHashMap<>();
        int[][] some = {{30, 40}, {17}, {8, 3, 3, 5}, {1}, {64, 9}, {50}, {2, 2}};
        WeightsWriter writer = new WeightsWriter();
        for (int t = 0; t < 2 * some.length; t++) {
            int[] shape = some[t % some.length];
            float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * Math.pow(3, t % 5 - 3));
            }
            // Every third tensor as it is, without a step.
            float[] stored =
                    t % 3 == 2 ? values : WeightGrid.near(Math.pow(2.3, -t)).round(values);
            shapes.put("t" + t, shape);
            tensors.put("t" + t, stored);
            writer.add("t" + t, shape, stored);
        }
        // Zeros that fill the first block, and what begins another one.
        for (int[] shape : new int[][] {{1 << 10, 1 << 10}, {3}}) {
            String name = "block" + shape.length;
            shapes.put(name, shape);
            tensors.put(name, new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)]);
            writer.add(name, shape, tensors.get(name));
        }
        byte[] bytes = writer.toBytes();
        Map<String, float[]> read = ReferenceWeights.read(bytes, shapes);
        tensors.forEach((name, values) -> assertThat(read.get(name)).as(name).isEqualTo(values));
        assertThatIOException().isThrownBy(() -> ReferenceWeights.read(Arrays.copyOf(bytes, bytes.length + 1), shapes));
    }
}
