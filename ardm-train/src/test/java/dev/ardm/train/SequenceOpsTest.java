package dev.ardm.train;

import static dev.ardm.train.EngineEquivalenceTest.gaussianWeights;
import static dev.ardm.train.EngineEquivalenceTest.gaussians;
import static dev.ardm.train.EngineEquivalenceTest.relativeDifference;
import static dev.ardm.train.EngineEquivalenceTest.torch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.engine.LayerProbe;
import dev.ardm.core.engine.Piece;
import dev.ardm.core.network.CausalKernel;
import dev.ardm.core.network.Layer.CausalConv2d;
import dev.ardm.core.network.Layer.Conv1d;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Layered;
import dev.ardm.core.network.Ops;
import dev.ardm.core.network.Visibility;
import dev.ardm.core.network.Weights;
import dev.ardm.train.EngineEquivalenceTest.Case;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operations of networks over sequences: both engines agree, gradients are those of the function, causal ones see nothing later. */
class SequenceOpsTest {
    private static final int LENGTH = 41;
    private static final float[] X = gaussians(2 * LENGTH * 8, 1);
    private static final float[] Y = gaussians(2 * LENGTH * 8, 2);
    private static final float[] Z = gaussians(2 * LENGTH * 8, 3);

    private static Conv1d conv(int kernel, int dilation, boolean causal) {
        return new Conv1d("c", 8, 10, kernel, dilation, causal, Init.FAN_IN);
    }

