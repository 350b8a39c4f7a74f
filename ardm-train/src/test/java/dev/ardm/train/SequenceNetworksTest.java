package dev.ardm.train;

import static dev.ardm.train.EngineEquivalenceTest.gaussianWeights;
import static dev.ardm.train.EngineEquivalenceTest.gaussians;
import static dev.ardm.train.EngineEquivalenceTest.relativeDifference;
import static dev.ardm.train.EngineEquivalenceTest.torch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.Space.Scale;
import dev.ardm.core.engine.LayerProbe;
import dev.ardm.core.engine.Piece;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Corruption;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.network.CausalConfig;
import dev.ardm.core.network.CausalConfig.Block;
import dev.ardm.core.network.CausalTransformerConfig;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.Ops;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.Weights;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dilated and causal networks and transformers over tables: what is trained is what is shipped, and all of it is trained. */
class SequenceNetworksTest {
    private static final int BATCH = 4;
    private static final List<Block> CAUSAL = List.of(
            Block.convolution(1, 1),
            new Block(1, 1, 2, 6, true, true),
            Block.pointwise(),
            new Block(0, 1, 1, 9, false, false));

    static Stream<Network> networks() {
        Space signal = Space.of(new int[] {40}, 16, Scale.ORDERED);
        Space stereo = Space.of(new int[] {20, 2}, 16, Scale.ORDERED);
        Space letters = Space.of(new int[] {31}, 11, Scale.NOMINAL);
        Space table = Space.of(new int[] {5}, new int[] {3, 7, 2, 12, 4}, Scale.NOMINAL);
        TransformerConfig transformer = new TransformerConfig(2, 12, 3, 20, 0, 0);
        return Stream.of(
                of(new OrderAgnostic(signal), new DilatedConfig(5, 8, 12, 3, 3, 4, 6)),
                of(new Upscale(stereo, 4, Given.NOTHING), new DilatedConfig(3, 8, 12, 5, 3, 0, 2)),
                Network.of(
                        new DilatedConfig(3, 8, 12, 5, 3, 0, 2, true),
                        new OrderAgnostic(stereo),
                        new LogisticMixture(4, 1)),
                of(new Autoregressive(signal, false), new DilatedConfig(4, 8, 6, 3, 3, 4, 0)),
                of(new Autoregressive(stereo, false), new DilatedConfig(3, 8, 6, 3, 3, 0, 0)),
                of(new Autoregressive(letters, false), transformer),
                of(new Autoregressive(letters, true), transformer),
                of(new Autoregressive(letters, false), new CausalTransformerConfig(2, 12, 3, 20, 40, false, 0)),
                of(
                        Autoregressive.infilling(letters),
                        new CausalTransformerConfig(2, 12, 3, 20, 40, false, 0).withAhead(2)),
                of(Autoregressive.infilling(letters), new CausalTransformerConfig(2, 12, 3, 20, 0, true, 0)),
                of(new Autoregressive(table, false), new CausalTransformerConfig(2, 12, 3, 20, 40, true, 0, true)),
                of(
                        new Autoregressive(Space.image(3, 2, 1, 9), false),
                        new CausalTransformerConfig(2, 12, 3, 20, 0, false, 0, true)),
                of(new Autoregressive(letters, false), new CausalTransformerConfig(2, 12, 3, 20, 200, true, 0)),
                of(new OrderAgnostic(table), transformer),
                of(new OrderAgnostic(letters), new TransformerConfig(2, 12, 3, 20, 4, 0).withEnds(true)),
                of(new Autoregressive(letters, false), transformer.withEnds(true)),
                of(new Upscale(signal, 4, Given.NOTHING), transformer.withEnds(true)),
                of(new OrderAgnostic(signal), new DilatedConfig(4, 8, 12, 3, 3, 4, 6).withEnds(true)),
                of(new Autoregressive(signal, false), new DilatedConfig(4, 8, 6, 3, 3, 4, 0).withEnds(true)),
                Network.of(
                        new DilatedConfig(3, 8, 12, 5, 3, 0, 2, true).withEnds(true),
                        new OrderAgnostic(signal),
                        new LogisticMixture(4, 1)),
                of(new Autoregressive(table, true), transformer),
                of(new Autoregressive(table, true), new CausalTransformerConfig(2, 12, 3, 20, 0, false, 0, true)),
                of(new Autoregressive(letters, true), new CausalTransformerConfig(2, 12, 3, 20, 0, false, 0, true)),
                of(
                        new Autoregressive(Space.image(5, 6, 1, 9), false),
                        new CausalConfig(8, 3, 4, 3, true, false, 4, CAUSAL)),
                Network.of(
                        new CausalConfig(8, 2, 3, 2, false, true, CAUSAL),
                        new Autoregressive(Space.image(5, 4, 3, 20), false, 3),
                        new LogisticMixture(3, 3)));
    }

