package dev.ardm.exact;

import static dev.ardm.exact.Numbers.ALL;
import static dev.ardm.exact.Numbers.SCALAR;
import static dev.ardm.exact.Numbers.assertSameBits;
import static dev.ardm.exact.Numbers.random;
import static dev.ardm.exact.Numbers.untouched;

import dev.ardm.exact.Attention.Keys;
import dev.ardm.exact.Attention.Output;
import dev.ardm.exact.Attention.Queries;
import dev.ardm.exact.Norm.Groups;
import dev.ardm.exact.Norm.Images;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Scaling;
import dev.ardm.exact.Norm.Statistics;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sizes of nothing: nothing is written, or, for a convolution that sees its padding only, what the definition says. */
class EmptySizesTest {
    private static final float[] NONE = {};

    private final Random random = new Random(13);
    private final Workspace workspace = new Workspace();

    void all() {
        products();
        convolutions();
        normalisations();
        attention();
        elements();
        onePlace();
    }

    private static void assertUntouched(float[] out, String what) {
        assertSameBits(out, untouched(out.length), what);
    }

    @Test
    void products() {
        for (Kernels kernels : ALL) {
            int outputs = kernels.outputGrain() + 8;
            PackedWeights w = kernels.pack(random(random, 5 * outputs, 1), outputs, 5);
            float[] x = random(random, 30, 1);
            float[] out = untouched(6 * outputs + 50);
            ProductOutput to = ProductOutput.of(w, out, 2).withStep(outputs + 3);
            for (Epilogue epilogue : new Epilogue[] {Epilogue.NONE, Epilogue.GELU, Epilogue.add(NONE, 0, outputs)}) {
                kernels.matmul(x, 0, 0, w, null, to.then(epilogue), workspace);
                kernels.matmul(x, 0, 0, w, null, to.then(epilogue).accumulating(), workspace);
            }
            kernels.matmul(x, 0, 6, w, null, to.outputs(0, 0).then(Epilogue.SILU), workspace);
            kernels.matmul(x, 0, 6, w, null, to.outputs(kernels.outputGrain(), kernels.outputGrain()), workspace);
            kernels.matmul(x, 30, 0, w, null, to, workspace);
            kernels.matmul(NONE, 0, 0, w, null, ProductOutput.of(w, NONE, 0), workspace);
            assertUntouched(out, kernels.name() + " matmul");
        }
    }

    @Test
    void convolutions() {
        for (int kernel = 1; kernel <= 5; kernel++) {
            for (int stride = 1; stride <= 3; stride++) {
                for (int[] size : new int[][] {{0, 0}, {0, 7}, {7, 0}, {0, 1}, {1, 0}}) {
                    for (int n = 0; n < 3; n++) {
                        convolution(size[0], size[1], n, kernel, stride);
                    }
                }
            }
        }
    }

    /** With an even kernel the output of an empty image is not empty: it has one row or column more than the image. */
    private void convolution(int h, int w, int n, int kernel, int stride) {
        int outputs = 37;
        ConvShape shape = new ConvShape(h, w, 3, kernel, stride);
        float[] weights = random(random, outputs * shape.depth(), 1);
        float[] bias = new float[outputs];
        for (int o = 0; o < outputs; o++) {
            bias[o] = o - 36.5f; // never zero: the sign of a zero would depend on the weights
        }
        int size = n * Kernels.convOutput(h, kernel, stride) * Kernels.convOutput(w, kernel, stride) * outputs;
        float[] expected = untouched(size + 5);
        for (int i = 0; i < size; i++) {
            expected[i] = bias[i % outputs]; // all taps are zeros
        }
        for (Kernels kernels : ALL) {
            PackedWeights packed = kernels.pack(weights, outputs, shape.depth());
            float[] actual = untouched(size + 5);
            kernels.conv2d(NONE, 0, n, h, w, 3, packed, bias, kernel, stride, actual, 0, workspace);
            assertSameBits(actual, expected, kernels.name() + " " + n + " of " + shape);
        }
        ConvShape real = new ConvShape(4, 4, 3, kernel, stride);
        for (Kernels kernels : ALL) {
            PackedWeights packed = kernels.pack(weights, outputs, real.depth());
            float[] out = untouched(real.pixels() * outputs);
            ProductOutput to = ProductOutput.of(packed, out, 0).then(Epilogue.SILU);
            float[] x = new float[real.inputSize()];
            for (int row = 0; row <= real.outH(); row++) {
                kernels.conv2d(x, 0, real, row, row, packed, null, to, workspace);
            }
            kernels.conv2d(x, 0, real, 0, real.outH(), packed, null, to.outputs(0, 0), workspace);
            assertUntouched(out, kernels.name() + " no rows of " + real);
        }
    }

