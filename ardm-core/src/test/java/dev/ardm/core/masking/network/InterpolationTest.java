package dev.ardm.core.masking.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InterpolationTest {
    private static final UNetConfig CONFIG =
            new UNetConfig(List.of(8, 16), List.of(1, 1), List.of(1), List.of(false, true), 2, 4, 4, 8, 16, 0, true);

    private static boolean[] mask(int size, long seed, int outOf) {
        RandomStream random = RandomStream.of(seed, Purpose.TEST, 0);
        boolean[] known = new boolean[size];
        for (int i = 0; i < size; i++) {
            known[i] = random.nextInt(outOf) == 0;
        }
        return known;
    }

    /** Shepard's weighted mean in binary64, straight from its formula. */
    private static double[] naive(Space space, int[] item, boolean[] known, int y, int x, int channel) {
        double weights = 0;
        double sum = 0;
        double largest = space.maxCategories() - 1;
        for (int i = 0; i < item.length; i++) {
            int c = i % space.extent(2);
            int column = i / space.extent(2) % space.extent(1);
            int row = i / space.extent(2) / space.extent(1);
            if (c == channel && known[i] && (row != y || column != x)) {
                double weight = Math.pow(Math.hypot(row - y, column - x), -4);
                weights += weight;
                sum += weight * (2 * item[i] / largest - 1);
            }
        }
        return new double[] {weights == 0 ? 0 : sum / weights, weights / (1 + weights)};
    }

    @Test
    void itIsTheMeanWeightedByDistance() {
        for (Space space : List.of(
                Space.image(7, 5, 1, 256),
                Space.image(4, 9, 3, 17),
                Space.image(1, 6, 2, 2),
                Space.image(12, 1, 1, 9))) {
            int size = space.dimensions();
            List<int[]> items = TinyModels.items(space, 3, 4);
            int[] values = new int[3 * size];
            boolean[] known = new boolean[3 * size];
            for (int n = 0; n < 3; n++) {
                System.arraycopy(items.get(n), 0, values, n * size, size);
                System.arraycopy(mask(size, n, 1 + n), 0, known, n * size, size);
            }
            NetworkInput input = new NetworkInput(space, 3, values, known);
            float[] out = input.interpolated();
            int channels = space.extent(2);
            assertThat(out).hasSize(6 * size);
            for (int n = 0; n < 3; n++) {
                boolean[] own = Arrays.copyOfRange(known, n * size, (n + 1) * size);
                for (int i = 0; i < size; i++) {
                    int c = i % channels;
                    int place = i / channels;
                    double[] expected =
                            naive(space, items.get(n), own, place / space.extent(1), place % space.extent(1), c);
                    int at = 2 * n * size + place * 2 * channels + c;
                    assertThat((double) out[at]).isCloseTo(expected[0], within(2e-6));
                    assertThat((double) out[at + channels]).isCloseTo(expected[1], within(1e-6));
                }
            }
            assertThat(input.item(2).interpolated()).isEqualTo(Arrays.copyOfRange(out, 4 * size, 6 * size));
        }
    }

    @Test
    void nothingKnownTellsNothing() {
        Space space = Space.image(5, 4, 2, 16);
        float[] out = new NetworkInput(space, 1, new int[40], new boolean[40]).interpolated();
        assertThat(out).hasSize(80).containsOnly(0);
        boolean[] one = new boolean[40];
        one[6] = true; // place (0, 3), channel 0
        int[] values = new int[40];
        values[6] = 15;
        float[] told = new NetworkInput(space, 1, values, one).interpolated();
        assertThat(told[3 * 4]).as("a value does not tell of itself").isZero();
        assertThat(told[3 * 4 + 2]).isZero();
        assertThat(told[2 * 4]).isEqualTo(1);
        assertThat(told[2 * 4 + 2]).isEqualTo(0.5f);
        assertThat(told[2 * 4 + 1]).as("channels are by themselves").isZero();
    }

    /** What is erased must not reach a network, not by its interpolation either; of a coarse value only its middle does. */
    @Test
    void erasedValuesDoNotLeak() {
        Space space = Space.image(6, 6, 2, 256);
        Process upscale = new Upscale(space, 4, Given.NOTHING);
        List<int[]> items = TinyModels.items(space, 2, 5);
        boolean[] known = mask(72, 3, 2);
        int[] other = items.get(1).clone();
        for (int i = 0; i < 72; i++) {
            if (known[i]) {
                other[i] = items.get(0)[i];
            }
        }
        assertThat(new NetworkInput(space, 1, other, known).interpolated())
                .isEqualTo(new NetworkInput(space, 1, items.get(0), known).interpolated());
        for (int stage = 0; stage < 4; stage++) {
            int[] coarse = new int[72];
            for (int i = 0; i < 72; i++) {
                int done = stage + (known[i] ? 1 : 0);
                coarse[i] = upscale.coarse(items.get(0)[i], done) + (done == 0 ? 7 : upscale.width(done) / 2);
            }
            int[] stages = {stage};
            NetworkInput fine = new NetworkInput(upscale, 1, items.get(0), known, stages, null);
            NetworkInput rough = new NetworkInput(upscale, 1, coarse, known, stages, null);
            assertThat(rough.interpolated()).isEqualTo(fine.interpolated());
            assertThat(rough.valuesAndMask(2)).isEqualTo(fine.valuesAndMask(2));
            assertThat(rough.absorbedIds()).isEqualTo(fine.absorbedIds());
        }
    }

    /** From the second stage on all values tell something, and a value's own interval bounds what the others tell of it. */
    @Test
    void laterStagesHoldItWithinWhatIsKnown() {
        Space space = Space.image(6, 5, 1, 256);
        Process upscale = new Upscale(space, 4, Given.NOTHING);
        int[] item = TinyModels.items(space, 1, 7).get(0);
        boolean[] known = mask(30, 4, 3);
        for (int stage = 1; stage < 4; stage++) {
            float[] out = new NetworkInput(upscale, 1, item, known, new int[] {stage}, null).interpolated();
            int held = 0;
            for (int i = 0; i < 30; i++) {
                int done = stage + (known[i] ? 1 : 0);
                int least = upscale.coarse(item[i], done);
                int most = least + upscale.width(done) - 1;
                double mean = meanOfMiddles(upscale, item, known, stage, i);
                double expected = Math.max(2 * least / 255.0 - 1, Math.min(2 * most / 255.0 - 1, mean));
                held += expected == mean ? 0 : 1;
                assertThat((double) out[2 * i]).isCloseTo(expected, within(2e-6));
            }
            assertThat(held).as("values that were held").isPositive();
        }
    }

    private static double meanOfMiddles(Process process, int[] item, boolean[] known, int stage, int at) {
        double weights = 0;
        double sum = 0;
        for (int i = 0; i < item.length; i++) {
            if (i != at) {
                int done = stage + (known[i] ? 1 : 0);
                double middle = process.coarse(item[i], done) + (process.width(done) - 1) / 2.0;
                double weight = Math.pow(Math.hypot(i / 5 - at / 5, i % 5 - at % 5), -4);
                weights += weight;
                sum += weight * (2 * middle / 255 - 1);
            }
        }
        return sum / weights;
    }

    static Stream<MaskingDefinition> definitions() {
        Space space = Space.image(7, 5, 3, 17);
        Process pixels = new OrderAgnostic(space, 3, Given.NOTHING);
        Process single = new OrderAgnostic(space);
        Process upscale = new Upscale(space, 3, Given.NOTHING);
        return Stream.of(
                new MaskingDefinition(pixels, new LogisticMixture(4, 3), CONFIG, ""),
                new MaskingDefinition(single, new LogisticMixture(2, 1), CONFIG, ""),
                new MaskingDefinition(single, OutputDistribution.of(single), CONFIG, ""),
                new MaskingDefinition(upscale, new LogisticMixture(2, 1), CONFIG, ""));
    }

    /** Whatever the kernels and threads, and with no other places asked for, the bits are the same. */
    @ParameterizedTest
    @MethodSource("definitions")
    void theExactEngineKeepsItsBits(MaskingDefinition definition) {
        MaskingModel model = TinyModels.random(definition, 3);
        Process process = definition.process();
        int[] units = IntStream.range(0, process.units()).toArray();
        int[] item = TinyModels.items(process.space(), 1, 6).get(0);
        boolean[] unitMask = mask(process.units(), 1, 2);
        boolean[] known = new boolean[item.length];
        for (int i = 0; i < known.length; i++) {
            known[i] = unitMask[i / process.unitSize()];
        }
        int stage = process.stages() - 1;
        NetworkInput input = new NetworkInput(process, 1, item, known, new int[] {stage}, null);
        ItemEngine scalar = new ItemEngine(model.network(), model.weights(), Kernels.reference());
        ItemEngine best = new ItemEngine(model.network(), model.weights());
        int perUnit = definition.output().outputs();
        float[] expected = scalar.worker().logits(input, units);
        assertThat(expected).hasSize(units.length * perUnit);
        assertThat(best.worker().logits(input, units)).isEqualTo(expected);
        try (ItemEngine.Worker threads = best.worker(3)) {
            assertThat(threads.logits(input, units)).isEqualTo(expected);
        }
        int[] two = {units.length - 2, 1};
        float[] some = best.worker().logits(input, two);
        for (int i = 0; i < 2; i++) {
            assertThat(Arrays.copyOfRange(some, i * perUnit, (i + 1) * perUnit))
                    .isEqualTo(Arrays.copyOfRange(expected, two[i] * perUnit, (two[i] + 1) * perUnit));
        }
    }

    /** The means of a mixture are moved to where the neighbours point, and nothing else is. */
    @Test
    void meansStartWhereNeighboursPoint() {
        MaskingDefinition definition = definitions().findFirst().orElseThrow();
        MaskingModel model = TinyModels.random(definition, 3);
        String weight = model.network().logitBias().replace(".bias", ".weight");
        Weights zero = model.weights()
                .with(weight, new float[model.weights().get(weight).length])
                .with(
                        model.network().logitBias(),
                        new float[model.weights().get(model.network().logitBias()).length]);
        Space space = definition.space();
        int[] item = TinyModels.items(space, 1, 6).get(0);
        boolean[] known = new boolean[item.length];
        Arrays.fill(known, 0, 3 * 9, true);
        NetworkInput input = new NetworkInput(definition.process(), 1, item, known, new int[1], null);
        float[] outputs = new ItemEngine(model.network(), zero).worker().logits(input, new int[] {20});
        LogisticMixture mixture = (LogisticMixture) definition.output();
        float[] interpolated = input.interpolated();
        float[] expected = new float[mixture.outputs()];
        for (int c = 0; c < 3; c++) {
            Arrays.fill(
                    expected, mixture.mean(c), mixture.mean(c) + 4, interpolated[20 * 6 + c] / LogisticMixture.UNIT);
        }
        assertThat(outputs).isEqualTo(expected);
        assertThat(interpolated[20 * 6]).isNotZero();
    }
}
