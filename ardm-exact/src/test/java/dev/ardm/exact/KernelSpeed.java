package dev.ardm.exact;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Prints the speed of each implementation on typical shapes, on one thread. Arguments: names of implementations, all by default. */
public final class KernelSpeed {
    private static final Random RANDOM = new Random(1);
    private static final Workspace WORKSPACE = new Workspace();

    private KernelSpeed() {}

    public static void main(String[] args) {
        List<String> names = args.length == 0 ? List.of("vector", "plain", "scalar") : List.of(args);
        for (String name : names) {
            Kernels kernels = KernelChoice.best(name);
            System.out.println(kernels.name());
            int[][] convolutions = {
                {28, 2, 32, 3, 1}, {28, 32, 32, 3, 1}, {28, 64, 64, 3, 1}, {14, 64, 64, 3, 1}, {28, 64, 64, 3, 2},
                {14, 128, 128, 3, 1}, {7, 128, 128, 3, 1}, {7, 192, 192, 3, 1}, {14, 128, 64, 1, 1}, {28, 64, 8, 3, 1},
            };
            for (int[] c : convolutions) {
                convolution(kernels, c[0], c[1], c[2], c[3], c[4]);
            }
            int[][] products = {{784, 64, 256}, {784, 128, 256}, {196, 32, 256}, {1, 128, 256}, {512, 512, 512}};
            for (int[] p : products) {
                product(kernels, p[0], p[1], p[2]);
            }
            normalisation(kernels, 784, 64);
            normalisation(kernels, 196, 128);
            normalisation(kernels, 784, 24);
            softmax(kernels, 784, 256);
            attention(kernels, 196, 4, 32);
        }
    }

    private static void convolution(Kernels kernels, int side, int cin, int outputs, int kernel, int stride) {
        float[] x = Numbers.random(RANDOM, side * side * cin, 1);
        PackedWeights w = kernels.pack(
                Numbers.random(RANDOM, kernel * kernel * cin * outputs, 1), outputs, kernel * kernel * cin);
        int outSide = Kernels.convOutput(side, kernel, stride);
        float[] out = new float[outSide * outSide * outputs];
        String what = String.format("conv %dx%d %d->%d k%d s%d", side, side, cin, outputs, kernel, stride);
        time(
                what,
                2.0 * out.length * kernel * kernel * cin,
                "GFLOP/s",
                () -> kernels.conv2d(x, 0, 1, side, side, cin, w, null, kernel, stride, out, 0, WORKSPACE));
    }

    private static void product(Kernels kernels, int rows, int depth, int outputs) {
        float[] x = Numbers.random(RANDOM, rows * depth, 1);
        PackedWeights w = kernels.pack(Numbers.random(RANDOM, depth * outputs, 1), outputs, depth);
        float[] out = new float[rows * outputs];
        time(
                String.format("matmul %d x %d x %d", rows, depth, outputs),
                2.0 * out.length * depth,
                "GFLOP/s",
                () -> kernels.matmul(x, 0, rows, w, null, out, 0, WORKSPACE));
    }

    private static void normalisation(Kernels kernels, int spatial, int channels) {
        float[] x = Numbers.random(RANDOM, spatial * channels, 1);
        float[] gamma = Numbers.random(RANDOM, channels, 1);
        float[] out = new float[x.length];
        time(
                String.format("groupNorm+silu %d x %d", spatial, channels),
                x.length,
                "Gelement/s",
                () -> kernels.groupNorm(x, 0, 1, spatial, channels, 8, gamma, gamma, 1e-5f, true, out, 0, WORKSPACE));
        time(
                String.format("groupNorm %d x %d", spatial, channels),
                x.length,
                "Gelement/s",
                () -> kernels.groupNorm(x, 0, 1, spatial, channels, 8, gamma, gamma, 1e-5f, false, out, 0, WORKSPACE));
    }

    private static void softmax(Kernels kernels, int rows, int width) {
        float[] x = Numbers.random(RANDOM, rows * width, 3);
        float[] out = new float[x.length];
        time(
                String.format("softmax %d x %d", rows, width),
                x.length,
                "Gelement/s",
                () -> kernels.softmaxRows(x, 0, rows, width, out, 0));
    }

    private static void attention(Kernels kernels, int tokens, int heads, int headWidth) {
        float[] q = Numbers.random(RANDOM, tokens * heads * headWidth, 1);
        float[] out = new float[q.length];
        time(
                String.format("attention %d tokens, %d x %d", tokens, heads, headWidth),
                4.0 * out.length * tokens,
                "GFLOP/s",
                () -> kernels.attention(q, q, q, 1, tokens, heads, headWidth, out, WORKSPACE));
    }

    /** The best of several short rounds: the machine may be shared. */
    private static void time(String what, double work, String unit, Runnable call) {
        long stop = System.nanoTime() + 1_000_000_000L;
        double best = Double.MAX_VALUE;
        int calls = 1;
        while (System.nanoTime() < stop) {
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                call.run();
            }
            double each = (System.nanoTime() - start) / (double) calls;
            best = Math.min(best, each);
            calls = Math.max(1, (int) Math.min(1e6, 5e6 / each));
        }
        System.out.println(String.format(Locale.ROOT, "  %-32s %8.2f %s", what, work / best, unit));
    }
}
