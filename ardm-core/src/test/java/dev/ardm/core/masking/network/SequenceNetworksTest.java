package dev.ardm.core.masking.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.Space.Scale;
import dev.ardm.core.TinyModels;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.network.CausalTransformerConfig;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.Ops;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dilated networks, causal networks, and transformers over tables, on the exact engine: zero tolerance. */
class SequenceNetworksTest {
    private static final Space SIGNAL = Space.of(new int[] {45}, 16, Scale.ORDERED);
    private static final Space STEREO = Space.of(new int[] {23, 2}, 9, Scale.ORDERED);
    private static final Space LETTERS = Space.of(new int[] {31}, 11, Scale.NOMINAL);
    private static final Space TABLE = Space.of(new int[] {5}, new int[] {3, 7, 2, 12, 4}, Scale.NOMINAL);
    private static final TransformerConfig TRANSFORMER = new TransformerConfig(2, 12, 3, 20, 0, 0);

    private static final CausalTransformerConfig ROTARY = new CausalTransformerConfig(2, 12, 3, 20, 50, false, 0);

    private static final CausalTransformerConfig ANY_ORDER =
            new CausalTransformerConfig(2, 12, 3, 20, 0, false, 0, true);

    private static Network of(Process process, NetworkConfig config) {
        return Network.of(config, process, OutputDistribution.of(process));
    }

    static Stream<Network> causal() {
        return Stream.of(
                of(new Autoregressive(LETTERS, false), TRANSFORMER),
                of(new Autoregressive(LETTERS, false), TRANSFORMER.withEnds(true)),
                of(new Autoregressive(LETTERS, true), TRANSFORMER),
                of(new Autoregressive(TABLE, true), TRANSFORMER),
                of(new Autoregressive(TABLE, false), new TransformerConfig(1, 9, 1, 5, 0, 0)),
                of(new Autoregressive(SIGNAL, false), new DilatedConfig(5, 8, 12, 3, 3, 4, 0)),
                of(new Autoregressive(SIGNAL, false), new DilatedConfig(5, 8, 12, 3, 3, 4, 0).withEnds(true)),
                of(new Autoregressive(STEREO, false), new DilatedConfig(3, 7, 5, 3, 2, 0, 0)),
                of(new Autoregressive(TABLE, false), ROTARY.withPlaces(true)),
                of(new Autoregressive(TABLE, true), ANY_ORDER),
                of(new Autoregressive(LETTERS, true), ANY_ORDER),
                of(new Autoregressive(STEREO, true), ANY_ORDER),
                of(new Autoregressive(STEREO, false), new CausalTransformerConfig(2, 8, 2, 9, 0, false, 0, true)));
    }

    /** Of any length, and told nothing of their ends. */
    static Stream<Network> endless() {
        return Stream.of(
                of(new Autoregressive(LETTERS, false), ROTARY),
                of(Autoregressive.infilling(LETTERS), ROTARY),
                of(new Autoregressive(SIGNAL, false), new CausalTransformerConfig(1, 8, 1, 5, 400, false, 0)),
                Network.of(
                        new CausalTransformerConfig(3, 8, 2, 11, 0, false, 0),
                        new Autoregressive(SIGNAL, false),
                        new LogisticMixture(3, 1)));
    }

