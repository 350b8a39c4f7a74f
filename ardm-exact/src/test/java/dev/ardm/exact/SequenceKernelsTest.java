package dev.ardm.exact;

import static dev.ardm.exact.Numbers.ALL;
import static dev.ardm.exact.Numbers.SCALAR;
import static dev.ardm.exact.Numbers.assertSameBits;
import static dev.ardm.exact.Numbers.random;
import static dev.ardm.exact.Numbers.rounds;
import static dev.ardm.exact.Numbers.untouched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.exact.Attention.Keys;
import dev.ardm.exact.Attention.Output;
import dev.ardm.exact.Attention.Queries;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The operations of networks over sequences: right, the same bits with all kernels and in all pieces, and blind to what comes later. */
class SequenceKernelsTest {
    private final Random random = new Random(31);
    private final Workspace workspace = new Workspace();

    void all() {
        dilatedConvolutions();
        attentionToTheFirstKeys();
        elements();
        logarithmsProductsAndLogistics();
    }

    private int upTo(int max) {
        return 1 + random.nextInt(max);
    }

    private Conv1dShape shape(int round) {
        boolean causal = random.nextBoolean();
        int kernel = causal ? upTo(5) : 1 + 2 * random.nextInt(3);
        int length = round % 4 == 0 ? upTo(200) : upTo(30);
        return new Conv1dShape(length, upTo(round % 3 == 0 ? 40 : 9), kernel, upTo(round % 5 == 0 ? 64 : 6), causal);
    }

    @Test
    void dilatedConvolutions() {
        for (int round = 0; round < rounds(300); round++) {
            Conv1dShape shape = shape(round);
            int outputs = upTo(round % 2 == 0 ? 9 : 100);
            int xOffset = random.nextInt(5);
            int offset = random.nextInt(5);
            float[] x = random(random, xOffset + shape.inputSize() + random.nextInt(3), 1);
            float[] w = random(random, outputs * shape.depth(), 0.3);
            float[] bias = random.nextBoolean() ? random(random, outputs, 1) : null;
            float[] expected = untouched(offset + shape.length() * outputs + 3);
            PackedWeights reference = SCALAR.pack(w, outputs, shape.depth());
            SCALAR.conv1d(
                    x,
                    xOffset,
                    shape,
                    0,
                    shape.length(),
                    reference,
                    bias,
                    ProductOutput.of(reference, expected, offset),
                    workspace);
            for (Kernels kernels : ALL) {
                PackedWeights packed = kernels.pack(w, outputs, shape.depth());
                float[] actual = untouched(expected.length);
                ProductOutput out = ProductOutput.of(packed, actual, offset);
                for (int first = 0, end; first < shape.length(); first = end) {
                    end = Math.min(shape.length(), first + upTo(shape.length()));
                    kernels.conv1d(x, xOffset, shape, first, end, packed, bias, out, workspace);
                }
                assertSameBits(actual, expected, kernels.name() + " " + shape + " to " + outputs);
            }
        }
    }

    /** Against sums in double that scatter each input to wherever it has an influence. */
    @Test
    void aDilatedConvolutionIsWhatItsNameSays() {
        for (int round = 0; round < 60; round++) {
            Conv1dShape shape = shape(round);
            int outputs = upTo(7);
            float[] x = random(random, shape.inputSize(), 1);
            float[] w = random(random, outputs * shape.depth(), 1);
            double[] expected = new double[shape.length() * outputs];
            int middle = shape.causal() ? shape.kernel() - 1 : shape.kernel() / 2;
            for (int place = 0; place < shape.length(); place++) {
                for (int tap = 0; tap < shape.kernel(); tap++) {
                    int t = place - (tap - middle) * shape.dilation();
                    if (t < 0 || t >= shape.length()) {
                        continue;
                    }
                    for (int o = 0; o < outputs; o++) {
                        for (int ci = 0; ci < shape.cin(); ci++) {
                            expected[t * outputs + o] += (double) x[place * shape.cin() + ci]
                                    * w[(o * shape.kernel() + tap) * shape.cin() + ci];
                        }
                    }
                }
            }
            float[] out = new float[expected.length];
            PackedWeights packed = SCALAR.pack(w, outputs, shape.depth());
            ProductOutput to = ProductOutput.of(packed, out, 0);
            SCALAR.conv1d(x, 0, shape, 0, shape.length(), packed, null, to, workspace);
            for (int i = 0; i < out.length; i++) {
                assertThat((double) out[i]).as(shape.toString()).isCloseTo(expected[i], within(1e-4));
            }
        }
    }

