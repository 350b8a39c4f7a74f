package dev.ardm.exact;

import static dev.ardm.exact.Numbers.FAST;
import static dev.ardm.exact.Numbers.SCALAR;
import static dev.ardm.exact.Numbers.assertSameBits;
import static dev.ardm.exact.Numbers.random;
import static dev.ardm.exact.Numbers.untouched;

import dev.ardm.exact.Attention.Keys;
import dev.ardm.exact.Norm.Images;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Scaling;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Every fast implementation gives the bits of the reference, on random shapes and offsets, with a used workspace. */
class SameBitsTest {
    private final Random random = new Random(7);
    private final Workspace workspace = new Workspace();

    /** The same comparisons in a JVM of one's own choice. */
    public static void main(String[] args) {
        SameBitsTest test = new SameBitsTest();
        test.matrixProducts();
        test.convolutions();
        test.typicalConvolutions();
        test.groupNorms();
        test.layerNorms();
        test.softmax();
        test.attention();
        test.elementwise();
        new ProductPiecesTest().all();
        new PartialOperationsTest().all();
        new EmptySizesTest().all();
        new SequenceKernelsTest().all();
        System.out.println("same bits with " + Numbers.VECTOR.name());
    }

    /** Runs an operation with each implementation and compares all of the output array, also what lies around the result. */
    private void compare(String what, int outLength, BiConsumer<Kernels, float[]> operation) {
        float[] expected = untouched(outLength);
        operation.accept(SCALAR, expected);
        for (Kernels kernels : FAST) {
            float[] actual = untouched(outLength);
            operation.accept(kernels, actual);
            assertSameBits(actual, expected, kernels.name() + " " + what);
        }
    }

    private int upTo(int max) {
        return 1 + random.nextInt(max);
    }

    @Test
    void matrixProducts() {
        for (int round = 0; round < 400; round++) {
            int rows = random.nextInt(8) == 0 ? upTo(900) : upTo(40);
            int depth = upTo(round % 2 == 0 ? 20 : 150);
            int outputs = upTo(round % 3 == 0 ? 10 : 130);
            int xOffset = random.nextInt(9);
            int outOffset = random.nextInt(9);
            float[] x = random(random, xOffset + rows * depth, 1);
            float[] w = random(random, outputs * depth, 0.3);
            float[] bias = random.nextBoolean() ? random(random, outputs + 2, 1) : null;
            String what = "matmul " + rows + "x" + depth + "x" + outputs;
            compare(
                    what,
                    outOffset + rows * outputs + 5,
                    (kernels, out) -> kernels.matmul(
                            x, xOffset, rows, kernels.pack(w, outputs, depth), bias, out, outOffset, workspace));
        }
    }

    @Test
    void convolutions() {
        int[] kernelSizes = {1, 3, 3, 3, 5, 2, 4, 7};
        for (int round = 0; round < 500; round++) {
            int kernel = kernelSizes[random.nextInt(kernelSizes.length)];
            int stride = 1 + random.nextInt(3);
            int n = upTo(3);
            int h = upTo(14);
            int width = round % 5 == 0 ? upTo(60) : upTo(14);
            int cin = upTo(9);
            int outputs = round % 2 == 0 ? upTo(9) : upTo(70);
            int xOffset = random.nextInt(9);
            int outOffset = random.nextInt(9);
            float[] x = random(random, xOffset + n * h * width * cin + 3, 1);
            float[] w = random(random, outputs * kernel * kernel * cin, 0.3);
            float[] bias = random.nextBoolean() ? random(random, outputs, 1) : null;
            int outSize =
                    n * Kernels.convOutput(h, kernel, stride) * Kernels.convOutput(width, kernel, stride) * outputs;
            String what = "conv " + n + "x" + h + "x" + width + "x" + cin + " to " + outputs + ", kernel " + kernel
                    + ", stride " + stride;
            compare(
                    what,
                    outOffset + outSize + 5,
                    (kernels, out) -> kernels.conv2d(
                            x,
                            xOffset,
                            n,
                            h,
                            width,
                            cin,
                            kernels.pack(w, outputs, kernel * kernel * cin),
                            bias,
                            kernel,
                            stride,
                            out,
                            outOffset,
                            workspace));
        }
    }

