package dev.ardm.reference;

/** The operations of docs/arithmetic.md on maps, for one item. */
final class ReferenceMath {
    /** A feature map: values in row-major order of rows, columns and channels. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Grid(int h, int w, int c, float[] v) {
        Grid(int h, int w, int c) {
            this(h, w, c, new float[h * w * c]);
        }

        int places() {
            return h * w;
        }
    }

    private ReferenceMath() {}

    /** Convolution; the weights have the shape {@code [out][size][size][in]}. A linear map is one of size 1. */
    static Grid convolution(Grid x, float[] weight, float[] bias, int size, int stride) {
        int depth = size * size * x.c;
        float[][] byInput = new float[depth][bias.length];
        for (int o = 0; o < bias.length; o++) {
            for (int k = 0; k < depth; k++) {
                byInput[k][o] = weight[o * depth + k];
            }
        }
        Grid out = new Grid((x.h - 1) / stride + 1, (x.w - 1) / stride + 1, bias.length);
        for (int place = 0; place < out.places(); place++) {
            float[] taps = taps(x, place / out.w * stride - size / 2, place % out.w * stride - size / 2, size);
            float[] chains = bias.clone();
            for (int k = 0; k < depth; k++) {
                continueChains(chains, taps[k], byInput[k]);
            }
            System.arraycopy(chains, 0, out.v, place * bias.length, bias.length);
        }
        return out;
    }

    private static void continueChains(float[] chains, float tap, float[] weights) {
        for (int o = 0; o < chains.length; o++) {
            chains[o] = Math.fma(tap, weights[o], chains[o]);
        }
    }

    private static float[] taps(Grid x, int top, int left, int size) {
        float[] taps = new float[size * size * x.c];
        int k = 0;
        for (int row = top; row < top + size; row++) {
            for (int column = left; column < left + size; column++) {
                for (int ci = 0; ci < x.c; ci++) {
                    boolean inside = row >= 0 && row < x.h && column >= 0 && column < x.w;
                    taps[k++] = inside ? x.v[(row * x.w + column) * x.c + ci] : 0f;
                }
            }
        }
        return taps;
    }

    static float exp(float x) {
        if (x < -87.33654f) {
            return 0f;
        }
        if (x > 88.72283f) {
            return Float.POSITIVE_INFINITY;
        }
        float t = Math.fma(x, 1.442695f, 12582912f);
        float n = t - 12582912f;
        float r = Math.fma(n, -0.6933594f, x);
        r = Math.fma(n, 2.1219444e-4f, r);
        float p = Math.fma(1.9875691e-4f, r, 0.0013981999f);
        for (float next : new float[] {0.008333452f, 0.041665796f, 0.16666666f, 0.5f}) {
            p = Math.fma(p, r, next);
        }
        float y = Math.fma(p, r * r, r) + 1f;
        return Float.intBitsToFloat(Float.floatToIntBits(y) + (Float.floatToIntBits(t) << 23));
    }

    static Grid silu(Grid x) {
        Grid out = new Grid(x.h, x.w, x.c);
        for (int i = 0; i < x.v.length; i++) {
            out.v[i] = x.v[i] / (1f + exp(-x.v[i]));
        }
        return out;
    }

    static Grid groupNorm(Grid x, int groups, float[] weight, float[] bias) {
        Grid out = new Grid(x.h, x.w, x.c);
        int width = x.c / groups;
        double count = (double) x.places() * width;
        for (int first = 0; first < x.c; first += width) {
            float mean = (float) (groupSum(x, first, width, 0f, false) / count);
            double variance = groupSum(x, first, width, mean, true) / count;
            float root = (float) (1.0 / Math.sqrt(variance + 1e-5f));
            for (int c = first; c < first + width; c++) {
                float scale = root * weight[c];
                for (int i = c; i < x.v.length; i += x.c) {
                    out.v[i] = Math.fma(x.v[i] - mean, scale, bias[c]);
                }
            }
        }
        return out;
    }

    private static double groupSum(Grid x, int first, int width, float mean, boolean squares) {
        double group = 0;
        for (int c = first; c < first + width; c++) {
            double channel = 0;
            for (int start = 0; start < x.places(); start += 64) {
                float block = 0f;
                for (int place = start; place < x.places() && place < start + 64; place++) {
                    float value = x.v[place * x.c + c];
                    float d = value - mean;
                    block = squares ? Math.fma(d, d, block) : block + value;
                }
                channel += block;
            }
            group += channel;
        }
        return group;
    }

    static Grid attention(Grid q, Grid k, Grid v, int heads) {
        Grid out = new Grid(q.h, q.w, q.c);
        int width = q.c / heads;
        float factor = (float) (1.0 / Math.sqrt(width));
        for (int first = 0; first < q.c; first += width) {
            for (int t = 0; t < q.places(); t++) {
                float[] scores = new float[q.places()];
                for (int s = 0; s < scores.length; s++) {
                    for (int c = first; c < first + width; c++) {
                        scores[s] = Math.fma(q.v[t * q.c + c] * factor, k.v[s * q.c + c], scores[s]);
                    }
                }
                float[] weights = softmax(scores);
                for (int c = first; c < first + width; c++) {
                    float chain = 0f;
                    for (int s = 0; s < weights.length; s++) {
                        chain = Math.fma(weights[s], v.v[s * q.c + c], chain);
                    }
                    out.v[t * q.c + c] = chain;
                }
            }
        }
        return out;
    }

    private static float[] softmax(float[] scores) {
        float largest = scores[0];
        for (float score : scores) {
            largest = Math.max(largest, score);
        }
        float[] stripes = new float[16];
        float[] out = new float[scores.length];
        for (int s = 0; s < out.length; s++) {
            out[s] = exp(scores[s] - largest);
            stripes[s % 16] += out[s];
        }
        for (int half : new int[] {8, 4, 2, 1}) {
            for (int j = 0; j < half; j++) {
                stripes[j] += stripes[j + half];
            }
        }
        for (int s = 0; s < out.length; s++) {
            out[s] /= stripes[0];
        }
        return out;
    }

    /** Adds two maps; the second may have a single place, which is added everywhere. */
    static Grid add(Grid a, Grid b) {
        Grid out = new Grid(a.h, a.w, a.c);
        for (int i = 0; i < out.v.length; i++) {
            out.v[i] = a.v[i] + b.v[i % b.v.length];
        }
        return out;
    }

    static Grid concatenation(Grid a, Grid b) {
        Grid out = new Grid(a.h, a.w, a.c + b.c);
        for (int place = 0; place < out.places(); place++) {
            System.arraycopy(a.v, place * a.c, out.v, place * out.c, a.c);
            System.arraycopy(b.v, place * b.c, out.v, place * out.c + a.c, b.c);
        }
        return out;
    }

    static Grid upsampling(Grid x, int h, int w) {
        Grid out = new Grid(h, w, x.c);
        for (int y = 0; y < h; y++) {
            for (int column = 0; column < w; column++) {
                System.arraycopy(x.v, (y / 2 * x.w + column / 2) * x.c, out.v, (y * w + column) * x.c, x.c);
            }
        }
        return out;
    }
}
