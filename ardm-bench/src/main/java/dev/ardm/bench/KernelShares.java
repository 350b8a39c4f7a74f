package dev.ardm.bench;

import dev.ardm.exact.Attention.Keys;
import dev.ardm.exact.ConvShape;
import dev.ardm.exact.Kernels;
import dev.ardm.exact.Norm.Images;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Scaling;
import dev.ardm.exact.PackedWeights;
import dev.ardm.exact.ProductOutput;
import dev.ardm.exact.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The speed of each kernel on one thread compared with this machine's own fp32 peak, as Markdown. Shapes are those of the networks that
 * {@link EngineComparison} times. A multiply-add is two operations, anything else one; a division and a comparison count like a sum.
 */
public final class KernelShares {
    /** Operations of one exp: docs/arithmetic.md. */
    private static final int EXP = 24;

    private static final int ROUNDS = 15;

    private final Kernels kernels;
    private final double peak;
    private final Workspace workspace = new Workspace();
    private final Random random = new Random(1);

    private KernelShares(Kernels kernels, double peak) {
        this.kernels = kernels;
        this.peak = peak;
    }

    /** Takes no arguments. */
    public static void main(String[] args) throws Exception {
        double one = PeakFlops.gigaflops(1);
        int processors = Runtime.getRuntime().availableProcessors();
        System.out.printf(
                Locale.ROOT,
                "%s, Java %s. fp32 peak, measured: %.0f GFLOP/s on one thread, %.0f on %d.%n%n",
                Machine.processor(),
                System.getProperty("java.version"),
                one,
                PeakFlops.gigaflops(processors),
                processors);
        System.out.println("| kernel | implementation | GFLOP/s | share of the peak of one thread |");
        System.out.println("|---|---|---|---|");
        for (String name : List.of("vector", "plain")) {
            new KernelShares(KernelNames.kernels(name), one).print();
        }
    }

    private void print() {
        int[][] convolutions = {
            {28, 32, 32, 3, 1},
            {14, 96, 96, 3, 1},
            {7, 128, 128, 3, 1},
            {28, 32, 96, 3, 2},
            {32, 64, 64, 3, 1},
            {16, 64, 64, 3, 1},
            {8, 64, 64, 3, 1},
        };
        for (int[] c : convolutions) {
            convolution(c[0], c[1], c[2], c[3], c[4]);
        }
        int[][] products = {{784, 64, 256}, {49, 128, 128}, {256, 256, 256}, {256, 256, 1024}, {256, 1024, 256}};
        for (int[] p : products) {
            product(p[0], p[1], p[2]);
        }
        attention(49, 4, 32);
        attention(256, 8, 32);
        groupNorm(784, 32);
        groupNorm(196, 96);
        groupNorm(1024, 64);
        layerNorm(256, 256);
        float[] x = numbers(1 << 16);
        float[] out = new float[x.length];
        row("SiLU of 65,536", (EXP + 2.0) * x.length, () -> kernels.silu(x, 0, x.length, out, 0));
        row("GELU of 65,536", (EXP + 6.0) * x.length, () -> kernels.gelu(x, 0, x.length, out, 0));
        row("softmax of 256 x 256", (EXP + 3.0) * x.length, () -> kernels.softmaxRows(x, 0, 256, 256, out, 0));
    }

    private float[] numbers(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private void convolution(int side, int cin, int outputs, int kernel, int stride) {
        ConvShape shape = new ConvShape(side, side, cin, kernel, stride);
        float[] x = numbers(shape.inputSize());
        PackedWeights w = kernels.pack(numbers(outputs * shape.depth()), outputs, shape.depth());
        float[] out = new float[shape.pixels() * outputs];
        ProductOutput to = ProductOutput.of(w, out, 0);
        row(
                String.format(
                        "convolution %dx%d, %dx%d, %d to %d, stride %d",
                        kernel, kernel, side, side, cin, outputs, stride),
                2.0 * out.length * shape.depth(),
                () -> kernels.conv2d(x, 0, shape, 0, shape.outH(), w, null, to, workspace));
    }

    private void product(int rows, int depth, int outputs) {
        float[] x = numbers(rows * depth);
        PackedWeights w = kernels.pack(numbers(outputs * depth), outputs, depth);
        float[] out = new float[rows * outputs];
        row(
                String.format("matrix product %d x %d x %d", rows, depth, outputs),
                2.0 * out.length * depth,
                () -> kernels.matmul(x, 0, rows, w, null, out, 0, workspace));
    }

    private void attention(int tokens, int heads, int headWidth) {
        int size = tokens * heads * headWidth;
        float[] q = numbers(size);
        float[] k = numbers(size);
        float[] v = numbers(size);
        float[] out = new float[size];
        row(
                String.format("attention, %d tokens, %d heads of %d", tokens, heads, headWidth),
                (4.0 * headWidth + EXP + 3) * tokens * tokens * heads,
                () -> kernels.attention(q, new Keys(k, v, 0, tokens, heads, headWidth), 1, out, workspace));
    }

    private void groupNorm(int places, int channels) {
        float[] x = numbers(places * channels);
        float[] gamma = numbers(channels);
        float[] out = new float[x.length];
        row(
                String.format("group norm and SiLU, %d x %d", places, channels),
                (1.0 + 3 + 3 + EXP + 2) * x.length,
                () -> kernels.groupNorm(
                        new Images(x, 0, 1, places, channels, 8),
                        new Scaling(gamma, gamma, 1e-5f),
                        true,
                        out,
                        0,
                        workspace));
    }

    private void layerNorm(int rows, int width) {
        float[] x = numbers(rows * width);
        float[] gamma = numbers(width);
        float[] out = new float[x.length];
        row(
                String.format("layer norm, %d x %d", rows, width),
                (1.0 + 3 + 4) * x.length,
                () -> kernels.layerNorm(
                        new Rows(x, 0, rows, width), new Scaling(gamma, gamma, 1e-5f), out, 0, workspace));
    }

    private void row(String what, double operations, Runnable call) {
        EngineComparison.milliseconds(1, call);
        double[] speeds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            speeds[round] = operations / (EngineComparison.milliseconds(0.1, call) * 1e6);
        }
        Arrays.sort(speeds);
        double median = speeds[ROUNDS / 2];
        System.out.printf(
                Locale.ROOT, "| %s | %s | %.1f | %.0f %% |%n", what, kernels.name(), median, 100 * median / peak);
    }
}