    /** A query that sees the first m keys has the bits that it has in a sequence of these only; so nothing later can reach it. */
    @Test
    void attentionToTheFirstKeys() {
        for (int round = 0; round < rounds(60); round++) {
            int tokens = upTo(round % 4 == 0 ? 150 : 30);
            int heads = upTo(4);
            int headWidth = round % 5 == 0 ? 16 * upTo(5) : upTo(round % 3 == 0 ? 40 : 9);
            int row = heads * headWidth;
            boolean each = random.nextBoolean();
            int queries = each ? tokens : upTo(2 * tokens);
            int offset = random.nextInt(4);
            float[] q = random(random, offset + queries * row, 1);
            float[] k = random(random, offset + tokens * row, 1);
            float[] v = random(random, offset + tokens * row, 1);
            int[] counts = new int[queries + 1];
            for (int i = 0; i < queries; i++) {
                counts[1 + i] = each ? i + 1 : upTo(tokens);
            }
            float[] expected = untouched(offset + queries * row + 3);
            for (int i = 0; i < queries; i++) {
                int at = offset + i * row;
                SCALAR.attention(
                        new Queries(q, at, 1, VisibleKeys.ALL),
                        new Keys(k, v, offset, counts[1 + i], heads, headWidth),
                        new Output(expected, at, 0, heads),
                        workspace);
            }
            for (Kernels kernels : ALL) {
                float[] actual = untouched(expected.length);
                for (int first = 0, end; first < queries; first = end) {
                    end = Math.min(queries, first + upTo(queries));
                    for (int head = 0, next; head < heads; head = next) {
                        next = Math.min(heads, head + upTo(heads));
                        kernels.attention(
                                new Queries(q, offset + first * row, end - first, VisibleKeys.first(counts, 1 + first)),
                                new Keys(k, v, offset, tokens, heads, headWidth),
                                new Output(actual, offset + first * row, head, next),
                                workspace);
                    }
                }
                assertSameBits(actual, expected, kernels.name() + " " + queries + " queries, " + tokens + " tokens");
                float[] one = untouched(expected.length);
                KeptKeys kept = new KeptKeys(heads, headWidth);
                kept.add(v, 0, q, 0);
                kept.clear();
                for (int token = 0; token < tokens; token++) {
                    kept.add(k, offset + token * row, v, offset + token * row);
                    for (int i = 0; i < queries; i++) {
                        boolean now = each ? i == token : counts[1 + i] <= token + 1;
                        if (now) {
                            int at = offset + i * row;
                            kernels.attention(q, at, kept, counts[1 + i], one, at, workspace);
                        }
                    }
                }
                assertSameBits(one, expected, kernels.name() + " one by one, " + tokens + " tokens");
            }
        }
    }

    @Test
    void elements() {
        for (int round = 0; round < rounds(200); round++) {
            int rows = random.nextInt(30);
            int channels = round % 9 == 0 ? 1000 + upTo(200) : upTo(60);
            int xOffset = random.nextInt(5);
            int offset = random.nextInt(5);
            float[] x = random(random, xOffset + 2 * rows * channels, round % 3 == 0 ? 60 : round % 3 == 1 ? 2 : 1e-3);
            float[] gated = untouched(offset + rows * channels + 3);
            float[] positive = untouched(offset + 2 * rows * channels + 3);
            float[] scaled = positive.clone();
            for (int i = 0; i < rows * channels; i++) {
                int at = xOffset + i / channels * 2 * channels + i % channels;
                gated[offset + i] = ScalarMath.tanh(x[at]) / (1 + ScalarMath.exp(-x[at + channels]));
            }
            for (int i = 0; i < 2 * rows * channels; i++) {
                positive[offset + i] = x[xOffset + i] > 0 ? x[xOffset + i] : 0;
                scaled[offset + i] = x[xOffset + i] * 0.37f;
            }
            for (Kernels kernels : ALL) {
                float[] out = untouched(gated.length);
                kernels.gatedTanh(x, xOffset, rows, channels, out, offset);
                assertSameBits(out, gated, kernels.name() + " gatedTanh " + rows + "x" + channels);
                out = untouched(positive.length);
                kernels.relu(x, xOffset, 2 * rows * channels, out, offset);
                assertSameBits(out, positive, kernels.name() + " relu");
                out = untouched(scaled.length);
                kernels.scale(x, xOffset, 2 * rows * channels, 0.37f, out, offset);
                assertSameBits(out, scaled, kernels.name() + " scale");
            }
        }
    }