    @Test
    void typicalConvolutions() {
        int[][] shapes = {{28, 32, 40, 1}, {14, 64, 128, 2}, {7, 128, 192, 1}, {28, 8, 64, 2}, {33, 2, 1, 1}};
        for (int[] s : shapes) {
            float[] x = random(random, 2 * s[0] * s[0] * s[1], 1);
            float[] w = random(random, 9 * s[1] * s[2], 0.1);
            int side = Kernels.convOutput(s[0], 3, s[3]);
            compare(
                    "conv at " + s[0],
                    2 * side * side * s[2],
                    (kernels, out) -> kernels.conv2d(
                            x,
                            0,
                            2,
                            s[0],
                            s[0],
                            s[1],
                            kernels.pack(w, s[2], 9 * s[1]),
                            null,
                            3,
                            s[3],
                            out,
                            0,
                            workspace));
        }
    }

    @Test
    void groupNorms() {
        for (int round = 0; round < 300; round++) {
            int n = upTo(3);
            int spatial = round % 4 == 0 ? upTo(400) : upTo(60);
            int groups = upTo(6);
            int channels = groups * upTo(round % 2 == 0 ? 4 : 25);
            int xOffset = random.nextInt(9);
            int outOffset = random.nextInt(9);
            float[] x = random(random, xOffset + n * spatial * channels, 2);
            float[] gamma = random(random, channels, 1);
            float[] beta = random(random, channels + 1, 1);
            for (boolean silu : new boolean[] {false, true}) {
                String what = "groupNorm " + n + "x" + spatial + "x" + channels + ", " + groups + " groups";
                compare(
                        what,
                        outOffset + n * spatial * channels + 5,
                        (kernels, out) -> kernels.groupNorm(
                                new Images(x, xOffset, n, spatial, channels, groups),
                                new Scaling(gamma, beta, 1e-5f),
                                silu,
                                out,
                                outOffset,
                                workspace));
            }
        }
    }

    @Test
    void layerNorms() {
        for (int round = 0; round < 300; round++) {
            int rows = upTo(8);
            int width = upTo(200);
            int xOffset = random.nextInt(9);
            int outOffset = random.nextInt(9);
            float[] x = random(random, xOffset + rows * width, 2);
            float[] gamma = random(random, width, 1);
            float[] beta = random(random, width, 1);
            compare(
                    "layerNorm " + rows + "x" + width,
                    outOffset + rows * width + 5,
                    (kernels, out) -> kernels.layerNorm(
                            new Rows(x, xOffset, rows, width),
                            new Scaling(gamma, beta, 1e-6f),
                            out,
                            outOffset,
                            workspace));
        }
    }

    @Test
    void softmax() {
        for (int round = 0; round < 300; round++) {
            int rows = upTo(8);
            int width = upTo(300);
            int xOffset = random.nextInt(9);
            int outOffset = random.nextInt(9);
            float[] x = random(random, xOffset + rows * width, round % 3 == 0 ? 40 : 2);
            if (width > 2 && round % 4 == 0) {
                x[xOffset + random.nextInt(width)] = Float.NEGATIVE_INFINITY;
            }
            compare(
                    "softmax " + rows + "x" + width,
                    outOffset + rows * width + 5,
                    (kernels, out) -> kernels.softmaxRows(x, xOffset, rows, width, out, outOffset));
        }
    }

    @Test
    void attention() {
        for (int round = 0; round < 60; round++) {
            int n = upTo(3);
            int tokens = upTo(round % 5 == 0 ? 200 : 40);
            int heads = upTo(4);
            int headWidth = upTo(40);
            int length = n * tokens * heads * headWidth;
            float[] q = random(random, length, 1);
            float[] k = random(random, length, 1);
            float[] v = random(random, length, 1);
            compare(
                    "attention " + n + "x" + tokens + "x" + heads + "x" + headWidth,
                    length + 5,
                    (kernels, out) ->
                            kernels.attention(q, new Keys(k, v, 0, tokens, heads, headWidth), n, out, workspace));
        }
    }

    @Test
    void elementwise() {
        for (int round = 0; round < 300; round++) {
            int length = random.nextInt(500);
            int xOffset = random.nextInt(9);
            int bOffset = random.nextInt(9);
            int outOffset = random.nextInt(9);
            float[] x = random(random, xOffset + length, round % 2 == 0 ? 50 : 2);
            float[] b = random(random, bOffset + length, 1);
            int size = outOffset + length + 5;
            compare("exp", size, (kernels, out) -> kernels.exp(x, xOffset, length, out, outOffset));
            compare("silu", size, (kernels, out) -> kernels.silu(x, xOffset, length, out, outOffset));
            compare("gelu", size, (kernels, out) -> kernels.gelu(x, xOffset, length, out, outOffset));
            compare("add", size, (kernels, out) -> kernels.add(x, xOffset, b, bOffset, length, out, outOffset));
        }
    }
}
