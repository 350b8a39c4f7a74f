package dev.ardm.exact;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The reference: each operation as its definition is written, with nothing done for speed. */
class ScalarKernels extends CheckedKernels {
    static final ScalarKernels INSTANCE = new ScalarKernels();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Matrix(float[] values, int outputs, int depth) implements PackedWeights {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    PackedWeights packChecked(float[] weights, int outputs, int depth) {
        return new Matrix(weights.clone(), outputs, depth);
    }

    @Override
    boolean owns(PackedWeights weights) {
        return weights instanceof Matrix;
    }

    @Override
    void matmulChecked(
            float[] x,
            int xOffset,
            int rows,
            PackedWeights weights,
            float @Nullable [] bias,
            float[] out,
            int outOffset,
            Workspace workspace) {
        float[] w = ((Matrix) weights).values;
        int outputs = weights.outputs();
        int depth = weights.depth();
        for (int r = 0; r < rows; r++) {
            for (int o = 0; o < outputs; o++) {
                float chain = bias == null ? 0f : bias[o];
                for (int k = 0; k < depth; k++) {
                    chain = Math.fma(x[xOffset + r * depth + k], w[o * depth + k], chain);
                }
                out[outOffset + r * outputs + o] = chain;
            }
        }
    }

    @Override
    void conv2dChecked(
            ConvShape s,
            float[] x,
            int xOffset,
            PackedWeights weights,
            float @Nullable [] bias,
            float[] out,
            int outOffset,
            Workspace workspace) {
        float[] w = ((Matrix) weights).values;
        int target = outOffset;
        for (int i = 0; i < s.n(); i++) {
            for (int oy = 0; oy < s.outH(); oy++) {
                for (int ox = 0; ox < s.outW(); ox++) {
                    for (int o = 0; o < s.outputs(); o++) {
                        float chain = bias == null ? 0f : bias[o];
                        int k = o * s.depth();
                        for (int ky = 0; ky < s.kernel(); ky++) {
                            for (int kx = 0; kx < s.kernel(); kx++) {
                                int y = oy * s.stride() + ky - s.pad();
                                int column = ox * s.stride() + kx - s.pad();
                                boolean inside = y >= 0 && y < s.h() && column >= 0 && column < s.w();
                                int pixel = xOffset + ((i * s.h() + y) * s.w() + column) * s.cin();
                                for (int ci = 0; ci < s.cin(); ci++) {
                                    chain = Math.fma(inside ? x[pixel + ci] : 0f, w[k++], chain);
                                }
                            }
                        }
                        out[target++] = chain;
                    }
                }
            }
        }
    }

    @Override
    void groupNormChecked(
            float[] x,
            int xOffset,
            int spatial,
            int channels,
            int groups,
            float[] gamma,
            float[] beta,
            float eps,
            boolean silu,
            float[] out,
            int outOffset,
            Workspace workspace) {
        int perGroup = channels / groups;
        double count = (double) spatial * perGroup;
        for (int g = 0; g < groups; g++) {
            double sum = 0;
            for (int c = g * perGroup; c < (g + 1) * perGroup; c++) {
                sum += channelSum(x, xOffset + c, spatial, channels, 0f, false);
            }
            float mean = (float) (sum / count);
            double squares = 0;
            for (int c = g * perGroup; c < (g + 1) * perGroup; c++) {
                squares += channelSum(x, xOffset + c, spatial, channels, mean, true);
            }
            float root = ScalarMath.reciprocalRoot(squares / count, eps);
            for (int c = g * perGroup; c < (g + 1) * perGroup; c++) {
                float scale = root * gamma[c];
                for (int i = 0; i < spatial; i++) {
                    float y = Math.fma(x[xOffset + i * channels + c] - mean, scale, beta[c]);
                    out[outOffset + i * channels + c] = silu ? ScalarMath.silu(y) : y;
                }
            }
        }
    }

    private static double channelSum(float[] x, int offset, int spatial, int channels, float mean, boolean squares) {
        double sum = 0;
        for (int start = 0; start < spatial; start += SPATIAL_BLOCK) {
            float chain = 0f;
            for (int i = start; i < Math.min(start + SPATIAL_BLOCK, spatial); i++) {
                float value = x[offset + i * channels];
                float d = value - mean;
                chain = squares ? Math.fma(d, d, chain) : chain + value;
            }
            sum += chain;
        }
        return sum;
    }

    @Override
    void layerNormChecked(
            float[] x,
            int xOffset,
            int width,
            float[] gamma,
            float[] beta,
            float eps,
            float[] out,
            int outOffset,
            Workspace workspace) {
        float[] stripes = workspace.floats(Workspace.Slot.STRIPES, STRIPES);
        Arrays.fill(stripes, 0, STRIPES, 0f);
        for (int i = 0; i < width; i++) {
            stripes[i % STRIPES] += x[xOffset + i];
        }
        float mean = ScalarMath.foldStripes(stripes, 0) / width;
        Arrays.fill(stripes, 0, STRIPES, 0f);
        for (int i = 0; i < width; i++) {
            float d = x[xOffset + i] - mean;
            stripes[i % STRIPES] = Math.fma(d, d, stripes[i % STRIPES]);
        }
        float root = ScalarMath.reciprocalRoot(ScalarMath.foldStripes(stripes, 0) / width, eps);
        for (int i = 0; i < width; i++) {
            out[outOffset + i] = Math.fma(x[xOffset + i] - mean, root * gamma[i], beta[i]);
        }
    }

    @Override
    void softmaxRow(float[] x, int xOffset, int width, float[] out, int outOffset, float[] stripes) {
        float max = x[xOffset];
        for (int i = 1; i < width; i++) {
            max = Math.max(max, x[xOffset + i]);
        }
        Arrays.fill(stripes, 0, STRIPES, 0f);
        for (int i = 0; i < width; i++) {
            float e = ScalarMath.exp(x[xOffset + i] - max);
            out[outOffset + i] = e;
            stripes[i % STRIPES] += e;
        }
        float sum = ScalarMath.foldStripes(stripes, 0);
        for (int i = 0; i < width; i++) {
            out[outOffset + i] /= sum;
        }
    }

    @Override
    void attentionChecked(
            float[] q,
            float[] k,
            float[] v,
            int offset,
            int tokens,
            int heads,
            int headWidth,
            float[] out,
            Workspace workspace) {
        float scale = (float) (1.0 / Math.sqrt(headWidth));
        int row = heads * headWidth;
        float[] scores = workspace.floats(Workspace.Slot.SCORES, tokens);
        float[] stripes = workspace.floats(Workspace.Slot.STRIPES, STRIPES);
        for (int head = 0; head < heads; head++) {
            int base = offset + head * headWidth;
            for (int t = 0; t < tokens; t++) {
                for (int s = 0; s < tokens; s++) {
                    float chain = 0f;
                    for (int d = 0; d < headWidth; d++) {
                        chain = Math.fma(q[base + t * row + d] * scale, k[base + s * row + d], chain);
                    }
                    scores[s] = chain;
                }
                softmaxRow(scores, 0, tokens, scores, 0, stripes);
                for (int d = 0; d < headWidth; d++) {
                    float chain = 0f;
                    for (int s = 0; s < tokens; s++) {
                        chain = Math.fma(scores[s], v[base + s * row + d], chain);
                    }
                    out[base + t * row + d] = chain;
                }
            }
        }
    }

    @Override
    public void silu(float[] x, int xOffset, int length, float[] out, int outOffset) {
        checkElements(x, xOffset, length, out, outOffset);
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = ScalarMath.silu(x[xOffset + i]);
        }
    }

    @Override
    public void gelu(float[] x, int xOffset, int length, float[] out, int outOffset) {
        checkElements(x, xOffset, length, out, outOffset);
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = ScalarMath.gelu(x[xOffset + i]);
        }
    }

    @Override
    public void exp(float[] x, int xOffset, int length, float[] out, int outOffset) {
        checkElements(x, xOffset, length, out, outOffset);
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = ScalarMath.exp(x[xOffset + i]);
        }
    }

    @Override
    public void add(float[] a, int aOffset, float[] b, int bOffset, int length, float[] out, int outOffset) {
        checkElements(a, aOffset, length, out, outOffset);
        Checks.range("b", b, bOffset, length);
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = a[aOffset + i] + b[bOffset + i];
        }
    }
}
