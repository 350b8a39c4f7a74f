package dev.ardm.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.engine.LayerProbe;
import dev.ardm.core.engine.Piece;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layered;
import dev.ardm.core.network.Ops;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Visibility;
import dev.ardm.core.network.Weights;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both engines compute the same function: relative difference below 1e-4, layer by layer and for whole networks. */
class EngineEquivalenceTest {
    private static final double TOLERANCE = 1e-4;

    /** A program with a name and its layers. */
    record Case(String name, List<Layer> layers, Piece program) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> layers() {
        float[] image = gaussians(2 * 7 * 5 * 8, 1);
        float[] other = gaussians(2 * 7 * 5 * 8, 2);
        float[] third = gaussians(2 * 7 * 5 * 8, 3);
        float[] rows = gaussians(6 * 8, 4);
        float[] perItem = gaussians(2 * 8, 5);
        Layer.Conv2d wide = new Layer.Conv2d("c", 8, 20, 3, 1, Layer.Init.FAN_IN);
        Layer.Conv2d strided = new Layer.Conv2d("c", 8, 12, 3, 2, Layer.Init.FAN_IN);
        Layer.Conv2d point = new Layer.Conv2d("c", 8, 33, 1, 1, Layer.Init.FAN_IN);
        float[] fine = gaussians(2 * 13 * 9 * 3, 6);
        float[] otherRows = gaussians(6 * 8, 7);
        Layer.Conv2d join = new Layer.Conv2d("c", 11, 9, 1, 1, Layer.Init.FAN_IN);
        Layer.Conv2d wide8 = new Layer.Conv2d("c", 8, 8, 3, 1, Layer.Init.FAN_IN);
        Layer.Linear square = new Layer.Linear("l", 8, 8, Layer.Init.FAN_IN);
        Layer.LayerNorm layerNorm = new Layer.LayerNorm("n", 8);
        Layer.Embedding positions = new Layer.Embedding("p", 35, 8);
        Layer.Linear linear = new Layer.Linear("l", 8, 10, Layer.Init.FAN_IN);
        Layer.GroupNorm norm = new Layer.GroupNorm("n", 8, 4);
        Layer.Embedding table = new Layer.Embedding("e", 9, 5);
        return Stream.of(
                new Case("conv 3x3", List.of(wide), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.conv2d(ops.input(image, 2, 7, 5, 8), wide);
                    }
                }),
                new Case("conv 3x3 stride 2", List.of(strided), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.conv2d(ops.input(image, 2, 7, 5, 8), strided);
                    }
                }),
                new Case("conv 1x1", List.of(point), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.conv2d(ops.input(image, 2, 7, 5, 8), point);
                    }
                }),
                new Case("linear", List.of(linear), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.linear(ops.input(rows, 6, 8), linear);
                    }
                }),
                new Case("group norm", List.of(norm), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.groupNorm(ops.input(image, 2, 7, 5, 8), norm);
                    }
                }),
                new Case("group norm and SiLU", List.of(norm), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.groupNormSilu(ops.input(image, 2, 7, 5, 8), norm);
                    }
                }),
                new Case("embedding", List.of(table), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.embedding(new int[] {0, 8, 3, 3, 1, 7}, table, 1, 1, 2, 3);
                    }
                }),
                new Case("SiLU", List.of(), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.silu(ops.input(image, 2, 7, 5, 8));
                    }
                }),
                new Case("a coupling", List.of(), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        List<T> parts = ops.split(ops.input(image, 2, 7, 5, 8), 3, 5);
                        T scale = ops.exp(ops.sigmoid(parts.get(1)));
                        T product = ops.multiply(scale, parts.get(1));
                        return ops.concat(ops.concat(ops.log(scale), product), parts.get(0));
                    }
                }),
                new Case("add", List.of(), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.add(ops.input(image, 2, 7, 5, 8), ops.input(other, 2, 7, 5, 8));
                    }
                }),
                new Case("add per item", List.of(), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.addPerItem(ops.input(image, 2, 7, 5, 8), ops.input(perItem, 2, 8));
                    }
                }),
                new Case("concat", List.of(), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.concat(ops.input(image, 2, 7, 5, 8), ops.input(other, 2, 7, 5, 8));
                    }
                }),
                new Case("sites", List.of(), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.sites(ops.input(image, 2, 7, 5, 8), new int[] {0, 69, 33, 34});
                    }
                }),
                new Case("join with upsampling to odd sizes", List.of(join), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.joinUpsampled(ops.input(image, 2, 7, 5, 8), ops.input(fine, 2, 13, 9, 3), join);
                    }
                }),
                new Case("conv and residual", List.of(wide8), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.conv2dAdd(ops.input(image, 2, 7, 5, 8), wide8, ops.input(other, 2, 7, 5, 8));
                    }
                }),
                new Case("conv and per item", List.of(wide8), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.conv2dAddPerItem(ops.input(image, 2, 7, 5, 8), wide8, ops.input(perItem, 2, 8));
                    }
                }),
                new Case("conv and SiLU", List.of(point), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.conv2dSilu(ops.input(image, 2, 7, 5, 8), point);
                    }
                }),
                new Case("group norm and SiLU at places", List.of(norm), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.groupNormSiluAt(ops.input(image, 2, 7, 5, 8), norm, new int[] {3, 34, 36});
                    }
                }),
                new Case("layer norm", List.of(layerNorm), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.layerNorm(ops.input(image, 2, 7, 5, 8), layerNorm);
                    }
                }),
                new Case("linear and GELU", List.of(linear), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.linearGelu(ops.input(rows, 6, 8), linear);
                    }
                }),
                new Case("linear and residual", List.of(square), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.linearAdd(ops.input(rows, 6, 8), square, ops.input(otherRows, 6, 8));
                    }
                }),
                new Case("add per place", List.of(positions), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.addPerPlace(ops.input(image, 2, 7, 5, 8), positions);
                    }
                }),
                new Case("linear, dropout outside training and residual", List.of(square), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.linearDropoutAdd(ops.input(rows, 6, 8), square, 0.5, ops.input(otherRows, 6, 8));
                    }
                }),
                new Case("attention at places", List.of(square), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.attentionAt(
                                ops.input(image, 2, 7, 5, 8),
                                square,
                                ops.input(other, 2, 7, 5, 8),
                                ops.input(third, 2, 7, 5, 8),
                                2,
                                Visibility.ALL,
                                new int[] {1, 30, 34, 35, 69});
                    }
                }),
                new Case("attention", List.of(), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.attention(
                                ops.input(image, 2, 7, 5, 8),
                                ops.input(other, 2, 7, 5, 8),
                                ops.input(third, 2, 7, 5, 8),
                                2,
                                Visibility.ALL);
                    }
                }),
                new Case("dropout outside training", List.of(), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.dropout(ops.input(image, 2, 7, 5, 8), 0.5);
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void layersAgree(Case each) {
        Layered network = each::layers;
        Weights weights = gaussianWeights(network);
        float[] exact = LayerProbe.run(network, weights, each.program());
        assertThat(relativeDifference(torch(network, weights, each.program()), exact))
                .isLessThan(TOLERANCE);
    }

    static Stream<Network> networks() {
        return Stream.of(
                Network.of(
                        new UNetConfig(List.of(16), List.of(2), List.of(), List.of(true), 2, 4, 8, 16, 32, 0.1),
                        Space.image(8, 8, 1, 256)),
                Network.of(
                        new UNetConfig(
                                List.of(16, 24, 32),
                                List.of(0, 1, 2),
                                List.of(1, 2),
                                List.of(false, true, true),
                                4,
                                8,
                                8,
                                16,
                                32,
                                0),
                        Space.image(13, 7, 3, 17)),
                Network.of(
                        new UNetConfig(
                                List.of(8, 12), List.of(1, 1), List.of(1), List.of(false, false), 2, 2, 4, 4, 4, 0),
                        Space.image(1, 5, 2, 2)),
                Network.of(
                        new TransformerConfig(3, 32, 4, 96, 0, 0.1), Space.of(new int[] {37}, 27, Space.Scale.NOMINAL)),
                Network.of(
                        new TransformerConfig(2, 20, 2, 33, 16, 0), Space.of(new int[] {50}, 256, Space.Scale.ORDERED)),
                Network.of(new TransformerConfig(1, 9, 1, 7, 2, 0), Space.image(4, 3, 2, 5)),
                interpolating(new OrderAgnostic(Space.image(6, 5, 3, 256), 3, Given.NOTHING), 3),
                interpolating(new Upscale(Space.image(6, 5, 2, 64), 4, Given.NOTHING), 1),
                upscaling(Space.of(new int[] {12}, 27, Space.Scale.ORDERED)));
    }

    private static Network interpolating(Process process, int channels) {
        UNetConfig config = new UNetConfig(
                List.of(16, 24), List.of(1, 1), List.of(1), List.of(false, true), 4, 8, 8, 16, 32, 0, true);
        return Network.of(config, process, new LogisticMixture(3, channels));
    }

    private static Network upscaling(Space space) {
        Process process = new Upscale(space, 3, Given.NOTHING);
        return Network.of(new TransformerConfig(2, 20, 2, 33, 16, 0), process, OutputDistribution.of(process));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void wholeNetworksAgree(Network network) {
        Weights weights = gaussianWeights(network);
        NetworkInput input = input(network.process());
        int count = 3 * network.process().units() / network.unitsPerPlace();
        // All, and then some, in no order.
        agree(network, weights, input, IntStream.range(0, count).toArray());
        agree(
                network,
                weights,
                input,
                IntStream.of(count - 1, 0, count / 2, count - 2).toArray());
    }

    /** Three items, of which nothing, a third, and two thirds are known, in different stages. */
    private static NetworkInput input(Process process) {
        Space space = process.space();
        int dimensions = space.dimensions();
        RandomStream random = RandomStream.of(1, Purpose.TEST, 0);
        int[] values = new int[3 * dimensions];
        boolean[] known = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(space.maxCategories());
            known[i] = random.nextInt(3) < i / dimensions;
        }
        int[] stages = {0, process.stages() - 1, process.stages() / 2};
        return new NetworkInput(process, 3, values, known, stages, null);
    }

    private static Piece logits(Network network, NetworkInput input, int[] places) {
        return new Piece() {
            @Override
            public <T> T run(Ops<T> ops) {
                return network.logits(ops, input, places);
            }
        };
    }

    private static void agree(Network network, Weights weights, NetworkInput input, int[] places) {
        Piece whole = logits(network, input, places);
        float[] exact = LayerProbe.run(network, weights, whole);
        assertThat(exact)
                .hasSize(places.length
                        * network.unitsPerPlace()
                        * network.output().outputs());
        assertThat(relativeDifference(torch(network, weights, whole), exact)).isLessThan(TOLERANCE);
    }

    /** Training in bf16 optimises the network that is shipped: linear layers are rounded, norms and attention are not. */
    @ParameterizedTest
    @MethodSource("networks")
    void bf16IsCloseToWhatShips(Network network) {
        Weights weights = gaussianWeights(network);
        int units = network.process().units();
        int[] places = IntStream.range(0, 3 * units / network.unitsPerPlace()).toArray();
        Piece whole = logits(network, input(network.process()), places);
        float[] exact = LayerProbe.run(network, weights, whole);
        float[] rounded = TorchRuntime.withAutocast(true, () -> torch(network, weights, whole));
        assertThat(relativeDifference(rounded, exact)).isBetween(10 * TOLERANCE, 0.05);
    }

    @Test
    void theDifferenceSeesAnError() {
        float[] a = gaussians(100, 1);
        float[] b = a.clone();
        b[17] += 0.01f;
        assertThat(relativeDifference(a, b)).isGreaterThan(TOLERANCE);
    }

    static float[] torch(Layered network, Weights weights, Piece program) {
        try (PointerScope scope = new PointerScope()) {
            NoGradGuard guard = new NoGradGuard();
            TorchOps ops = new TorchOps(new TorchParameters(network.layers(), weights, false), false);
            Tensor out = program.run(ops).to(ScalarType.Float).contiguous();
            float[] values = new float[(int) out.numel()];
            FloatBuffer buffer = out.createBuffer();
            buffer.get(values);
            guard.close();
            return values;
        }
    }

    /** Largest difference, relative to the largest value. */
    static double relativeDifference(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i]));
            difference = Math.max(difference, Math.abs(a[i] - b[i]));
        }
        assertThat(largest).isPositive();
        return difference / largest;
    }

    static float[] gaussians(int count, long item) {
        RandomStream random = RandomStream.of(7, Purpose.TEST, item);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** No parameter is left at zero or one, where an error could hide. */
    static Weights gaussianWeights(Layered network) {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            for (Layer.Parameter parameter : layer.parameters()) {
                float[] out = gaussians(parameter.size(), 100 + values.size());
                for (int i = 0; i < out.length; i++) {
                    out[i] *= (float) (1 / Math.sqrt(parameter.fanIn()));
                    if (parameter.init() == Layer.Init.ONE) {
                        out[i] += 1;
                    }
                }
                values.put(parameter.name(), out);
            }
        }
        return new Weights(values);
    }
}
