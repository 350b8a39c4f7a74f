package dev.ardm.exact;

import static dev.ardm.exact.Numbers.PLAIN;
import static dev.ardm.exact.Numbers.SCALAR;
import static dev.ardm.exact.Numbers.VECTOR;
import static dev.ardm.exact.Numbers.assertSameBits;
import static dev.ardm.exact.Numbers.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.exact.Attention.Keys;
import dev.ardm.exact.Norm.Images;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Scaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers may rely on, for each implementation. */
class KernelsContractTest {
    private final Random random = new Random(3);
    private final Workspace workspace = new Workspace();

    static List<Kernels> all() {
        return List.of(SCALAR, PLAIN, VECTOR);
    }

    @ParameterizedTest
    @MethodSource("all")
    void anItemDoesNotDependOnItsBatch(Kernels kernels) {
        int n = 5;
        int side = 7;
        int channels = 12;
        int outputs = 20;
        int item = side * side * channels;
        float[] x = random(random, n * item, 1);
        float[] gamma = random(random, channels, 1);
        PackedWeights w = kernels.pack(random(random, 9 * channels * outputs, 1), outputs, 9 * channels);
        PackedWeights rows = kernels.pack(random(random, channels * outputs, 1), outputs, channels);
        int spatial = side * side;

        float[] conv = new float[n * spatial * outputs];
        kernels.conv2d(x, 0, n, side, side, channels, w, null, 3, 1, conv, 0, workspace);
        float[] norm = new float[n * item];
        kernels.groupNorm(
                new Images(x, 0, n, spatial, channels, 3), new Scaling(gamma, gamma, 1e-5f), true, norm, 0, workspace);
        float[] product = new float[n * spatial * outputs];
        kernels.matmul(x, 0, n * spatial, rows, null, product, 0, workspace);
        float[] attention = new float[n * item];
        kernels.attention(x, new Keys(x, x, 0, spatial, 3, 4), n, attention, workspace);

        float[] convOne = new float[conv.length];
        float[] normOne = new float[norm.length];
        float[] productOne = new float[product.length];
        float[] attentionOne = new float[attention.length];
        for (int i = n - 1; i >= 0; i--) {
            int out = i * spatial * outputs;
            kernels.conv2d(x, i * item, 1, side, side, channels, w, null, 3, 1, convOne, out, workspace);
            kernels.groupNorm(
                    new Images(x, i * item, 1, spatial, channels, 3),
                    new Scaling(gamma, gamma, 1e-5f),
                    true,
                    normOne,
                    i * item,
                    workspace);
            float[] alone = Arrays.copyOfRange(x, i * item, (i + 1) * item);
            float[] attended = new float[item];
            kernels.attention(alone, new Keys(alone, alone, 0, spatial, 3, 4), 1, attended, new Workspace());
            System.arraycopy(attended, 0, attentionOne, i * item, item);
            for (int r = 0; r < spatial; r++) {
                int row = i * spatial + r;
                kernels.matmul(x, row * channels, 1, rows, null, productOne, row * outputs, workspace);
            }
        }
        assertSameBits(convOne, conv, "conv2d");
        assertSameBits(normOne, norm, "groupNorm");
        assertSameBits(productOne, product, "matmul");
        assertSameBits(attentionOne, attention, "attention");
    }