    private static Network of(Process process, NetworkConfig config) {
        return Network.of(config, process, OutputDistribution.of(process));
    }

    /** Items as training corrupts them. */
    private static NetworkInput input(Network network) {
        Process process = network.process();
        Space space = network.space();
        int dimensions = space.dimensions();
        int[] values = new int[BATCH * dimensions];
        boolean[] known = new boolean[values.length];
        int[] stages = new int[BATCH];
        int[][] orders = new int[BATCH][];
        int[] lengths = lengths(network);
        int[] labels = new int[BATCH];
        Arrays.fill(labels, NetworkInput.UNLABELLED);
        for (int n = 0; n < BATCH; n++) {
            RandomStream random = RandomStream.of(1, Purpose.TEST, n);
            Process own = process.ofLength(lengths[n]);
            Corruption corruption =
                    own.infills() ? ((Autoregressive) own).infilled(random) : own.corrupt((n + 0.5) / BATCH, random);
            for (int i = 0; i < dimensions; i++) {
                values[n * dimensions + i] = random.nextInt(space.categories(i));
            }
            System.arraycopy(corruption.known(), 0, known, n * dimensions, lengths[n]);
            stages[n] = corruption.stage();
            orders[n] = corruption.order();
        }
        NetworkInput input = new NetworkInput(process, BATCH, values, known, stages, orders, labels, lengths);
        return network.counts() ? input.withCountLogs(gaussians(values.length * space.maxCategories(), 5)) : input;
    }

    /** Of a network with ends one item is as long as its space, and the others are not. */
    private static int[] lengths(Network network) {
        int dimensions = network.space().dimensions();
        int[] lengths = new int[BATCH];
        Arrays.setAll(lengths, n -> network.ends() && n != 1 ? 1 + n * 7 : dimensions);
        return lengths;
    }

    private static Piece logits(Network network, int[] places) {
        NetworkInput input = input(network);
        return new Piece() {
            @Override
            public <T> T run(Ops<T> ops) {
                return network.logits(ops, input, places);
            }
        };
    }

    private static int[] places(Network network) {
        int places = network.process().units() / network.unitsPerPlace();
        int[] lengths = lengths(network);
        return IntStream.range(0, BATCH * places)
                .filter(i -> i % places < lengths[i / places])
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void enginesAgree(Network network) {
        Weights weights = gaussianWeights(network);
        int[] all = places(network);
        for (int[] places : new int[][] {all, {all[all.length - 1], all[1], all[all.length / 2], all[0]}}) {
            Piece piece = logits(network, places);
            float[] exact = LayerProbe.run(network, weights, piece);
            assertThat(exact)
                    .hasSize(places.length
                            * network.unitsPerPlace()
                            * network.output().outputs());
            assertThat(relativeDifference(torch(network, weights, piece), exact))
                    .isLessThan(1e-4);
        }
    }

    /** But for the biases of keys, which softmax takes out again, every parameter has a gradient. */
    @ParameterizedTest
    @MethodSource("networks")
    void gradientsReachEveryParameter(Network network) {
        Weights weights = gaussianWeights(network);
        try (PointerScope scope = new PointerScope()) {
            TorchParameters parameters = new TorchParameters(network.layers(), weights, true);
            Tensor out = logits(network, places(network)).run(new TorchOps(parameters, true));
            int size = (int) out.numel();
            out.reshape(-1)
                    .mul(AbstractTensor.create(gaussians(size, 9), size))
                    .sum()
                    .backward();
            for (String name : weights.names()) {
                Tensor gradient = parameters.get(name).grad().contiguous();
                float[] values = new float[weights.get(name).length];
                gradient.<FloatBuffer>createBuffer().get(values);
                double largest = IntStream.range(0, values.length)
                        .mapToDouble(i -> Math.abs(values[i]))
                        .max()
                        .orElseThrow();
                assertThat(Double.isFinite(largest)).as(name).isTrue();
                if (!name.endsWith("key.bias")) {
                    assertThat(largest).as(name).isGreaterThan(1e-5);
                }
            }
        }
    }
}
