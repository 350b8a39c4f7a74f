package dev.ardm.core.masking.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transformers on the exact engine: zero tolerance wherever bits can be the same. */
class TransformerTest {
    private static final Space LETTERS = Space.of(new int[] {37}, 11, Space.Scale.NOMINAL);

    static Stream<MaskingModel> models() {
        return Stream.of(
                TinyModels.transformer(LETTERS, 3),
                TinyModels.random(LETTERS, new TransformerConfig(1, 9, 1, 5, 0, 0.5), 4),
                TinyModels.transformer(Space.image(4, 3, 2, 11), 5));
    }

    private static ItemEngine engine(MaskingModel model) {
        return new ItemEngine(model.network(), model.weights());
    }

    private static int[] all(Space space) {
        return IntStream.range(0, space.dimensions()).toArray();
    }

    private static boolean[] known(Space space, int count, int item) {
        return new OrderAgnostic(space)
                .corrupt((count + 0.5) / space.dimensions(), RandomStream.of(1, Purpose.TEST, item))
                .known();
    }

    private static int[] item(Space space, long seed) {
        return TinyModels.items(space, 1, seed).get(0);
    }

    private static void assertSameBits(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        for (int i = 0; i < a.length; i++) {
            assertThat(Float.floatToRawIntBits(a[i])).as("value %d", i).isEqualTo(Float.floatToRawIntBits(b[i]));
        }
    }