    /** Numbers of every exponent, and those that are none. */
    @Test
    void logarithmsProductsAndLogistics() {
        for (int round = 0; round < rounds(200); round++) {
            int length = round % 9 == 0 ? 1000 + upTo(1100) : upTo(70);
            int xOffset = random.nextInt(5);
            int offset = random.nextInt(5);
            float[] x = random(random, xOffset + length, round % 2 == 0 ? 60 : 1);
            float[] y = random(random, offset + length, 3);
            for (int i = 0; i < x.length && round % 3 > 0; i++) {
                // At first only positive numbers, of which each has a logarithm.
                x[i] = Float.intBitsToFloat(random.nextInt() & (round % 3 == 1 ? Integer.MAX_VALUE : -1));
            }
            float[] logarithms = untouched(offset + length + 3);
            float[] logistics = logarithms.clone();
            float[] products = logarithms.clone();
            for (int i = 0; i < length; i++) {
                logarithms[offset + i] = ScalarMath.log(x[xOffset + i]);
                logistics[offset + i] = 1 / (1 + ScalarMath.exp(-x[xOffset + i]));
                products[offset + i] = x[xOffset + i] * y[offset + i];
            }
            for (Kernels kernels : ALL) {
                float[] out = untouched(logarithms.length);
                kernels.log(x, xOffset, length, out, offset);
                assertSameBits(numbers(out), numbers(logarithms), kernels.name() + " log");
                kernels.sigmoid(x, xOffset, length, out, offset);
                assertSameBits(numbers(out), numbers(logistics), kernels.name() + " sigmoid");
                kernels.multiply(x, xOffset, y, offset, length, out, offset);
                assertSameBits(numbers(out), numbers(products), kernels.name() + " multiply");
                float[] place = Arrays.copyOfRange(x, xOffset, xOffset + length);
                kernels.log(place, 0, length, place, 0);
                float[] expected = Arrays.copyOfRange(logarithms, offset, offset + length);
                assertSameBits(numbers(place), numbers(expected), kernels.name() + " log in place");
            }
        }
    }

