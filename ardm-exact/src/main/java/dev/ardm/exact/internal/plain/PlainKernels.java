package dev.ardm.exact.internal.plain;

import dev.ardm.exact.Attention.Keys;
import dev.ardm.exact.Attention.Output;
import dev.ardm.exact.Attention.Queries;
import dev.ardm.exact.Conv1dShape;
import dev.ardm.exact.ConvShape;
import dev.ardm.exact.KeptKeys;
import dev.ardm.exact.Norm.Groups;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Statistics;
import dev.ardm.exact.PackedWeights;
import dev.ardm.exact.ProductOutput;
import dev.ardm.exact.VisibleKeys;
import dev.ardm.exact.Workspace;
import dev.ardm.exact.Workspace.RowSlot;
import dev.ardm.exact.Workspace.Slot;
import dev.ardm.exact.internal.Fma;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Plain Java loops that compilers turn into vector code by themselves: the innermost loop always runs over outputs or channels, on arrays
 * that are contiguous, and no loop sums across lanes.
 */
public class PlainKernels extends ScalarKernels {
    /** The only one. */
    public static final PlainKernels INSTANCE = new PlainKernels();

    /** Floats normalised at a time: small enough to be still in the first cache when the activation follows. */
    private static final int CHUNK = 4096;

    /** Scores of a kept item are room for a multiple of it, so that kernels may compute some more than are seen. */
    protected static final int SCORES = 64;

