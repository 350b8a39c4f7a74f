package dev.ardm.exact;

import static dev.ardm.exact.Numbers.SCALAR;
import static dev.ardm.exact.Numbers.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.exact.Attention.Keys;
import dev.ardm.exact.Norm.Images;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Scaling;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The reference is right: it agrees with independent computations in double. */
class TrueValuesTest {
    private final Random random = new Random(11);
    private final Workspace workspace = new Workspace();

    @Test
    void convolution() {
        int n = 2;
        for (int kernel : new int[] {1, 2, 3, 5}) {
            for (int stride = 1; stride <= 3; stride++) {
                int h = 7;
                int w = 9;
                int cin = 3;
                int outputs = 4;
                float[] x = random(random, n * h * w * cin, 1);
                float[] weights = random(random, outputs * kernel * kernel * cin, 1);
                float[] bias = random(random, outputs, 1);
                int outH = Kernels.convOutput(h, kernel, stride);
                int outW = Kernels.convOutput(w, kernel, stride);
                double[] expected = new double[n * outH * outW * outputs];
                // Scatter instead of gather: every input pixel is added wherever it has an influence.
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = bias[i % outputs];
                }
                for (int i = 0; i < n; i++) {
                    for (int y = 0; y < h; y++) {
                        for (int column = 0; column < w; column++) {
                            for (int ky = 0; ky < kernel; ky++) {
                                for (int kx = 0; kx < kernel; kx++) {
                                    int top = y + kernel / 2 - ky;
                                    int left = column + kernel / 2 - kx;
                                    if (top % stride != 0 || left % stride != 0) {
                                        continue;
                                    }
                                    int oy = top / stride;
                                    int ox = left / stride;
                                    if (top < 0 || left < 0 || oy >= outH || ox >= outW) {
                                        continue;
                                    }
                                    for (int o = 0; o < outputs; o++) {
                                        for (int c = 0; c < cin; c++) {
                                            expected[((i * outH + oy) * outW + ox) * outputs + o] +=
                                                    (double) x[((i * h + y) * w + column) * cin + c]
                                                            * weights[((o * kernel + ky) * kernel + kx) * cin + c];
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
                float[] out = new float[expected.length];
                SCALAR.conv2d(
                        x,
                        0,
                        n,
                        h,
                        w,
                        cin,
                        SCALAR.pack(weights, outputs, kernel * kernel * cin),
                        bias,
                        kernel,
                        stride,
                        out,
                        0,
                        workspace);
                assertClose(out, expected, 1e-5);
            }
        }
    }

    @Test
    void matrixProduct() {
        float[] x = random(random, 5 * 40, 1);
        float[] w = random(random, 7 * 40, 1);
        double[] expected = new double[5 * 7];
        for (int i = 0; i < expected.length; i++) {
            for (int k = 0; k < 40; k++) {
                expected[i] += (double) x[i / 7 * 40 + k] * w[i % 7 * 40 + k];
            }
        }
        float[] out = new float[35];
        SCALAR.matmul(x, 0, 5, SCALAR.pack(w, 7, 40), null, out, 0, workspace);
        assertClose(out, expected, 1e-5);
    }

    @Test
    void groupNormalisation() {
        int spatial = 300;
        int channels = 6;
        float[] x = random(random, spatial * channels, 3);
        for (int i = 0; i < x.length; i++) {
            x[i] += 20;
        }
        float[] gamma = random(random, channels, 1);
        float[] beta = random(random, channels, 1);
        double[] expected = new double[x.length];
        for (int g = 0; g < 2; g++) {
            double[] part = new double[spatial * 3];
            for (int i = 0; i < part.length; i++) {
                part[i] = x[i / 3 * channels + g * 3 + i % 3];
            }
            standardise(part, 1e-5);
            for (int i = 0; i < part.length; i++) {
                int c = g * 3 + i % 3;
                expected[i / 3 * channels + c] = part[i] * gamma[c] + beta[c];
            }
        }
        float[] out = new float[x.length];
        SCALAR.groupNorm(
                new Images(x, 0, 1, spatial, channels, 2), new Scaling(gamma, beta, 1e-5f), false, out, 0, workspace);
        assertClose(out, expected, 1e-5);
    }

    @Test
    void groupNormalisationOfAMillionPositionsIsAccurate() {
        int spatial = 1_000_000;
        float[] x = random(random, spatial, 1);
        double[] expected = new double[spatial];
        for (int i = 0; i < spatial; i++) {
            x[i] += 5;
            expected[i] = x[i];
        }
        standardise(expected, 1e-5);
        float[] out = new float[spatial];
        float[] one = {1};
        float[] zero = {0};
        SCALAR.groupNorm(new Images(x, 0, 1, spatial, 1, 1), new Scaling(one, zero, 1e-5f), false, out, 0, workspace);
        assertClose(out, expected, 3e-6);
    }

    @Test
    void layerNormalisation() {
        float[] x = random(random, 100, 3);
        double[] expected = new double[100];
        for (int i = 0; i < 100; i++) {
            expected[i] = x[i];
        }
        standardise(expected, 1e-5);
        float[] gamma = random(random, 100, 1);
        float[] beta = random(random, 100, 1);
        for (int i = 0; i < 100; i++) {
            expected[i] = expected[i] * gamma[i] + beta[i];
        }
        float[] out = new float[100];
        SCALAR.layerNorm(new Rows(x, 0, 1, 100), new Scaling(gamma, beta, 1e-5f), out, 0, workspace);
        assertClose(out, expected, 1e-5);
    }

    @Test
    void attentionIsASoftAverage() {
        int tokens = 11;
        int heads = 3;
        int width = 5;
        int length = tokens * heads * width;
        float[] q = random(random, length, 2);
        float[] k = random(random, length, 2);
        float[] v = random(random, length, 1);
        double[] expected = new double[length];
        for (int head = 0; head < heads; head++) {
            for (int t = 0; t < tokens; t++) {
                double[] weights = new double[tokens];
                double sum = 0;
                for (int s = 0; s < tokens; s++) {
                    double score = 0;
                    for (int d = 0; d < width; d++) {
                        score += (double) q[(t * heads + head) * width + d] * k[(s * heads + head) * width + d];
                    }
                    weights[s] = StrictMath.exp(score / StrictMath.sqrt(width));
                    sum += weights[s];
                }
                for (int s = 0; s < tokens; s++) {
                    for (int d = 0; d < width; d++) {
                        expected[(t * heads + head) * width + d] +=
                                weights[s] / sum * v[(s * heads + head) * width + d];
                    }
                }
            }
        }
        float[] out = new float[length];
        SCALAR.attention(q, new Keys(k, v, 0, tokens, heads, width), 1, out, workspace);
        assertClose(out, expected, 1e-5);
    }

    @Test
    void softmaxIsADistribution() {
        float[] x = {1, 2, 3, Float.NEGATIVE_INFINITY, -200, 3};
        float[] out = new float[6];
        SCALAR.softmaxRows(x, 0, 1, 6, out, 0);
        double sum = StrictMath.exp(-2) + StrictMath.exp(-1) + 2;
        assertClose(
                out, new double[] {StrictMath.exp(-2) / sum, StrictMath.exp(-1) / sum, 1 / sum, 0, 0, 1 / sum}, 1e-6);
    }

    @Test
    void expIsWithinAnUlp() {
        double worst = 0;
        int end = Float.floatToRawIntBits(89f);
        for (int bits = 0; bits < end; bits += 499) {
            float x = Float.intBitsToFloat(bits);
            worst = Math.max(worst, Math.max(ulpsOff(x), ulpsOff(-x)));
        }
        System.out.println("exp: at most " + worst + " ulp from the true value");
        assertThat(worst).isLessThan(1.0);
    }

    private static double ulpsOff(float x) {
        if (x < ScalarMath.EXP_MIN || x > ScalarMath.EXP_MAX) {
            return 0;
        }
        double exact = StrictMath.exp(x);
        return Math.abs(ScalarMath.exp(x) - exact) / Math.ulp((float) exact);
    }

    @Test
    void expAtTheEdges() {
        assertThat(ScalarMath.exp(0f)).isEqualTo(1f);
        assertThat(ScalarMath.exp(-0f)).isEqualTo(1f);
        assertThat(ScalarMath.exp(Float.MIN_VALUE)).isEqualTo(1f);
        assertThat(ScalarMath.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(ScalarMath.exp(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
        assertThat(ScalarMath.exp(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(ScalarMath.exp(-Float.MAX_VALUE)).isEqualTo(0f);
        assertThat(ScalarMath.exp(Float.NaN)).isNaN();
        // The limits are the last arguments whose results are normal floats.
        assertThat(ScalarMath.exp(ScalarMath.EXP_MAX)).isFinite();
        assertThat(StrictMath.exp(Math.nextUp(ScalarMath.EXP_MAX))).isGreaterThan(Float.MAX_VALUE);
        assertThat(ScalarMath.exp(Math.nextUp(ScalarMath.EXP_MAX))).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(ScalarMath.exp(ScalarMath.EXP_MIN)).isGreaterThanOrEqualTo(Float.MIN_NORMAL);
        assertThat(StrictMath.exp(Math.nextDown(ScalarMath.EXP_MIN))).isLessThan(Float.MIN_NORMAL);
        assertThat(ScalarMath.exp(Math.nextDown(ScalarMath.EXP_MIN))).isEqualTo(0f);
    }

    @Test
    void activations() {
        for (float x = -30; x < 30; x += 0.01f) {
            double d = x;
            double tanh = StrictMath.tanh(StrictMath.sqrt(2 / StrictMath.PI) * (d + 0.044715 * d * d * d));
            assertThat((double) ScalarMath.gelu(x)).isCloseTo(d * (1 + tanh) / 2, within(2e-6 * Math.max(1, -d)));
            assertThat((double) ScalarMath.silu(x)).isCloseTo(d / (1 + StrictMath.exp(-d)), within(4e-6));
        }
        assertThat(ScalarMath.silu(-1000f)).isEqualTo(-0f);
        assertThat(ScalarMath.gelu(-1000f)).isEqualTo(-0f);
        assertThat(ScalarMath.silu(1000f)).isEqualTo(1000f);
        assertThat(ScalarMath.gelu(1000f)).isEqualTo(1000f);
    }

    private static void standardise(double[] values, double eps) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double variance = 0;
        for (double value : values) {
            variance += (value - mean) * (value - mean) / values.length;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] - mean) / StrictMath.sqrt(variance + eps);
        }
    }

    private static void assertClose(float[] actual, double[] expected, double tolerance) {
        assertThat(actual.length).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i])
                    .as("element " + i)
                    .isCloseTo(expected[i], within(tolerance * Math.max(1, Math.abs(expected[i]))));
        }
    }
}