    static Stream<Network> inAnyOrder() {
        Process stereo = new OrderAgnostic(STEREO, 2, Given.NOTHING);
        return Stream.of(
                of(new OrderAgnostic(SIGNAL), new DilatedConfig(5, 8, 12, 3, 3, 4, 6)),
                of(new OrderAgnostic(STEREO), new DilatedConfig(4, 20, 5, 5, 4, 0, 0)),
                of(new Upscale(SIGNAL, 4, Given.NOTHING), new DilatedConfig(2, 6, 3, 3, 2, 0, 2)),
                of(new Upscale(SIGNAL, 4, Given.NOTHING), new DilatedConfig(2, 6, 3, 3, 2, 0, 2, true)),
                Network.of(new DilatedConfig(2, 8, 3, 3, 2, 3, 2, true), stereo, new LogisticMixture(3, 2)),
                Network.of(new DilatedConfig(2, 8, 3, 3, 2, 3, 2), stereo, new LogisticMixture(3, 2)),
                of(new OrderAgnostic(TABLE), new TransformerConfig(2, 12, 3, 20, 4, 0)),
                of(new OrderAgnostic(SIGNAL), new DilatedConfig(5, 8, 12, 3, 3, 4, 6).withEnds(true)),
                of(new Upscale(SIGNAL, 4, Given.NOTHING), new DilatedConfig(2, 6, 3, 3, 2, 0, 2, true).withEnds(true)),
                Network.of(
                        new DilatedConfig(2, 8, 3, 3, 2, 3, 2, true).withEnds(true),
                        new OrderAgnostic(SIGNAL),
                        new LogisticMixture(3, 1)),
                of(new Upscale(SIGNAL, 4, Given.NOTHING), TRANSFORMER.withEnds(true)),
                of(new OrderAgnostic(LETTERS), new TransformerConfig(2, 12, 3, 20, 4, 0).withEnds(true)));
    }

    static Stream<Network> all() {
        return Stream.concat(endless(), Stream.concat(causal(), inAnyOrder()));
    }