    @Test
    void normalisations() {
        float[] gamma = random(random, 24, 1);
        for (Kernels kernels : ALL) {
            float[] out = untouched(48);
            float[] x = random(random, 48, 1);
            for (int n = 0; n < 3; n++) {
                kernels.groupNorm(
                        new Images(x, 48, n, 0, 24, 3), new Scaling(gamma, gamma, 1e-5f), true, out, 48, workspace);
            }
            kernels.groupNorm(new Images(x, 0, 0, 2, 24, 3), new Scaling(gamma, gamma, 1e-5f), true, out, 0, workspace);
            kernels.normalise(new Rows(x, 0, 0, 24), new Statistics(gamma, gamma), gamma, true, out, 48);
            kernels.layerNorm(new Rows(x, 48, 0, 24), new Scaling(gamma, gamma, 1e-5f), out, 0, workspace);
            kernels.softmaxRows(x, 48, 0, 24, out, 48);
            for (int group = 0; group <= 3; group++) {
                kernels.groupStatistics(
                        new Rows(x, 0, 2, 24),
                        new Groups(3, group, group),
                        gamma,
                        1e-5f,
                        new Statistics(out, out),
                        workspace);
            }
            assertUntouched(out, kernels.name());
        }
    }

    @Test
    void attention() {
        for (Kernels kernels : ALL) {
            float[] out = untouched(60);
            float[] x = random(random, 60, 1);
            kernels.attention(
                    new Queries(x, 60, 0, VisibleKeys.ALL),
                    new Keys(x, x, 60, 0, 3, 4),
                    new Output(out, 60, 0, 3),
                    workspace);
            kernels.attention(
                    new Queries(x, 0, 0, VisibleKeys.ALL),
                    new Keys(x, x, 0, 5, 3, 4),
                    new Output(out, 0, 0, 3),
                    workspace);
            kernels.attention(
                    new Queries(x, 0, 5, VisibleKeys.ALL),
                    new Keys(x, x, 0, 5, 3, 4),
                    new Output(out, 0, 2, 2),
                    workspace);
            kernels.attention(NONE, new Keys(NONE, NONE, 0, 0, 3, 4), 2, NONE, workspace);
            assertUntouched(out, kernels.name());
        }
    }

    @Test
    void elements() {
        for (Kernels kernels : ALL) {
            float[] out = untouched(5);
            kernels.silu(NONE, 0, 0, out, 5);
            kernels.gelu(NONE, 0, 0, out, 0);
            kernels.exp(NONE, 0, 0, out, 0);
            kernels.add(NONE, 0, NONE, 0, 0, out, 3);
            assertUntouched(out, kernels.name());
        }
    }

    /** An image of one place, where all but the middle tap of a kernel is padding. */
    @Test
    void onePlace() {
        for (int kernel = 1; kernel <= 5; kernel++) {
            ConvShape shape = new ConvShape(1, 1, 7, kernel, 2);
            float[] x = random(random, 7, 1);
            float[] weights = random(random, 41 * shape.depth(), 1);
            float[] expected = new float[shape.pixels() * 41];
            SCALAR.conv2d(
                    x, 0, 1, 1, 1, 7, SCALAR.pack(weights, 41, shape.depth()), null, kernel, 2, expected, 0, workspace);
            for (Kernels kernels : ALL) {
                float[] actual = new float[expected.length];
                PackedWeights packed = kernels.pack(weights, 41, shape.depth());
                kernels.conv2d(x, 0, 1, 1, 1, 7, packed, null, kernel, 2, actual, 0, workspace);
                assertSameBits(actual, expected, kernels.name() + ", kernel " + kernel);
            }
        }
        float[] x = random(random, 30, 1);
        float[] expected = x.clone();
        for (int i = 0; i < 30; i++) {
            expected[i] += 0f; // the chain begins at a positive zero
        }
        for (Kernels kernels : ALL) {
            float[] out = new float[30];
            kernels.attention(
                    new Queries(x, 0, 1, VisibleKeys.ALL),
                    new Keys(x, x, 0, 1, 3, 10),
                    new Output(out, 0, 0, 3),
                    workspace);
            assertSameBits(out, expected, kernels.name() + " attention of one token");
        }
    }
}
