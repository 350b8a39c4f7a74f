package dev.ardm.reference;

/** The operations on numbers, vectors and maps, each rounded as it is written (arithmetic.md, Operations). */
final class ReferenceMath {

    private ReferenceMath() {}

    /** Section exp. */
    static float exp(float x) {
        if (x < -87.33654f) {
            return 0;
        }
        if (x > 88.72283f) {
            return Float.POSITIVE_INFINITY;
        }
        float t = Math.fma(x, 1.442695f, 12582912f);
        float n = t - 12582912f;
        float r = Math.fma(n, -0.6933594f, x);
        r = Math.fma(n, 2.1219444e-4f, r);
        float p = Math.fma(1.9875691e-4f, r, 0.0013981999f);
        p = Math.fma(p, r, 0.008333452f);
        p = Math.fma(p, r, 0.041665796f);
        p = Math.fma(p, r, 0.16666666f);
        p = Math.fma(p, r, 0.5f);
        float y = Math.fma(p, r * r, r) + 1;
        return Float.intBitsToFloat(Float.floatToRawIntBits(y) + (Float.floatToRawIntBits(t) << 23));
    }

    /** Section SiLU and GELU. */
    static float[] silu(float[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i] / (1 + exp(-x[i]));
        }
        return y;
    }

    /** Section SiLU and GELU. */
    static float[] gelu(float[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            float z = x[i] * Math.fma(x[i] * x[i], 0.07135482f, 1.595769f);
            y[i] = x[i] / (1 + exp(-z));
        }
        return y;
    }

    /** Section Chains, Linear. */
    static float[] linear(float[] x, float[] weight, float[] bias) {
        float[] y = bias.clone();
        for (int o = 0; o < y.length; o++) {
            for (int k = 0; k < x.length; k++) {
                y[o] = Math.fma(x[k], weight[o * x.length + k], y[o]);
            }
        }
        return y;
    }

    /**
     * Section Chains, Convolution. The chains of all outputs of a place go on side by side, so the weights are first
     * turned from [out][ky][kx][ci] to [ky][kx][ci][out].
     */
    static ReferenceMap convolution(ReferenceMap in, float[] weight, float[] bias, int size, int stride) {
        int outs = bias.length;
        int taps = size * size * in.c();
        float[] turned = new float[taps * outs];
        for (int o = 0; o < outs; o++) {
            for (int k = 0; k < taps; k++) {
                turned[k * outs + o] = weight[o * taps + k];
            }
        }
        ReferenceMap out = new ReferenceMap((in.h() - 1) / stride + 1, (in.w() - 1) / stride + 1, outs);
        float[] chains = new float[outs];
        for (int y = 0; y < out.h(); y++) {
            for (int x = 0; x < out.w(); x++) {
                float[] tap = taps(in, y * stride - size / 2, x * stride - size / 2, size);
                System.arraycopy(bias, 0, chains, 0, outs);
                for (int k = 0; k < taps; k++) {
                    step(chains, tap[k], turned, k * outs);
                }
                System.arraycopy(chains, 0, out.values(), (y * out.w() + x) * outs, outs);
            }
        }
        return out;
    }

    /** Collects the inputs of one place, ky slowest and ci fastest, +0 where there is no input. */
    private static float[] taps(ReferenceMap in, int top, int left, int size) {
        int c = in.c();
        float[] tap = new float[size * size * c];
        for (int ky = 0; ky < size; ky++) {
            for (int kx = 0; kx < size; kx++) {
                int y = top + ky;
                int x = left + kx;
                if (y >= 0 && y < in.h() && x >= 0 && x < in.w()) {
                    System.arraycopy(in.values(), (y * in.w() + x) * c, tap, (ky * size + kx) * c, c);
                }
            }
        }
        return tap;
    }

    /** Takes each of several chains one pair further: a and the weights from {@code from} on. */
    private static void step(float[] chains, float a, float[] weights, int from) {
        for (int o = 0; o < chains.length; o++) {
            chains[o] = Math.fma(a, weights[from + o], chains[o]);
        }
    }

    /** Section Attention. */
    static ReferenceMap attention(ReferenceMap q, ReferenceMap k, ReferenceMap v, int heads) {
        int c = q.c();
        int width = c / heads;
        float factor = (float) (1 / Math.sqrt((double) width));
        ReferenceMap out = new ReferenceMap(q.h(), q.w(), c);
        for (int head = 0; head < heads; head++) {
            for (int t = 0; t < q.places(); t++) {
                float[] scores = new float[q.places()];
                for (int s = 0; s < scores.length; s++) {
                    for (int i = head * width; i < (head + 1) * width; i++) {
                        float scaled = q.values()[t * c + i] * factor;
                        scores[s] = Math.fma(scaled, k.values()[s * c + i], scores[s]);
                    }
                }
                float[] weights = softmax(scores);
                for (int i = head * width; i < (head + 1) * width; i++) {
                    float chain = 0;
                    for (int s = 0; s < weights.length; s++) {
                        chain = Math.fma(weights[s], v.values()[s * c + i], chain);
                    }
                    out.values()[t * c + i] = chain;
                }
            }
        }
        return out;
    }

    /** Section Attention, Softmax. */
    static float[] softmax(float[] a) {
        float largest = largest(a, 0, a.length);
        float[] weights = new float[a.length];
        ReferenceStripes stripes = new ReferenceStripes();
        for (int s = 0; s < a.length; s++) {
            weights[s] = exp(a[s] - largest);
            stripes.add(weights[s]);
        }
        float sum = stripes.sum();
        for (int s = 0; s < a.length; s++) {
            weights[s] /= sum;
        }
        return weights;
    }

    /** Returns the integer weights of the K logits from an index on (From a partly decoded item to distributions). */
    static long[] weights(float[] logits, int from, int k) {
        float largest = largest(logits, from, from + k);
        long[] weights = new long[k];
        for (int i = 0; i < k; i++) {
            weights[i] = (long) (exp(logits[from + i] - largest) * 0x1p30f);
        }
        return weights;
    }

    private static float largest(float[] a, int begin, int end) {
        float largest = a[begin];
        for (int i = begin + 1; i < end; i++) {
            if (a[i] > largest) {
                largest = a[i];
            }
        }
        return largest;
    }
}