    /** No parameter is left at zero or one. */
    private static Weights weights(Network network) {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            for (Layer.Parameter parameter : layer.parameters()) {
                RandomStream random = RandomStream.of(6, Purpose.TEST, values.size());
                float[] out = new float[parameter.size()];
                for (int i = 0; i < out.length; i++) {
                    out[i] = (float) (random.nextGaussian() / Math.sqrt(parameter.fanIn()));
                }
                values.put(parameter.name(), out);
            }
        }
        return new Weights(values);
    }

    private static int[] item(Network network, int number) {
        return TinyModels.items(network.space(), 5, 1).get(number);
    }

    private static int[] order(Network network, int number) {
        int units = network.process().units();
        return network.process() instanceof Autoregressive process && process.permuted()
                ? RandomStream.of(2, Purpose.TEST, number).permutation(units)
                : IntStream.range(0, units).toArray();
    }

    private static NetworkInput input(Network network, int[] item, boolean[] known, int number) {
        int stage = number % network.process().stages();
        return new NetworkInput(
                network.process(), 1, item, known, new int[] {stage}, new int[][] {order(network, number)});
    }

    private static boolean[] known(Network network, int number) {
        Process process = network.process();
        return process.corrupt((number + 0.5) / 5, RandomStream.of(3, Purpose.TEST, number))
                .known();
    }

    private static int[] units(Network network) {
        return IntStream.range(0, network.process().units()).toArray();
    }

    private static float[] logits(Network network, Weights weights, NetworkInput input, int[] units) {
        return new ItemEngine(network, weights).worker().logits(input, units);
    }

    private static void assertSameBits(float[] a, float[] b, String what) {
        assertThat(a).as(what).hasSameSizeAs(b);
        for (int i = 0; i < a.length; i++) {
            if (Float.floatToRawIntBits(a[i]) != Float.floatToRawIntBits(b[i])) {
                throw new AssertionError(what + ": " + a[i] + " and " + b[i] + " at " + i);
            }
        }
    }

    private static float[] row(Network network, float[] logits, int unit) {
        int outputs = network.output().outputs();
        return Arrays.copyOfRange(logits, unit * outputs, (unit + 1) * outputs);
    }

    /** Kernels, threads, the batch and what else is asked for. */
    @ParameterizedTest
    @MethodSource("all")
    void theSameBitsHoweverItIsEvaluated(Network network) {
        Weights weights = weights(network);
        int units = network.process().units();
        int dimensions = network.space().dimensions();
        int outputs = network.output().outputs();
        int[] values = new int[5 * dimensions];
        boolean[] known = new boolean[5 * dimensions];
        int[] stages = new int[5];
        int[][] orders = new int[5][];
        float[] expected = new float[5 * units * outputs];
        ItemEngine reference = new ItemEngine(network, weights, Kernels.reference());
        for (int n = 0; n < 5; n++) {
            System.arraycopy(item(network, n), 0, values, n * dimensions, dimensions);
            System.arraycopy(known(network, n), 0, known, n * dimensions, dimensions);
            stages[n] = n % network.process().stages();
            orders[n] = order(network, n);
            float[] alone =
                    reference.worker().logits(input(network, item(network, n), known(network, n), n), units(network));
            assertThat(alone).hasSize(units * outputs);
            System.arraycopy(alone, 0, expected, n * alone.length, alone.length);
        }
        NetworkInput batch = new NetworkInput(network.process(), 5, values, known, stages, orders);
        int[] everything = IntStream.range(0, 5 * units).toArray();
        for (Kernels kernels : List.of(Kernels.best(), Kernels.reference())) {
            for (int threads : new int[] {1, 2, 3}) {
                try (ItemEngine.Worker worker = new ItemEngine(network, weights, kernels).worker(threads)) {
                    assertSameBits(worker.logits(batch, everything), expected, kernels.name() + " on " + threads);
                    int[] some = {4 * units + 3, 3, 2, units - 1, 2 * units, 0};
                    float[] few = worker.logits(batch, some);
                    for (int i = 0; i < some.length; i++) {
                        assertSameBits(row(network, few, i), row(network, expected, some[i]), "unit " + some[i]);
                    }
                }
            }
        }
        // A batch in one evaluation, as training has it.
        int perPlace = network.unitsPerPlace();
        int[] places = IntStream.range(0, 5 * units / perPlace).toArray();
        float[] whole = dev.ardm.core.engine.LayerProbe.run(network, weights, new dev.ardm.core.engine.Piece() {
            @Override
            public <T> T run(Ops<T> ops) {
                return network.logits(ops, batch, places);
            }
        });
        assertSameBits(whole, expected, "in one evaluation");
    }

    static Stream<Network> withEnds() {
        return all().filter(Network::ends);
    }

    static Stream<Network> toldOfEnds() {
        return Stream.concat(causal(), inAnyOrder()).filter(Network::ends);
    }

    private static NetworkInput shorter(Network network, int length, int number) {
        Process process = network.process().ofLength(length);
        boolean[] known = process.corrupt((number + 0.5) / 5, RandomStream.of(3, Purpose.TEST, number))
                .known();
        int[] item = Arrays.copyOf(item(network, number), length);
        return new NetworkInput(process, 1, item, known, new int[] {number % process.stages()}, null);
    }

    /** An item of a batch of several lengths has the bits that it has alone, whatever is said to be after its end. */
    @ParameterizedTest
    @MethodSource("withEnds")
    void whatIsAfterTheEndChangesNothing(Network network) {
        Weights weights = weights(network);
        int outputs = network.output().outputs();
        int[] lengths = {9, 1, 14, 2, 13};
        int most = 14;
        Process process = network.process().ofLength(most);
        int[] values = new int[5 * most];
        boolean[] known = new boolean[5 * most];
        Arrays.fill(values, 5);
        int[] stages = new int[5];
        float[][] alone = new float[5][];
        for (int n = 0; n < 5; n++) {
            Process own = network.process().ofLength(lengths[n]);
            System.arraycopy(item(network, n), 0, values, n * most, lengths[n]);
            boolean[] flags = own.corrupt((n + 0.5) / 5, RandomStream.of(3, Purpose.TEST, n))
                    .known();
            Arrays.fill(known, n * most, (n + 1) * most, n % 2 == 0);
            System.arraycopy(flags, 0, known, n * most, lengths[n]);
            stages[n] = n % process.stages();
            int[] units = IntStream.range(0, lengths[n]).toArray();
            alone[n] = logits(network, weights, shorter(network, lengths[n], n), units);
            assertThat(alone[n]).hasSize(lengths[n] * outputs);
            for (Kernels kernels : List.of(Kernels.best(), Kernels.reference())) {
                for (int threads : new int[] {1, 2, 3}) {
                    try (ItemEngine.Worker worker = new ItemEngine(network, weights, kernels).worker(threads)) {
                        assertSameBits(worker.logits(shorter(network, lengths[n], n), units), alone[n], kernels.name());
                    }
                }
            }
        }
        NetworkInput batch =
                new NetworkInput(process, 5, values, known, stages, null, new int[] {-1, -1, -1, -1, -1}, lengths);
        int[] everything = IntStream.range(0, 5 * most).toArray();
        int[] present = IntStream.of(everything)
                .filter(i -> i % most < lengths[i / most])
                .toArray();
        float[] engine = new ItemEngine(network, weights).worker(2).logits(batch, present);
        float[] whole = dev.ardm.core.engine.LayerProbe.run(network, weights, new dev.ardm.core.engine.Piece() {
            @Override
            public <T> T run(Ops<T> ops) {
                return network.logits(ops, batch, everything);
            }
        });
        for (int i = 0; i < present.length; i++) {
            float[] wanted = row(network, alone[present[i] / most], present[i] % most);
            assertSameBits(row(network, engine, i), wanted, "unit " + present[i]);
            assertSameBits(row(network, whole, present[i]), wanted, "unit " + present[i] + " in one evaluation");
        }
    }

    /** Nothing is known, and yet the first value has another distribution where the item is longer; whole windows have no end. */
    @ParameterizedTest
    @MethodSource("toldOfEnds")
    void theEndIsSeen(Network network) {
        Weights weights = weights(network);
        float[] previous = {};
        for (int length : new int[] {1, 2, 3, network.space().dimensions()}) {
            Process process = network.process().ofLength(length);
            NetworkInput nothing = new NetworkInput(process, 1, new int[length], new boolean[length], new int[1], null);
            float[] first = logits(network, weights, nothing, new int[] {0});
            assertThat(first).isNotEqualTo(previous);
            previous = first;
        }
    }

    /** The values of a beginning have the bits that they have where the item goes on. */
    @ParameterizedTest
    @MethodSource("endless")
    void theEndIsNotSeen(Network network) {
        Weights weights = weights(network);
        float[] whole = logits(
                network,
                weights,
                shorter(network, 31, 1),
                IntStream.range(0, 31).toArray());
        for (int length : new int[] {1, 2, 17}) {
            float[] part = logits(
                    network,
                    weights,
                    shorter(network, length, 1),
                    IntStream.range(0, length).toArray());
            assertSameBits(part, Arrays.copyOf(whole, part.length), "of " + length);
        }
    }

    @Test
    void onlyNetworksWithEndsTakeShorterItems() {
        Network network = of(new OrderAgnostic(LETTERS), TRANSFORMER);
        assertRefused(() -> logits(network, weights(network), shorter(network, 30, 0), new int[] {0}), "shorter");
        Network ends = of(new OrderAgnostic(LETTERS), TRANSFORMER.withEnds(true));
        assertThat(ends.layers()).hasSize(network.layers().size() + 1);
        assertRefused(() -> ends.process().ofLength(0), "");
        assertRefused(() -> new OrderAgnostic(TABLE).ofLength(4), "not of");
        assertRefused(() -> of(new OrderAgnostic(TABLE), TRANSFORMER.withEnds(true)), "ends");
        assertRefused(() -> of(new Autoregressive(LETTERS, true), TRANSFORMER.withEnds(true)), "ends");
        DilatedConfig dilated = new DilatedConfig(2, 8, 4, 3, 2, 0, 0).withEnds(true);
        assertRefused(() -> of(new OrderAgnostic(STEREO), dilated), "ends");
        assertRefused(
                () -> new NetworkInput(
                        ends.process(), 1, new int[31], new boolean[31], new int[1], null, new int[] {-1}, new int[] {32
                        }),
                "32");
    }

    /** What is generated later, known or not, changes no bit; what is generated just before does. */
    @ParameterizedTest
    @MethodSource({"causal", "endless"})
    void laterValuesChangeNothing(Network network) {
        Weights weights = weights(network);
        int[] item = item(network, 1);
        int[] order = order(network, 4);
        int units = order.length;
        boolean[] all = new boolean[units];
        Arrays.fill(all, true);
        float[] whole = logits(network, weights, input(network, item, all, 4), units(network));
        int perPlace = network.unitsPerPlace();
        for (int step : new int[] {0, perPlace, 2 * perPlace, units / 2 / perPlace * perPlace, units - perPlace}) {
            int[] changed = item.clone();
            boolean[] known = all.clone();
            for (int later = step; later < units; later++) {
                int unit = order[later];
                changed[unit] = (item[unit] + 1) % network.space().categories(unit);
                known[unit] = false;
            }
            float[] after = logits(network, weights, input(network, changed, all, 4), units(network));
            float[] unknown = logits(network, weights, input(network, item, known, 4), units(network));
            for (int now = 0; now < step + perPlace; now++) {
                String what = "step " + now + " of " + units;
                assertSameBits(row(network, after, order[now]), row(network, whole, order[now]), what);
                assertSameBits(row(network, unknown, order[now]), row(network, whole, order[now]), what);
                float[] asked = logits(network, weights, input(network, item, known, 4), new int[] {order[now]});
                assertSameBits(asked, row(network, whole, order[now]), what);
            }
            if (step + perPlace < units) {
                int next = order[step + perPlace];
                assertThat(row(network, after, next)).isNotEqualTo(row(network, whole, next));
            }
        }
    }

    static Stream<Network> permuted() {
        return causal().filter(network -> !network.process().continuesOnly());
    }

    @ParameterizedTest
    @MethodSource("permuted")
    void aPermutedTransformerIsToldTheOrder(Network network) {
        Weights weights = weights(network);
        boolean[] all = new boolean[network.space().dimensions()];
        Arrays.fill(all, true);
        float[] a = logits(network, weights, input(network, item(network, 0), all, 0), units(network));
        float[] b = logits(network, weights, input(network, item(network, 0), all, 1), units(network));
        assertThat(a).isNotEqualTo(b);
    }

    /** A change reaches as far as the receptive field says, and no further. */
    @Test
    void theReceptiveFieldOfADilatedNetwork() {
        DilatedConfig config = new DilatedConfig(4, 8, 6, 3, 3, 0, 0);
        assertThat(config.receptiveField()).isEqualTo(3 + 2 * (1 + 2 + 4 + 1));
        Network network = of(new OrderAgnostic(SIGNAL), config);
        Weights weights = weights(network);
        boolean[] all = new boolean[45];
        Arrays.fill(all, true);
        int[] item = item(network, 2);
        int[] changed = item.clone();
        changed[22] = (item[22] + 7) % 16;
        float[] before = logits(network, weights, input(network, item, all, 0), units(network));
        float[] after = logits(network, weights, input(network, changed, all, 0), units(network));
        int reach = config.receptiveField() / 2;
        for (int place = 0; place < 45; place++) {
            boolean within = Math.abs(place - 22) <= reach;
            assertThat(Arrays.equals(row(network, before, place), row(network, after, place)))
                    .as("place " + place)
                    .isEqualTo(!within);
        }
    }

    @Test
    void aTableHasRowsAndLogitsForEachColumn() {
        Network network = of(new OrderAgnostic(TABLE), TRANSFORMER);
        assertThat(network.layers().get(0).parameters().get(0).shape()).containsExactly(28 + 5, 12);
        assertThat(network.output().outputs()).isEqualTo(28);
        NetworkInput input =
                new NetworkInput(TABLE, 1, new int[] {2, 6, 1, 11, 3}, new boolean[] {true, false, true, true, false});
        assertThat(input.absorbedIds()).containsExactly(2, 4 + 7, 12 + 1, 15 + 11, 28 + 4);
    }

    @Test
    void refusals() {
        DilatedConfig dilated = new DilatedConfig(2, 8, 4, 3, 2, 0, 0);
        DilatedConfig timed = new DilatedConfig(2, 8, 4, 3, 2, 0, 4);
        assertRefused(() -> of(new Autoregressive(SIGNAL, true), dilated), "natural order");
        assertRefused(() -> of(new Autoregressive(SIGNAL, false), timed), "time");
        assertRefused(() -> of(new OrderAgnostic(TABLE), dilated), "one number of categories");
        assertRefused(() -> of(new OrderAgnostic(Space.image(4, 4, 1, 3)), dilated), "sequences");
        assertRefused(() -> of(new Autoregressive(LETTERS, false), new TransformerConfig(1, 4, 1, 4, 2, 0)), "time");
        assertRefused(() -> of(new Autoregressive(LETTERS, true), new TransformerConfig(1, 9, 1, 4, 0, 0)), "even");
        assertRefused(() -> of(Autoregressive.infilling(SIGNAL), dilated), "infill");
        assertRefused(() -> of(Autoregressive.infilling(LETTERS), TRANSFORMER), "infill");
        assertRefused(() -> Autoregressive.infilling(TABLE), "infilled");
        assertRefused(() -> Autoregressive.infilling(STEREO), "infilled");
        assertRefused(() -> of(new OrderAgnostic(LETTERS), ROTARY), "autoregressive");
        assertRefused(() -> of(new Autoregressive(LETTERS, true), ROTARY.withPlaces(true)), "natural order");
        assertRefused(() -> of(new Autoregressive(LETTERS, true), ANY_ORDER.withPlaces(false)), "embeddings of places");
        assertRefused(() -> of(new Autoregressive(TABLE, false), ROTARY), "sequences");
        assertRefused(() -> of(new Autoregressive(STEREO, false), ROTARY), "sequences");
        assertRefused(() -> of(new Autoregressive(STEREO, false, 2), ROTARY.withPlaces(true)), "each variable");
        assertRefused(
                () -> Network.of(ROTARY.withCounts(), new Autoregressive(SIGNAL, false), new LogisticMixture(2, 1)),
                "logits");
        assertRefused(() -> new CausalTransformerConfig(2, 9, 3, 20, 0, false, 0), "twice the heads");
        assertRefused(() -> new CausalTransformerConfig(0, 8, 2, 20, 0, false, 0), "layers");
        assertRefused(() -> new CausalTransformerConfig(1, 8, 0, 20, 0, false, 0), "heads");
        assertRefused(() -> new CausalTransformerConfig(1, 8, 2, 0, 0, false, 0), "hidden");
        assertRefused(() -> new CausalTransformerConfig(1, 8, 2, 4, -1, false, 0), "bigrams");
        assertRefused(() -> new CausalTransformerConfig(1, 8, 2, 4, 0, false, 0).withAhead(9), "ahead");
        assertRefused(() -> of(new Autoregressive(LETTERS, false), ROTARY.withAhead(1)), "ahead");
        assertRefused(() -> new CausalTransformerConfig(1, 8, 2, 4, 0, false, 1), "dropout");
        assertRefused(() -> new DilatedConfig(2, 8, 4, 4, 2, 0, 0), "odd");
        assertRefused(() -> new DilatedConfig(2, 6, 4, 3, 2, 5, 0), "multiple of 4");
        assertRefused(() -> new DilatedConfig(0, 6, 4, 3, 2, 0, 0), "blocks");
        Space endless = Space.of(new int[] {Space.MAX_DIMENSIONS}, 16, Scale.ORDERED);
        assertRefused(() -> of(new OrderAgnostic(endless), new DilatedConfig(1, 64, 1, 3, 1, 0, 0)), "too large");
        assertRefused(
                () -> of(new Autoregressive(endless, false), new CausalTransformerConfig(1, 8, 1, 4096, 0, false, 0)),
                "at most");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
    }
}