    /** The same with one NaN for all. */
    private static float[] numbers(float[] values) {
        float[] out = values.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = Float.isNaN(out[i]) ? Float.NaN : out[i];
        }
        return out;
    }

    /** Within 1 unit in the last place, for normal and subnormal numbers, and most of all near 1. */
    @Test
    void logIsAccurate() {
        double worst = 0;
        for (int bits = 1; bits < Float.floatToRawIntBits(Float.POSITIVE_INFINITY); bits += 997) {
            worst = Math.max(worst, logError(Float.intBitsToFloat(bits)));
        }
        for (int bits = Float.floatToRawIntBits(0.7f); bits < Float.floatToRawIntBits(1.43f); bits += 7) {
            worst = Math.max(worst, logError(Float.intBitsToFloat(bits)));
        }
        assertThat(worst).isBetween(0.5, 0.8);
        assertThat(Float.floatToRawIntBits(ScalarMath.log(1f))).isZero();
        assertThat(ScalarMath.log(Float.MIN_VALUE)).isEqualTo((float) StrictMath.log(Float.MIN_VALUE));
        assertThat(ScalarMath.log(0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(ScalarMath.log(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(ScalarMath.log(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(ScalarMath.log(-1f)).isNaN();
        assertThat(ScalarMath.log(Float.NaN)).isNaN();
    }

    private static double logError(float x) {
        double truth = StrictMath.log(x);
        return truth == 0 ? 0 : Math.abs(ScalarMath.log(x) - truth) / Math.ulp((float) truth);
    }

    @Test
    void theLogisticFunctionIsAccurate() {
        double worst = 0;
        for (int bits = 0; bits < Float.floatToRawIntBits(87f); bits += 499) {
            float x = bits % 2 == 0 ? Float.intBitsToFloat(bits) : -Float.intBitsToFloat(bits);
            double truth = 1 / (1 + StrictMath.exp(-x));
            worst = Math.max(worst, Math.abs(ScalarMath.sigmoid(x) - truth) / Math.ulp((float) truth));
        }
        assertThat(worst).isBetween(0.5, 3.0);
        assertThat(ScalarMath.sigmoid(-1000f)).isZero();
        assertThat(ScalarMath.sigmoid(1000f)).isEqualTo(1f);
        assertThat(ScalarMath.sigmoid(0f)).isEqualTo(0.5f);
    }

    /** Within 3 units in the last place over the whole range, and odd. */
    @Test
    void tanhIsAccurate() {
        double worst = 0;
        for (int bits = Float.floatToRawIntBits(1e-38f); bits < Float.floatToRawIntBits(100f); bits += 997) {
            float x = Float.intBitsToFloat(bits);
            double truth = StrictMath.tanh(x);
            double error = Math.abs(ScalarMath.tanh(x) - truth) / Math.ulp((float) truth);
            worst = Math.max(worst, error);
            if (ScalarMath.tanh(-x) != -ScalarMath.tanh(x)) {
                throw new AssertionError("tanh is not odd at " + x);
            }
        }
        assertThat(worst).isBetween(0.5, 3.0);
        assertThat(ScalarMath.tanh(Float.MIN_VALUE)).isEqualTo(Float.MIN_VALUE);
        assertThat(ScalarMath.tanh(Float.MAX_VALUE)).isEqualTo(1f);
        assertThat(Float.floatToRawIntBits(ScalarMath.tanh(0f))).isZero();
        assertThat(Float.floatToRawIntBits(ScalarMath.tanh(-0f))).isZero();
        assertThat(ScalarMath.tanh(Float.NaN)).isNaN();
    }

    @Test
    void gatesAreTanhTimesLogistic() {
        for (int i = 0; i < 1000; i++) {
            float a = (float) random.nextGaussian() * 3;
            float b = (float) random.nextGaussian() * 5;
            double truth = StrictMath.tanh(a) / (1 + StrictMath.exp(-b));
            assertThat((double) ScalarMath.gatedTanh(a, b)).isCloseTo(truth, within(6e-7 * Math.abs(truth)));
        }
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> new Conv1dShape(9, 2, 2, 1, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kernel = 2");
        assertThatThrownBy(() -> new Conv1dShape(9, 2, 3, 0, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dilation = 0");
        assertThatThrownBy(() -> new Conv1dShape(1 << 20, 1 << 10, 1024, 1 << 30, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too large");
        Conv1dShape shape = new Conv1dShape(9, 2, 3, 1, false);
        for (Kernels kernels : ALL) {
            PackedWeights w = kernels.pack(new float[4 * 6], 4, 6);
            float[] x = new float[18];
            float[] out = new float[36];
            ProductOutput to = ProductOutput.of(w, out, 0);
            assertThatThrownBy(() -> kernels.conv1d(x, 0, shape, 3, 10, w, null, to, workspace))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("endPlace = 10");
            assertThatThrownBy(() -> kernels.conv1d(x, 1, shape, 0, 9, w, null, to, workspace))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> kernels.gatedTanh(x, 0, 3, 3, x, 0)).isInstanceOf(IllegalArgumentException.class);
            for (int bad : new int[] {0, 5}) {
                VisibleKeys visible = VisibleKeys.first(new int[] {1, bad}, 0);
                assertThatThrownBy(() -> kernels.attention(
                                new Queries(x, 0, 2, visible),
                                new Keys(x, x, 0, 4, 1, 4),
                                new Output(out, 0, 0, 1),
                                workspace))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("query 1 sees " + bad);
            }
            assertThatThrownBy(() -> kernels.attention(
                            new Queries(x, 0, 2, VisibleKeys.first(new int[] {1}, 0)),
                            new Keys(x, x, 0, 4, 1, 4),
                            new Output(out, 0, 0, 1),
                            workspace))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            KeptKeys kept = new KeptKeys(2, 3);
            kept.add(x, 0, x, 6);
            for (int bad : new int[] {0, 2}) {
                assertThatThrownBy(() -> kernels.attention(x, 0, kept, bad, out, 0, workspace))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("seen = " + bad);
            }
            assertThatThrownBy(() -> kernels.attention(x, 13, kept, 1, out, 0, workspace))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> kernels.attention(x, 0, kept, 1, x, 6, workspace))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> kept.add(x, 0, x, 13)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(out).containsOnly(0f);
        }
    }
}