    private static float[] rows(float[] logits, int[] rows, int categories) {
        float[] out = new float[rows.length * categories];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(logits, rows[i] * categories, out, i * categories, categories);
        }
        return out;
    }

    @ParameterizedTest
    @MethodSource("models")
    void batchAndPlaceInItDoNotMatter(MaskingModel model) {
        Space space = model.space();
        int dimensions = space.dimensions();
        List<int[]> items = TinyModels.items(space, 5, 1);
        int[] values = new int[5 * dimensions];
        boolean[] flags = new boolean[5 * dimensions];
        for (int n = 0; n < 5; n++) {
            System.arraycopy(items.get(n), 0, values, n * dimensions, dimensions);
            System.arraycopy(known(space, 4 * n, n), 0, flags, n * dimensions, dimensions);
        }
        int[] positions = IntStream.range(0, 5 * dimensions).toArray();
        ItemEngine.Worker worker = engine(model).worker();
        float[] batched = worker.logits(new NetworkInput(space, 5, values, flags), positions);
        int each = dimensions * space.maxCategories();
        for (int n = 0; n < 5; n++) {
            assertSameBits(
                    worker.logits(items.get(n), known(space, 4 * n, n), all(space)),
                    Arrays.copyOfRange(batched, n * each, (n + 1) * each));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void askingForFewerPositionsChangesNothing(MaskingModel model) {
        Space space = model.space();
        int[] item = item(space, 2);
        boolean[] known = known(space, 9, 4);
        float[] whole = engine(model).worker().logits(item, known, all(space));
        int last = space.dimensions() - 1;
        for (int[] some : new int[][] {{last, 3, 2, 11, 0}, {7}, {0, 1, 2}}) {
            assertSameBits(engine(model).worker().logits(item, known, some), rows(whole, some, space.maxCategories()));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void allKernelsGiveTheSameBits(MaskingModel model) {
        Space space = model.space();
        ItemEngine reference = new ItemEngine(model.network(), model.weights(), Kernels.reference());
        int[] item = item(space, 3);
        boolean[] known = known(space, 12, 5);
        assertSameBits(
                engine(model).worker().logits(item, known, all(space)),
                reference.worker().logits(item, known, all(space)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void whatIsUnknownCannotBeSeen(MaskingModel model) {
        Space space = model.space();
        int[] item = item(space, 5);
        boolean[] known = known(space, 8, 5);
        int[] other = item.clone();
        for (int i = 0; i < other.length; i++) {
            if (!known[i]) {
                other[i] = (other[i] + 1 + i % 10) % 11;
            }
        }
        assertSameBits(
                engine(model).worker().logits(item, known, all(space)),
                engine(model).worker().logits(other, known, all(space)));
    }

    /** Every place sees every other: bidirectional, and no data value is taken for an unknown one. */
    @ParameterizedTest
    @MethodSource("models")
    void whatIsKnownIsSeenEverywhere(MaskingModel model) {
        Space space = model.space();
        int k = space.maxCategories();
        int[] item = item(space, 6);
        boolean[] known = known(space, 6, 5);
        for (int at : new int[] {0, space.dimensions() / 2, space.dimensions() - 1}) {
            known[at] = false;
            float[] absorbed = engine(model).worker().logits(item, known, all(space));
            known[at] = true;
            for (int value = 0; value < k; value++) {
                item[at] = value;
                float[] seen = engine(model).worker().logits(item, known, all(space));
                for (int place : new int[] {0, 1, space.dimensions() - 1}) {
                    int[] row = {place};
                    assertThat(rows(seen, row, k)).as("%d at %d", value, at).isNotEqualTo(rows(absorbed, row, k));
                }
            }
        }
    }

    /** Without positions a set of values is all it sees, in whatever order they stand; with them the order matters. */
    @ParameterizedTest
    @MethodSource("models")
    void placesAreToldApartByTheirPositionsOnly(MaskingModel model) {
        Space space = model.space();
        int k = space.maxCategories();
        int[] order = RandomStream.of(8, Purpose.TEST, 0).permutation(space.dimensions());
        int[] item = item(space, 7);
        boolean[] known = known(space, 10, 7);
        int[] moved = new int[item.length];
        boolean[] movedKnown = new boolean[item.length];
        for (int i = 0; i < order.length; i++) {
            moved[i] = item[order[i]];
            movedKnown[i] = known[order[i]];
        }
        String positions = "in.position.weight";
        Weights blind =
                model.weights().with(positions, new float[model.weights().get(positions).length]);
        ItemEngine.Worker worker = new ItemEngine(model.network(), blind).worker();
        float[] expected = rows(worker.logits(item, known, all(space)), order, k);
        float[] actual = worker.logits(moved, movedKnown, all(space));
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f));
        }
        float[] seeing = rows(engine(model).worker().logits(item, known, all(space)), order, k);
        float[] movedSeeing = engine(model).worker().logits(moved, movedKnown, all(space));
        double difference = 0;
        for (int i = 0; i < seeing.length; i++) {
            difference = Math.max(difference, Math.abs(seeing[i] - movedSeeing[i]));
        }
        assertThat(difference).isGreaterThan(0.1);
    }

    /** A network starts as a distribution that looks at nothing: the bias of its logits. */
    @Test
    void itStartsFromTheBiasOfItsLogits() {
        Network network = Network.of(new TransformerConfig(3, 16, 2, 32, 8, 0.1), LETTERS);
        float[] bias = new float[11];
        for (int k = 0; k < 11; k++) {
            bias[k] = k * 0.25f - 1;
        }
        Weights weights = Weights.initial(network, 1).with(network.logitBias(), bias);
        float[] logits =
                new ItemEngine(network, weights).worker().logits(item(LETTERS, 1), known(LETTERS, 5, 1), all(LETTERS));
        for (int i = 0; i < logits.length; i++) {
            assertThat(logits[i]).isEqualTo(bias[i % 11]);
        }
    }

    @Test
    void parametersAreThoseOfTheSizes() {
        Network plain = Network.of(new TransformerConfig(2, 12, 3, 20, 0, 0), LETTERS);
        long block = 2 * 24 + 4 * (12 * 12 + 12) + (12 * 20 + 20) + (20 * 12 + 12);
        long without = (11 + 1) * 12 + 37 * 12 + 2 * block + 24 + (12 * 11 + 11);
        assertThat(plain.parameterCount()).isEqualTo(without);
        Network timed = Network.of(new TransformerConfig(2, 12, 3, 20, 6, 0), LETTERS);
        assertThat(timed.parameterCount()).isEqualTo(without + (6 * 12 + 12) + (12 * 12 + 12));
        assertThat(plain.layers()).extracting(Layer::name).doesNotHaveDuplicates();
        assertThat(plain.unitsPerPlace()).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        TransformerConfig config = new TransformerConfig(1, 8, 2, 8, 0, 0);
        OrderAgnostic pixels = new OrderAgnostic(Space.image(2, 2, 3, 9), 3, Given.NOTHING);
        assertThatThrownBy(() -> Network.of(config, pixels, new LogisticMixture(2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a place for each variable");
        Space huge = Space.of(new int[] {1 << 24}, 2, Space.Scale.NOMINAL);
        assertThatThrownBy(() -> Network.of(new TransformerConfig(1, 4096, 2, 8, 0, 0), huge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 65536 variables");
        assertThatThrownBy(() -> new TransformerConfig(0, 8, 2, 8, 0, 0)).hasMessageContaining("layers");
        assertThatThrownBy(() -> new TransformerConfig(257, 8, 2, 8, 0, 0)).hasMessageContaining("layers");
        assertThatThrownBy(() -> new TransformerConfig(1, 8, 3, 8, 0, 0)).hasMessageContaining("multiple of the heads");
        assertThatThrownBy(() -> new TransformerConfig(1, 8, 0, 8, 0, 0)).hasMessageContaining("heads");
        assertThatThrownBy(() -> new TransformerConfig(1, 4098, 2, 8, 0, 0)).hasMessageContaining("width");
        assertThatThrownBy(() -> new TransformerConfig(1, 8, 2, 0, 0, 0)).hasMessageContaining("hidden");
        assertThatThrownBy(() -> new TransformerConfig(1, 8, 2, 8, 3, 0)).hasMessageContaining("time");
        assertThatThrownBy(() -> new TransformerConfig(1, 8, 2, 8, -2, 0)).hasMessageContaining("time");
        assertThatThrownBy(() -> new TransformerConfig(1, 8, 2, 8, 0, 1)).hasMessageContaining("dropout");
        assertThatThrownBy(() -> new TransformerConfig(1, 8, 2, 8, 0, Double.NaN))
                .hasMessageContaining("dropout");
    }
}