    static Stream<Case> convolutions() {
        return Stream.of(
                        conv(3, 1, false),
                        conv(3, 16, false),
                        conv(5, 4, false),
                        conv(1, 1, false),
                        conv(3, 32, false),
                        conv(3, 4, true),
                        conv(2, 1, true),
                        conv(4, 16, true))
                .map(conv -> new Case(conv.toString(), List.of(conv), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.conv1d(ops.input(X, 2, 1, LENGTH, 8), conv);
                    }
                }));
    }

    static Stream<Case> causalConvolutions() {
        return Stream.of(
                        new CausalKernel(6, 7, 1, 3, false),
                        new CausalKernel(1, 1, 1, 2, true),
                        new CausalKernel(1, 1, 1, 1, true),
                        new CausalKernel(2, 2, 3, 64, true),
                        new CausalKernel(0, 4, 2, 1, false),
                        new CausalKernel(0, 0, 1, 1, true),
                        new CausalKernel(3, 0, 1, 1, false))
                .map(kernel -> new CausalConv2d("c", 8, 10, kernel, Init.FAN_IN))
                .map(conv -> new Case(conv.toString(), List.of(conv), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        T x = ops.input(Arrays.copyOf(X, 2 * 5 * 7 * 8), 2, 5, 7, 8);
                        T y = ops.input(Arrays.copyOf(Y, 2 * 5 * 7 * 10), 2, 5, 7, 10);
                        return ops.add(ops.causalConv2d(x, conv), ops.causalConv2dAdd(x, conv, y));
                    }
                }));
    }

    static Stream<Case> operations() {
        Linear query = new Linear("q", 8, 8, Init.FAN_IN);
        return Stream.of(
                new Case("gated tanh", List.of(), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.gatedTanh(ops.input(X, 2, 1, LENGTH, 8));
                    }
                }),
                new Case("ReLU", List.of(), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.relu(ops.input(X, 2, 1, LENGTH, 8));
                    }
                }),
                new Case("scale", List.of(), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.scale(ops.input(X, 2, 1, LENGTH, 8), 0.7f);
                    }
                }),
                new Case("causal attention", List.of(), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.attention(
                                ops.input(X, 2, 1, LENGTH, 8),
                                ops.input(Y, 2, 1, LENGTH, 8),
                                ops.input(Z, 2, 1, LENGTH, 8),
                                2,
                                Visibility.CAUSAL);
                    }
                }),
                new Case("rotary", List.of(), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.rotary(ops.input(X, 2, 1, LENGTH, 8), 2, null, 3);
                    }
                }),
                new Case("rotary at places", List.of(), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        int[] places = IntStream.range(0, 2 * LENGTH)
                                .map(i -> i * i % 97)
                                .toArray();
                        return ops.rotary(ops.input(X, 2, 1, LENGTH, 8), 1, places, 0.5f);
                    }
                }),
                new Case("causal attention at places", List.of(query), new Piece() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        return ops.attentionAt(
                                ops.input(X, 2, 1, LENGTH, 8),
                                query,
                                ops.input(Y, 2, 1, LENGTH, 8),
                                ops.input(Z, 2, 1, LENGTH, 8),
                                2,
                                Visibility.CAUSAL,
                                new int[] {0, 7, LENGTH - 1, LENGTH, LENGTH + 3, 2 * LENGTH - 1});
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource({"convolutions", "causalConvolutions", "operations"})
    void enginesAgree(Case each) {
        Layered network = each::layers;
        Weights weights = gaussianWeights(network);
        float[] exact = LayerProbe.run(network, weights, each.program());
        assertThat(relativeDifference(torch(network, weights, each.program()), exact))
                .isLessThan(1e-4);
    }

    /** All of them in a row, the causal ones or the others. */
    private record Stack(boolean causal, Conv1d first, Linear query, Conv1d last, float[] x) implements Piece {
        static Stack of(boolean causal, float[] x) {
            return new Stack(
                    causal,
                    new Conv1d("first", 8, 12, 3, 5, causal, Init.FAN_IN),
                    new Linear("query", 6, 6, Init.FAN_IN),
                    new Conv1d("last", 6, 4, causal ? 2 : 3, 2, causal, Init.FAN_IN),
                    x);
        }

        Layered network() {
            return () -> List.of(first, query, last);
        }

        @Override
        public <T> T run(Ops<T> ops) {
            T h = ops.scale(ops.gatedTanh(ops.conv1d(ops.input(x, 2, 1, LENGTH, 8), first)), 2);
            T q = ops.linear(h, query);
            T attended = ops.attention(q, h, h, 3, causal ? Visibility.CAUSAL : Visibility.ALL);
            return ops.relu(ops.conv1d(ops.add(attended, h), last));
        }
    }

    /** Along the gradient that LibTorch gives, the exact engine's function grows as fast as it says. */
    @Test
    void gradientsAreThoseOfTheFunction() {
        for (boolean causal : new boolean[] {false, true}) {
            Stack stack = Stack.of(causal, X);
            Layered network = stack.network();
            Weights weights = gaussianWeights(network);
            float[] direction = gaussians(2 * LENGTH * 4, 9);
            try (PointerScope scope = new PointerScope()) {
                TorchParameters parameters = new TorchParameters(network.layers(), weights, true);
                Tensor out = stack.run(new TorchOps(parameters, true));
                out.mul(AbstractTensor.create(direction, 2, 1, LENGTH, 4)).sum().backward();
                for (String name : weights.names()) {
                    float[] before = weights.get(name);
                    float[] gradient = new float[before.length];
                    parameters
                            .get(name)
                            .grad()
                            .contiguous()
                            .<java.nio.FloatBuffer>createBuffer()
                            .get(gradient);
                    double norm = 0;
                    for (float g : gradient) {
                        norm += (double) g * g;
                    }
                    assertThat(norm).as(name).isPositive();
                    double step = 2e-3 / Math.sqrt(norm);
                    double up = value(stack, weights.with(name, moved(before, gradient, step)), direction);
                    double down = value(stack, weights.with(name, moved(before, gradient, -step)), direction);
                    assertThat((up - down) / (2 * step)).as(name).isCloseTo(norm, within(0.02 * norm));
                }
            }
        }
    }

    private static float[] moved(float[] from, float[] direction, double step) {
        float[] to = from.clone();
        for (int i = 0; i < to.length; i++) {
            to[i] += (float) (step * direction[i]);
        }
        return to;
    }

    private static double value(Stack stack, Weights weights, float[] direction) {
        float[] out = LayerProbe.run(stack.network(), weights, stack);
        double sum = 0;
        for (int i = 0; i < out.length; i++) {
            sum += (double) out[i] * direction[i];
        }
        return sum;
    }

    /** A later input changes no bit before its place, and does change one at it. */
    @Test
    void nothingLaterIsSeen() {
        for (int place : new int[] {1, 13, 20, LENGTH - 1}) {
            float[] changed = X.clone();
            for (int i = place * 8; i < LENGTH * 8; i++) {
                changed[i] = 1e4f * changed[i] - 3;
            }
            Stack stack = Stack.of(true, X);
            Layered network = stack.network();
            Weights weights = gaussianWeights(network);
            float[] before = LayerProbe.run(network, weights, stack);
            float[] after = LayerProbe.run(network, weights, Stack.of(true, changed));
            for (int i = 0; i < place * 4; i++) {
                assertThat(Float.floatToRawIntBits(after[i])).isEqualTo(Float.floatToRawIntBits(before[i]));
            }
            int at = place * 4;
            assertThat(List.of(after[at], after[at + 1], after[at + 2], after[at + 3]))
                    .isNotEqualTo(List.of(before[at], before[at + 1], before[at + 2], before[at + 3]));
        }
    }
}
