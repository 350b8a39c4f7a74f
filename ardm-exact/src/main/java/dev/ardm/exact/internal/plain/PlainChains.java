package dev.ardm.exact.internal.plain;

import dev.ardm.exact.ProductOutput;
import dev.ardm.exact.internal.Fma;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The chains of two rows at once, all outputs next to each other. Each step has its own small method, because compilers vectorise a loop that stands
 * alone.
 */
public final class PlainChains {
    private PlainChains() {}

    static void zero(float[][] chains, int count) {
        Arrays.fill(chains[0], 0, count, 0f);
        Arrays.fill(chains[1], 0, count, 0f);
    }

    /** Sets the chains to where those of two rows of a product begin. */
    static void start(float[][] chains, float @Nullable [] bias, ProductOutput out, int row0, int row1) {
        for (int i = 0; i < 2; i++) {
            if (out.accumulate()) {
                int row = out.offset() + (i == 0 ? row0 : row1) * out.step();
                System.arraycopy(out.values(), row + out.first(), chains[i], out.first(), out.count());
            } else if (bias == null) {
                Arrays.fill(chains[i], out.first(), out.end(), 0f);
            } else {
                System.arraycopy(bias, out.first(), chains[i], out.first(), out.count());
            }
        }
    }

    static void store(float[][] chains, ProductOutput out, int row0, int row1) {
        int first = out.offset() + out.first();
        System.arraycopy(chains[0], out.first(), out.values(), first + row0 * out.step(), out.count());
        System.arraycopy(chains[1], out.first(), out.values(), first + row1 * out.step(), out.count());
    }

    /**
     * Continues outputs {@code from} to {@code to} of {@code chains[0]} over the row at {@code x[first]} and of {@code chains[1]} over the
     * one at {@code x[second]}.
     */
    static void run(float[] x, int first, int second, float[][] w, int depth, float[][] chains, int from, int to) {
        int k = 0;
        for (; k + 4 <= depth; k += 4) {
            step4(x, first + k, second + k, w[k], w[k + 1], w[k + 2], w[k + 3], chains[0], chains[1], from, to);
        }
        for (; k < depth; k++) {
            step1(x[first + k], x[second + k], w[k], chains[0], chains[1], from, to);
        }
    }

    /** Continues that many chains at {@code chains[to]} over one tap, whose weights begin at {@code w[from]}. */
    public static void step(float a, float[] w, int from, float[] chains, int to, int count) {
        for (int o = 0; o < count; o++) {
            chains[to + o] = Fma.of(a, w[from + o], chains[to + o]);
        }
    }

    private static void step4(
            float[] x,
            int first,
            int second,
            float[] w0,
            float[] w1,
            float[] w2,
            float[] w3,
            float[] chainA,
            float[] chainB,
            int from,
            int to) {
        float a0 = x[first];
        float a1 = x[first + 1];
        float a2 = x[first + 2];
        float a3 = x[first + 3];
        float b0 = x[second];
        float b1 = x[second + 1];
        float b2 = x[second + 2];
        float b3 = x[second + 3];
        for (int o = from; o < to; o++) {
            chainA[o] = Fma.of(a3, w3[o], Fma.of(a2, w2[o], Fma.of(a1, w1[o], Fma.of(a0, w0[o], chainA[o]))));
            chainB[o] = Fma.of(b3, w3[o], Fma.of(b2, w2[o], Fma.of(b1, w1[o], Fma.of(b0, w0[o], chainB[o]))));
        }
    }

    private static void step1(float a, float b, float[] w, float[] chainA, float[] chainB, int from, int to) {
        for (int o = from; o < to; o++) {
            chainA[o] = Fma.of(a, w[o], chainA[o]);
            chainB[o] = Fma.of(b, w[o], chainB[o]);
        }
    }
}