    @ParameterizedTest
    @MethodSource("all")
    void threadsDoNotDisturbEachOther(Kernels kernels) throws Exception {
        float[] x = random(random, 14 * 14 * 16, 1);
        PackedWeights w = kernels.pack(random(random, 9 * 16 * 24, 1), 24, 9 * 16);
        float[] expected = network(kernels, w, x);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<float[]>> results = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                results.add(pool.submit(() -> network(kernels, w, x)));
            }
            for (Future<float[]> result : results) {
                assertSameBits(result.get(), expected, "in a thread");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static float[] network(Kernels kernels, PackedWeights w, float[] x) {
        Workspace own = new Workspace();
        float[] gamma = new float[24];
        Arrays.fill(gamma, 1.25f);
        float[] a = new float[14 * 14 * 24];
        float[] b = new float[a.length];
        kernels.conv2d(x, 0, 1, 14, 14, 16, w, gamma, 3, 1, a, 0, own);
        kernels.groupNorm(new Images(a, 0, 1, 196, 24, 4), new Scaling(gamma, gamma, 1e-5f), true, a, 0, own);
        kernels.attention(a, new Keys(a, a, 0, 196, 2, 12), 1, b, own);
        kernels.layerNorm(new Rows(b, 0, 196, 24), new Scaling(gamma, gamma, 1e-5f), b, 0, own);
        kernels.gelu(b, 0, b.length, b, 0);
        return b;
    }

    @ParameterizedTest
    @MethodSource("all")
    void fusedSiluIsSiluAfterwards(Kernels kernels) {
        for (int channels : new int[] {1, 6, 24, 32, 50, 64}) {
            float[] x = random(random, 2 * 90 * channels, 2);
            float[] gamma = random(random, channels, 2);
            float[] fused = new float[x.length];
            float[] apart = new float[x.length];
            kernels.groupNorm(
                    new Images(x, 0, 2, 90, channels, 1), new Scaling(gamma, gamma, 1e-5f), true, fused, 0, workspace);
            kernels.groupNorm(
                    new Images(x, 0, 2, 90, channels, 1), new Scaling(gamma, gamma, 1e-5f), false, apart, 0, workspace);
            kernels.silu(apart, 0, apart.length, apart, 0);
            assertSameBits(fused, apart, channels + " channels");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void worksInPlace(Kernels kernels) {
        for (int channels : new int[] {3, 12, 18, 32, 57}) {
            float[] y = random(random, 40 * channels, 2);
            float[] expected = new float[y.length];
            kernels.groupNorm(
                    new Images(y, 0, 1, 40, channels, 1), new Scaling(y, y, 1e-5f), false, expected, 0, workspace);
            float[] scale = y.clone();
            kernels.groupNorm(
                    new Images(y, 0, 1, 40, channels, 1), new Scaling(scale, scale, 1e-5f), false, y, 0, workspace);
            assertSameBits(y, expected, "groupNorm of " + channels + " channels");
        }
        float[] x = random(random, 40 * 33, 2);
        float[] gamma = random(random, 33, 1);
        float[] out = new float[x.length];
        kernels.groupNorm(new Images(x, 0, 1, 40, 33, 3), new Scaling(gamma, gamma, 1e-5f), true, out, 0, workspace);
        float[] in = x.clone();
        kernels.groupNorm(new Images(in, 0, 1, 40, 33, 3), new Scaling(gamma, gamma, 1e-5f), true, in, 0, workspace);
        assertSameBits(in, out, "groupNorm");
        kernels.layerNorm(new Rows(x, 0, 40, 33), new Scaling(gamma, gamma, 1e-5f), out, 0, workspace);
        in = x.clone();
        kernels.layerNorm(new Rows(in, 0, 40, 33), new Scaling(gamma, gamma, 1e-5f), in, 0, workspace);
        assertSameBits(in, out, "layerNorm");
        kernels.softmaxRows(x, 0, 40, 33, out, 0);
        in = x.clone();
        kernels.softmaxRows(in, 0, 40, 33, in, 0);
        assertSameBits(in, out, "softmaxRows");
        kernels.add(x, 0, x, 0, x.length, out, 0);
        in = x.clone();
        kernels.add(in, 0, in, 0, x.length, in, 0);
        assertSameBits(in, out, "add");
    }

    @ParameterizedTest
    @MethodSource("all")
    void specialValuesOfElementwiseFunctions(Kernels kernels) {
        float[] special = {
            0f,
            -0f,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.MIN_VALUE,
            -Float.MIN_NORMAL,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            ScalarMath.EXP_MAX,
            Math.nextUp(ScalarMath.EXP_MAX),
            ScalarMath.EXP_MIN,
            Math.nextDown(ScalarMath.EXP_MIN),
            -ScalarMath.EXP_MAX,
            -ScalarMath.EXP_MIN,
            1e20f,
            -1e20f,
        };
        float[] x = new float[special.length * 16];
        for (int i = 0; i < x.length; i++) {
            x[i] = special[i % special.length];
        }
        float[] out = new float[x.length];
        kernels.exp(x, 0, x.length, out, 0);
        for (int i = 0; i < x.length; i++) {
            assertThat(Float.floatToIntBits(out[i])).isEqualTo(Float.floatToIntBits(ScalarMath.exp(x[i])));
        }
        kernels.silu(x, 0, x.length, out, 0);
        for (int i = 0; i < x.length; i++) {
            assertThat(Float.floatToIntBits(out[i])).isEqualTo(Float.floatToIntBits(ScalarMath.silu(x[i])));
        }
        kernels.gelu(x, 0, x.length, out, 0);
        for (int i = 0; i < x.length; i++) {
            assertThat(Float.floatToIntBits(out[i])).isEqualTo(Float.floatToIntBits(ScalarMath.gelu(x[i])));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void packingCopiesTheWeights(Kernels kernels) {
        float[] weights = {1, 2, 3, 4, 5, 6};
        PackedWeights packed = kernels.pack(weights, 2, 3);
        Arrays.fill(weights, 0f);
        float[] out = new float[2];
        kernels.matmul(new float[] {1, 1, 1}, 0, 1, packed, new float[] {10, 20}, out, 0, workspace);
        assertThat(packed.outputs()).isEqualTo(2);
        assertThat(packed.depth()).isEqualTo(3);
        assertThat(out).containsExactly(16, 35);
    }

    @ParameterizedTest
    @MethodSource("all")
    void wrongArgumentsAreRefused(Kernels kernels) {
        float[] x = new float[24];
        float[] out = new float[24];
        PackedWeights w = kernels.pack(new float[6], 2, 3);
        assertThatThrownBy(() -> kernels.pack(new float[7], 2, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> kernels.pack(new float[0], 0, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> kernels.matmul(x, 0, 9, w, null, out, 0, workspace))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("x: needs 27 floats from 0");
        assertThatThrownBy(() -> kernels.matmul(x, 0, 8, w, null, out, 9, workspace))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> kernels.matmul(x, -1, 1, w, null, out, 0, workspace))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> kernels.matmul(x, 0, 2, w, new float[1], out, 0, workspace))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> kernels.matmul(x, 0, 2, w, null, x, 0, workspace))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> kernels.conv2d(x, 0, 1, 2, 2, 1, w, null, 3, 1, out, 0, workspace))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("depth");
        assertThatThrownBy(() -> kernels.groupNorm(
                        new Images(x, 0, 1, 4, 6, 4), new Scaling(x, x, 0f), false, out, 0, workspace))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("groups = 4");
        assertThatThrownBy(() -> kernels.attention(x, new Keys(x, x, 0, 4, 2, 4), 1, out, workspace))
                .isInstanceOf(IndexOutOfBoundsException.class);
        Kernels other = kernels == SCALAR ? PLAIN : SCALAR;
        assertThatThrownBy(() -> kernels.matmul(x, 0, 1, other.pack(new float[6], 2, 3), null, out, 0, workspace))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not packed by the kernels");
        assertThat(out).containsOnly(0f);
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingIsAllowed(Kernels kernels) {
        float[] none = {};
        PackedWeights w = kernels.pack(new float[9], 1, 9);
        kernels.matmul(none, 0, 0, w, null, none, 0, workspace);
        kernels.conv2d(none, 0, 0, 3, 3, 1, w, null, 3, 1, none, 0, workspace);
        kernels.groupNorm(
                new Images(none, 0, 0, 3, 1, 1), new Scaling(new float[1], new float[1], 0f), true, none, 0, workspace);
        kernels.attention(none, new Keys(none, none, 0, 1, 1, 1), 0, none, workspace);
        kernels.exp(none, 0, 0, none, 0);
    }

    @Test
    void choice() {
        assertThat(KernelChoice.best(null).name()).startsWith("vector-");
        assertThat(KernelChoice.best("vector").name()).startsWith("vector-");
        assertThat(KernelChoice.best("plain").name()).isEqualTo("plain");
        assertThat(KernelChoice.best("scalar")).isSameAs(Kernels.reference());
        assertThatThrownBy(() -> KernelChoice.best("fast")).isInstanceOf(IllegalArgumentException.class);
    }
}
