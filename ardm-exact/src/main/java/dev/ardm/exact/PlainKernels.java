package dev.ardm.exact;

import dev.ardm.exact.Workspace.RowSlot;
import dev.ardm.exact.Workspace.Slot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Plain Java loops that compilers turn into vector code by themselves: the innermost loop always runs over outputs or channels, on arrays
 * that lie side by side, and no loop sums across lanes.
 */
class PlainKernels extends ScalarKernels {
    static final PlainKernels INSTANCE = new PlainKernels();

    /** Floats normalised at a time: small enough to be still in the first cache when the activation follows. */
    private static final int CHUNK = 4096;

    /** The transposed matrix, one array per k, so that the loop over outputs has separate arrays to run over. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Columns(float[][] byDepth, int outputs, int depth) implements PackedWeights {}

    @Override
    public String name() {
        return "plain";
    }

    @Override
    PackedWeights packChecked(float[] weights, int outputs, int depth) {
        float[][] byDepth = new float[depth][outputs];
        for (int o = 0; o < outputs; o++) {
            for (int k = 0; k < depth; k++) {
                byDepth[k][o] = weights[o * depth + k];
            }
        }
        return new Columns(byDepth, outputs, depth);
    }

    @Override
    boolean owns(PackedWeights weights) {
        return weights instanceof Columns;
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
        float[][] w = ((Columns) weights).byDepth;
        int outputs = weights.outputs();
        int depth = weights.depth();
        float[][] chains = workspace.rows(RowSlot.CHAINS, 2, outputs);
        for (int r = 0; r < rows; r += 2) {
            int second = Math.min(r + 1, rows - 1);
            PlainChains.start(chains, bias, outputs);
            PlainChains.run(x, xOffset + r * depth, xOffset + second * depth, w, depth, chains, outputs);
            System.arraycopy(chains[0], 0, out, outOffset + r * outputs, outputs);
            System.arraycopy(chains[1], 0, out, outOffset + second * outputs, outputs);
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
        float[][] w = ((Columns) weights).byDepth;
        int depth = s.depth();
        int outputs = s.outputs();
        int pixels = s.outH() * s.outW();
        float[] patch = workspace.floats(Slot.PATCH, 2 * depth);
        float[][] chains = workspace.rows(RowSlot.CHAINS, 2, outputs);
        for (int i = 0; i < s.n(); i++) {
            int image = xOffset + i * s.inputSize();
            int target = outOffset + i * s.outputSize();
            for (int p = 0; p < pixels; p += 2) {
                int second = Math.min(p + 1, pixels - 1);
                copyPatch(s, x, image, p, patch, 0);
                copyPatch(s, x, image, second, patch, depth);
                PlainChains.start(chains, bias, outputs);
                PlainChains.run(patch, 0, depth, w, depth, chains, outputs);
                System.arraycopy(chains[0], 0, out, target + p * outputs, outputs);
                System.arraycopy(chains[1], 0, out, target + second * outputs, outputs);
            }
        }
    }

    /** The inputs of one output pixel in chain order, zeros where the kernel leaves the image. */
    private static void copyPatch(ConvShape s, float[] x, int image, int pixel, float[] patch, int offset) {
        int top = pixel / s.outW() * s.stride() - s.pad();
        int left = pixel % s.outW() * s.stride() - s.pad();
        int first = Math.max(0, -left);
        int end = Math.max(first, Math.min(s.kernel(), s.w() - left));
        int segment = s.kernel() * s.cin();
        for (int ky = 0; ky < s.kernel(); ky++) {
            int start = offset + ky * segment;
            int y = top + ky;
            if (y < 0 || y >= s.h() || first >= end) {
                Arrays.fill(patch, start, start + segment, 0f);
                continue;
            }
            Arrays.fill(patch, start, start + first * s.cin(), 0f);
            int from = image + (y * s.w() + left + first) * s.cin();
            System.arraycopy(x, from, patch, start + first * s.cin(), (end - first) * s.cin());
            Arrays.fill(patch, start + end * s.cin(), start + segment, 0f);
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
        float[] mean = workspace.floats(Slot.MEAN, channels);
        float[] scale = workspace.floats(Slot.SCALE, channels);
        float[] block = workspace.floats(Slot.TILE, channels);
        double[] sums = workspace.doubles(channels);
        int perGroup = channels / groups;
        double count = (double) spatial * perGroup;
        Arrays.fill(sums, 0, channels, 0.0);
        for (int i = 0; i < spatial; i += SPATIAL_BLOCK) {
            sumBlock(x, xOffset + i * channels, Math.min(SPATIAL_BLOCK, spatial - i), channels, block);
            addTo(sums, block, channels);
        }
        for (int g = 0; g < groups; g++) {
            double sum = groupSum(sums, g, perGroup);
            Arrays.fill(mean, g * perGroup, (g + 1) * perGroup, (float) (sum / count));
        }
        Arrays.fill(sums, 0, channels, 0.0);
        for (int i = 0; i < spatial; i += SPATIAL_BLOCK) {
            squareBlock(x, xOffset + i * channels, Math.min(SPATIAL_BLOCK, spatial - i), channels, mean, block);
            addTo(sums, block, channels);
        }
        for (int g = 0; g < groups; g++) {
            float root = ScalarMath.reciprocalRoot(groupSum(sums, g, perGroup) / count, eps);
            for (int c = g * perGroup; c < (g + 1) * perGroup; c++) {
                scale[c] = root * gamma[c];
            }
        }
        int step = Math.max(1, CHUNK / channels);
        for (int i = 0; i < spatial; i += step) {
            int rows = Math.min(step, spatial - i);
            int target = outOffset + i * channels;
            normalise(x, xOffset + i * channels, rows, channels, mean, scale, beta, out, target);
            if (silu) {
                silu(out, target, rows * channels, out, target);
            }
        }
    }

    private static void addTo(double[] sums, float[] block, int channels) {
        for (int c = 0; c < channels; c++) {
            sums[c] += block[c];
        }
    }

    private static double groupSum(double[] sums, int group, int perGroup) {
        double sum = 0;
        for (int c = group * perGroup; c < (group + 1) * perGroup; c++) {
            sum += sums[c];
        }
        return sum;
    }

    /** Sets {@code block} to the sum of the rows. */
    void sumBlock(float[] x, int xOffset, int rows, int channels, float[] block) {
        Arrays.fill(block, 0, channels, 0f);
        for (int i = 0; i < rows; i++) {
            int row = xOffset + i * channels;
            for (int c = 0; c < channels; c++) {
                block[c] += x[row + c];
            }
        }
    }

    /** Sets {@code block} to the sum of the squared differences of the rows from the mean. */
    void squareBlock(float[] x, int xOffset, int rows, int channels, float[] mean, float[] block) {
        Arrays.fill(block, 0, channels, 0f);
        for (int i = 0; i < rows; i++) {
            int row = xOffset + i * channels;
            for (int c = 0; c < channels; c++) {
                float d = x[row + c] - mean[c];
                block[c] = Math.fma(d, d, block[c]);
            }
        }
    }

    /** {@code fma(x - mean, scale, beta)} of each of the rows. */
    void normalise(
            float[] x,
            int xOffset,
            int rows,
            int channels,
            float[] mean,
            float[] scale,
            float[] beta,
            float[] out,
            int outOffset) {
        for (int i = 0; i < rows; i++) {
            int row = xOffset + i * channels;
            int target = outOffset + i * channels;
            for (int c = 0; c < channels; c++) {
                out[target + c] = Math.fma(x[row + c] - mean[c], scale[c], beta[c]);
            }
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
        float[][] keys = workspace.rows(RowSlot.KEYS, headWidth, tokens);
        float[][] values = workspace.rows(RowSlot.VALUES, tokens, headWidth);
        float[][] chains = workspace.rows(RowSlot.CHAINS, 2, Math.max(tokens, headWidth));
        float[] query = workspace.floats(Slot.QUERIES, 2 * headWidth);
        float[] scores = workspace.floats(Slot.SCORES, 2 * tokens);
        float[] stripes = workspace.floats(Slot.STRIPES, STRIPES);
        for (int head = 0; head < heads; head++) {
            int base = offset + head * headWidth;
            for (int t = 0; t < tokens; t++) {
                System.arraycopy(v, base + t * row, values[t], 0, headWidth);
                for (int d = 0; d < headWidth; d++) {
                    keys[d][t] = k[base + t * row + d];
                }
            }
            for (int t = 0; t < tokens; t += 2) {
                int second = Math.min(t + 1, tokens - 1);
                for (int d = 0; d < headWidth; d++) {
                    query[d] = q[base + t * row + d] * scale;
                    query[headWidth + d] = q[base + second * row + d] * scale;
                }
                PlainChains.start(chains, null, tokens);
                PlainChains.run(query, 0, headWidth, keys, headWidth, chains, tokens);
                softmaxRow(chains[0], 0, tokens, scores, 0, stripes);
                softmaxRow(chains[1], 0, tokens, scores, tokens, stripes);
                PlainChains.start(chains, null, headWidth);
                PlainChains.run(scores, 0, tokens, values, tokens, chains, headWidth);
                System.arraycopy(chains[0], 0, out, base + t * row, headWidth);
                System.arraycopy(chains[1], 0, out, base + second * row, headWidth);
            }
        }
    }
}