    /** The transposed matrix, one array per k, so that the loop over outputs has separate arrays to run over. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Columns(float[][] byDepth, int outputs, int depth) implements PackedWeights {}

    @Override
    public String name() {
        return Fma.INSTRUCTION ? "plain" : "plain-without-fma";
    }

    @Override
    protected PackedWeights packChecked(float[] weights, int outputs, int depth) {
        float[][] byDepth = new float[depth][outputs];
        for (int o = 0; o < outputs; o++) {
            for (int k = 0; k < depth; k++) {
                byDepth[k][o] = weights[o * depth + k];
            }
        }
        return new Columns(byDepth, outputs, depth);
    }

    @Override
    protected boolean owns(PackedWeights weights) {
        return weights instanceof Columns;
    }

    @Override
    protected void matmulChecked(
            float[] x,
            int xOffset,
            int rows,
            PackedWeights weights,
            float @Nullable [] bias,
            ProductOutput out,
            Workspace workspace) {
        float[][] w = ((Columns) weights).byDepth;
        int depth = weights.depth();
        float[][] chains = workspace.rows(RowSlot.CHAINS, 2, weights.outputs());
        for (int r = 0; r < rows; r += 2) {
            int second = Math.min(r + 1, rows - 1);
            PlainChains.start(chains, bias, out, r, second);
            PlainChains.run(x, xOffset + r * depth, xOffset + second * depth, w, depth, chains, out.first(), out.end());
            PlainChains.store(chains, out, r, second);
        }
    }

    @Override
    protected void conv2dChecked(
            float[] x,
            int xOffset,
            ConvShape s,
            int firstRow,
            int endRow,
            PackedWeights weights,
            float @Nullable [] bias,
            ProductOutput out,
            Workspace workspace) {
        float[][] w = ((Columns) weights).byDepth;
        int depth = s.depth();
        int end = endRow * s.outW();
        float[] patch = workspace.floats(Slot.PATCH, 2 * depth);
        float[][] chains = workspace.rows(RowSlot.CHAINS, 2, weights.outputs());
        for (int p = firstRow * s.outW(); p < end; p += 2) {
            int second = Math.min(p + 1, end - 1);
            copyPatch(s, x, xOffset, p, patch, 0);
            copyPatch(s, x, xOffset, second, patch, depth);
            PlainChains.start(chains, bias, out, p, second);
            PlainChains.run(patch, 0, depth, w, depth, chains, out.first(), out.end());
            PlainChains.store(chains, out, p, second);
        }
    }

    @Override
    protected void conv1dChecked(
            float[] x,
            int xOffset,
            Conv1dShape s,
            int firstPlace,
            int endPlace,
            PackedWeights weights,
            float @Nullable [] bias,
            ProductOutput out,
            Workspace workspace) {
        float[][] w = ((Columns) weights).byDepth;
        int depth = s.depth();
        float[] patch = workspace.floats(Slot.PATCH, 2 * depth);
        float[][] chains = workspace.rows(RowSlot.CHAINS, 2, weights.outputs());
        for (int t = firstPlace; t < endPlace; t += 2) {
            int second = Math.min(t + 1, endPlace - 1);
            copyTaps(s, x, xOffset, t, patch, 0);
            copyTaps(s, x, xOffset, second, patch, depth);
            PlainChains.start(chains, bias, out, t, second);
            PlainChains.run(patch, 0, depth, w, depth, chains, out.first(), out.end());
            PlainChains.store(chains, out, t, second);
        }
    }

    /** The inputs of one output of a dilated convolution in chain order, zeros where the taps leave the sequence. */
    private static void copyTaps(Conv1dShape s, float[] x, int xOffset, int t, float[] patch, int offset) {
        for (int j = 0; j < s.kernel(); j++) {
            int place = t + j * s.dilation() - s.left();
            int start = offset + j * s.cin();
            if (place >= 0 && place < s.length()) {
                System.arraycopy(x, xOffset + place * s.cin(), patch, start, s.cin());
            } else {
                Arrays.fill(patch, start, start + s.cin(), 0f);
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
    protected void groupStatisticsChecked(
            Rows image, Groups groups, float[] gamma, float eps, Statistics out, Workspace workspace) {
        float[] x = image.values();
        int xOffset = image.offset();
        int spatial = image.count();
        int channels = image.width();
        int perGroup = channels / groups.count();
        int firstGroup = groups.first();
        int endGroup = groups.end();
        float[] mean = out.mean();
        float[] scale = out.scale();
        float[] block = workspace.floats(Slot.TILE, channels);
        double[] sums = workspace.doubles(channels);
        double count = (double) spatial * perGroup;
        int first = firstGroup * perGroup;
        int end = endGroup * perGroup;
        Arrays.fill(sums, first, end, 0.0);
        for (int i = 0; i < spatial; i += SPATIAL_BLOCK) {
            sumBlock(x, xOffset + i * channels, Math.min(SPATIAL_BLOCK, spatial - i), channels, first, end, block);
            addTo(sums, block, first, end);
        }
        for (int g = firstGroup; g < endGroup; g++) {
            double sum = groupSum(sums, g, perGroup);
            Arrays.fill(mean, g * perGroup, (g + 1) * perGroup, (float) (sum / count));
        }
        Arrays.fill(sums, first, end, 0.0);
        for (int i = 0; i < spatial; i += SPATIAL_BLOCK) {
            int rows = Math.min(SPATIAL_BLOCK, spatial - i);
            squareBlock(x, xOffset + i * channels, rows, channels, first, end, mean, block);
            addTo(sums, block, first, end);
        }
        for (int g = firstGroup; g < endGroup; g++) {
            float root = reciprocalRoot(groupSum(sums, g, perGroup) / count, eps);
            for (int c = g * perGroup; c < (g + 1) * perGroup; c++) {
                scale[c] = root * gamma[c];
            }
        }
    }

    private static void addTo(double[] sums, float[] block, int first, int end) {
        for (int c = first; c < end; c++) {
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

    /** Sets {@code block}, for channels {@code first} to {@code end}, to the sum of the rows. */
    protected void sumBlock(float[] x, int xOffset, int rows, int channels, int first, int end, float[] block) {
        Arrays.fill(block, first, end, 0f);
        for (int i = 0; i < rows; i++) {
            int row = xOffset + i * channels;
            for (int c = first; c < end; c++) {
                block[c] += x[row + c];
            }
        }
    }

    /** Likewise to the sum of the squared differences of the rows from the mean. */
    protected void squareBlock(
            float[] x, int xOffset, int rows, int channels, int first, int end, float[] mean, float[] block) {
        Arrays.fill(block, first, end, 0f);
        for (int i = 0; i < rows; i++) {
            int row = xOffset + i * channels;
            for (int c = first; c < end; c++) {
                float d = x[row + c] - mean[c];
                block[c] = Fma.of(d, d, block[c]);
            }
        }
    }

    @Override
    protected void normaliseChecked(
            Rows given, Statistics statistics, float[] beta, boolean silu, float[] out, int outOffset) {
        int rows = given.count();
        int channels = given.width();
        int step = Math.max(1, CHUNK / channels);
        for (int i = 0; i < rows; i += step) {
            int count = Math.min(step, rows - i);
            int target = outOffset + i * channels;
            Rows chunk = new Rows(given.values(), given.offset() + i * channels, count, channels);
            normaliseRows(chunk, statistics, beta, out, target);
            if (silu) {
                silu(out, target, count * channels, out, target);
            }
        }
    }

    /** {@code fma(x - mean, scale, beta)} of each of the rows. */
    protected void normaliseRows(Rows x, Statistics statistics, float[] beta, float[] out, int outOffset) {
        int channels = x.width();
        float[] values = x.values();
        float[] mean = statistics.mean();
        float[] scale = statistics.scale();
        for (int i = 0; i < x.count(); i++) {
            int row = x.offset() + i * channels;
            int target = outOffset + i * channels;
            for (int c = 0; c < channels; c++) {
                out[target + c] = Fma.of(values[row + c] - mean[c], scale[c], beta[c]);
            }
        }
    }

    @Override
    protected void attentionChecked(Queries from, Keys given, int head, Output to, Workspace workspace) {
        int headWidth = given.headWidth();
        int column = head * headWidth;
        int row = given.row();
        float[] q = from.values();
        int qOffset = from.offset() + column;
        int queries = from.count();
        VisibleKeys visible = from.visible();
        float[] k = given.k();
        float[] v = given.v();
        int kvOffset = given.offset() + column;
        int tokens = given.tokens();
        float[] out = to.values();
        int outOffset = to.offset() + column;
        float scale = (float) (1.0 / Math.sqrt(headWidth));
        float[][] keys = workspace.rows(RowSlot.KEYS, headWidth, tokens);
        float[][] values = workspace.rows(RowSlot.VALUES, tokens, headWidth);
        float[][] chains = workspace.rows(RowSlot.CHAINS, 2, Math.max(tokens, headWidth));
        float[] query = workspace.floats(Slot.QUERIES, 2 * headWidth);
        float[] scores = workspace.floats(Slot.SCORES, 2 * tokens);
        float[] stripes = workspace.floats(Slot.STRIPES, STRIPES);
        for (int t = 0; t < tokens; t++) {
            System.arraycopy(v, kvOffset + t * row, values[t], 0, headWidth);
            for (int d = 0; d < headWidth; d++) {
                keys[d][t] = k[kvOffset + t * row + d];
            }
        }
        for (int t = 0; t < queries; t += 2) {
            int second = Math.min(t + 1, queries - 1);
            int seen = visible.of(t, tokens);
            int seenSecond = visible.of(second, tokens);
            int both = Math.min(seen, seenSecond);
            int most = Math.max(seen, seenSecond);
            for (int d = 0; d < headWidth; d++) {
                query[d] = q[qOffset + t * row + d] * scale;
                query[headWidth + d] = q[qOffset + second * row + d] * scale;
            }
            PlainChains.zero(chains, most);
            PlainChains.run(query, 0, headWidth, keys, headWidth, chains, 0, most);
            softmaxRow(chains[0], 0, seen, scores, 0, stripes);
            softmaxRow(chains[1], 0, seenSecond, scores, tokens, stripes);
            PlainChains.zero(chains, headWidth);
            PlainChains.run(scores, 0, tokens, values, both, chains, 0, headWidth);
            for (int s = both; s < most; s++) {
                int one = seen > both ? 0 : 1;
                PlainChains.step(scores[one * tokens + s], values[s], 0, chains[one], 0, headWidth);
            }
            System.arraycopy(chains[0], 0, out, outOffset + t * row, headWidth);
            System.arraycopy(chains[1], 0, out, outOffset + second * row, headWidth);
        }
    }

    @Override
    protected void attentionChecked(
            float[] q, int qOffset, KeptKeys kept, int seen, float[] out, int outOffset, Workspace workspace) {
        int row = kept.row();
        int headWidth = kept.headWidth();
        float scale = (float) (1.0 / Math.sqrt(headWidth));
        float[] query = workspace.floats(Slot.QUERIES, row);
        for (int d = 0; d < row; d++) {
            query[d] = q[qOffset + d] * scale;
        }
        // Whole blocks, of which what is not seen is not used.
        int step = (seen + SCORES - 1) / SCORES * SCORES;
        float[] scores = workspace.floats(Slot.SCORES, row / headWidth * step);
        float[] stripes = workspace.floats(Slot.STRIPES, STRIPES);
        for (int column = 0; column < row; column += headWidth) {
            int at = column / headWidth * step;
            scores(query, column, kept, seen, scores, at);
            softmaxRow(scores, at, seen, scores, at, stripes);
        }
        Arrays.fill(out, outOffset, outOffset + row, 0f);
        for (int token = 0; token < seen; token += KeptKeys.BLOCK) {
            int count = Math.min(KeptKeys.BLOCK, seen - token);
            values(scores, token, step, count, kept, out, outOffset);
        }
    }

    /** Sets the scores of a head from {@code scores[at]} on; may set more, up to a multiple of {@link #SCORES}. */
    protected void scores(float[] query, int column, KeptKeys kept, int seen, float[] scores, int at) {
        for (int token = 0; token < seen; token += KeptKeys.BLOCK) {
            float[] keys = kept.keys(token / KeptKeys.BLOCK);
            Arrays.fill(scores, at + token, at + token + KeptKeys.BLOCK, 0f);
            for (int d = column; d < column + kept.headWidth(); d++) {
                PlainChains.step(query[d], keys, d * KeptKeys.BLOCK, scores, at + token, KeptKeys.BLOCK);
            }
        }
    }

    /**
     * Carries the chains of all heads over the first tokens of a block.
     *
     * @param weights those of a head are {@code step} after those of the one before, of the block's tokens from {@code token} on
     */
    protected void values(float[] weights, int token, int step, int count, KeptKeys kept, float[] out, int outOffset) {
        headValues(weights, token, step, count, kept, 0, out, outOffset);
    }

    /** The same for the heads from a column on. */
    protected static void headValues(
            float[] weights, int token, int step, int count, KeptKeys kept, int from, float[] out, int outOffset) {
        int headWidth = kept.headWidth();
        float[] values = kept.values(token / KeptKeys.BLOCK);
        for (int column = from; column < kept.row(); column += headWidth) {
            int at = column / headWidth * step + token;
            for (int i = 0; i < count; i++) {
                PlainChains.step(weights[at + i], values, i * kept.row() + column, out, outOffset + column, headWidth);
            }
        }
    }
}
