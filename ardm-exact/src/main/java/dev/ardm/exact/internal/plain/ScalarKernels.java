package dev.ardm.exact.internal.plain;

import dev.ardm.exact.Attention.Keys;
import dev.ardm.exact.Attention.Output;
import dev.ardm.exact.Attention.Queries;
import dev.ardm.exact.Conv1dShape;
import dev.ardm.exact.ConvShape;
import dev.ardm.exact.KeptKeys;
import dev.ardm.exact.Norm.Groups;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Scaling;
import dev.ardm.exact.Norm.Statistics;
import dev.ardm.exact.PackedWeights;
import dev.ardm.exact.ProductOutput;
import dev.ardm.exact.ScalarMath;
import dev.ardm.exact.VisibleKeys;
import dev.ardm.exact.Workspace;
import dev.ardm.exact.internal.Checks;
import dev.ardm.exact.internal.Fma;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The reference: each operation as its definition is written, with nothing done for speed. */
public class ScalarKernels extends CheckedKernels {
    /** The only one. */
    public static final ScalarKernels INSTANCE = new ScalarKernels();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Matrix(float[] values, int outputs, int depth) implements PackedWeights {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int outputGrain() {
        return 1;
    }

    @Override
    protected PackedWeights packChecked(float[] weights, int outputs, int depth) {
        return new Matrix(weights.clone(), outputs, depth);
    }

    @Override
    protected boolean owns(PackedWeights weights) {
        return weights instanceof Matrix;
    }

    /** Where the chain of output o in a row begins. */
    private static float start(ProductOutput out, int row, int o, float @Nullable [] bias) {
        if (out.accumulate()) {
            return out.values()[row + o];
        }
        return bias == null ? 0f : bias[o];
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
        float[] w = ((Matrix) weights).values;
        int depth = weights.depth();
        for (int r = 0; r < rows; r++) {
            int row = out.offset() + r * out.step();
            for (int o = out.first(); o < out.end(); o++) {
                float chain = start(out, row, o, bias);
                for (int k = 0; k < depth; k++) {
                    chain = Fma.of(x[xOffset + r * depth + k], w[o * depth + k], chain);
                }
                out.values()[row + o] = chain;
            }
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
        float[] w = ((Matrix) weights).values;
        for (int oy = firstRow; oy < endRow; oy++) {
            for (int ox = 0; ox < s.outW(); ox++) {
                int row = out.offset() + (oy * s.outW() + ox) * out.step();
                for (int o = out.first(); o < out.end(); o++) {
                    float chain = start(out, row, o, bias);
                    int k = o * s.depth();
                    for (int ky = 0; ky < s.kernel(); ky++) {
                        for (int kx = 0; kx < s.kernel(); kx++) {
                            int y = oy * s.stride() + ky - s.pad();
                            int column = ox * s.stride() + kx - s.pad();
                            boolean inside = y >= 0 && y < s.h() && column >= 0 && column < s.w();
                            int pixel = xOffset + (y * s.w() + column) * s.cin();
                            for (int ci = 0; ci < s.cin(); ci++) {
                                chain = Fma.of(inside ? x[pixel + ci] : 0f, w[k++], chain);
                            }
                        }
                    }
                    out.values()[row + o] = chain;
                }
            }
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
        float[] w = ((Matrix) weights).values;
        for (int t = firstPlace; t < endPlace; t++) {
            int row = out.offset() + t * out.step();
            for (int o = out.first(); o < out.end(); o++) {
                float chain = start(out, row, o, bias);
                int k = o * s.depth();
                for (int j = 0; j < s.kernel(); j++) {
                    int place = t + j * s.dilation() - s.left();
                    boolean inside = place >= 0 && place < s.length();
                    for (int ci = 0; ci < s.cin(); ci++) {
                        chain = Fma.of(inside ? x[xOffset + place * s.cin() + ci] : 0f, w[k++], chain);
                    }
                }
                out.values()[row + o] = chain;
            }
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
        double count = (double) spatial * perGroup;
        for (int g = firstGroup; g < endGroup; g++) {
            double sum = 0;
            for (int c = g * perGroup; c < (g + 1) * perGroup; c++) {
                sum += channelSum(x, xOffset + c, spatial, channels, 0f, false);
            }
            float groupMean = (float) (sum / count);
            double squares = 0;
            for (int c = g * perGroup; c < (g + 1) * perGroup; c++) {
                squares += channelSum(x, xOffset + c, spatial, channels, groupMean, true);
            }
            float root = reciprocalRoot(squares / count, eps);
            for (int c = g * perGroup; c < (g + 1) * perGroup; c++) {
                mean[c] = groupMean;
                scale[c] = root * gamma[c];
            }
        }
    }

    @Override
    protected void normaliseChecked(
            Rows given, Statistics statistics, float[] beta, boolean silu, float[] out, int outOffset) {
        float[] x = given.values();
        int xOffset = given.offset();
        int rows = given.count();
        int channels = given.width();
        float[] mean = statistics.mean();
        float[] scale = statistics.scale();
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < channels; c++) {
                float y = Fma.of(x[xOffset + i * channels + c] - mean[c], scale[c], beta[c]);
                out[outOffset + i * channels + c] = silu ? ScalarMath.silu(y) : y;
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
                chain = squares ? Fma.of(d, d, chain) : chain + value;
            }
            sum += chain;
        }
        return sum;
    }

    @Override
    protected void layerNormChecked(
            Rows given, int xOffset, Scaling scaling, float[] out, int outOffset, Workspace workspace) {
        float[] x = given.values();
        int width = given.width();
        float[] gamma = scaling.gamma();
        float[] beta = scaling.beta();
        float eps = scaling.eps();
        float[] stripes = workspace.floats(Workspace.Slot.STRIPES, STRIPES);
        Arrays.fill(stripes, 0, STRIPES, 0f);
        for (int i = 0; i < width; i++) {
            stripes[i % STRIPES] += x[xOffset + i];
        }
        float mean = foldStripes(stripes, 0) / width;
        Arrays.fill(stripes, 0, STRIPES, 0f);
        for (int i = 0; i < width; i++) {
            float d = x[xOffset + i] - mean;
            stripes[i % STRIPES] = Fma.of(d, d, stripes[i % STRIPES]);
        }
        float root = reciprocalRoot(foldStripes(stripes, 0) / width, eps);
        for (int i = 0; i < width; i++) {
            out[outOffset + i] = Fma.of(x[xOffset + i] - mean, root * gamma[i], beta[i]);
        }
    }

    @Override
    protected void softmaxRow(float[] x, int xOffset, int width, float[] out, int outOffset, float[] stripes) {
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
        float sum = foldStripes(stripes, 0);
        for (int i = 0; i < width; i++) {
            out[outOffset + i] /= sum;
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
        float[] scores = workspace.floats(Workspace.Slot.SCORES, tokens);
        float[] stripes = workspace.floats(Workspace.Slot.STRIPES, STRIPES);
        for (int t = 0; t < queries; t++) {
            int seen = visible.of(t, tokens);
            for (int s = 0; s < seen; s++) {
                float chain = 0f;
                for (int d = 0; d < headWidth; d++) {
                    chain = Fma.of(q[qOffset + t * row + d] * scale, k[kvOffset + s * row + d], chain);
                }
                scores[s] = chain;
            }
            softmaxRow(scores, 0, seen, scores, 0, stripes);
            for (int d = 0; d < headWidth; d++) {
                float chain = 0f;
                for (int s = 0; s < seen; s++) {
                    chain = Fma.of(scores[s], v[kvOffset + s * row + d], chain);
                }
                out[outOffset + t * row + d] = chain;
            }
        }
    }

    @Override
    protected void attentionChecked(
            float[] q, int qOffset, KeptKeys kept, int seen, float[] out, int outOffset, Workspace workspace) {
        float scale = (float) (1.0 / Math.sqrt(kept.headWidth()));
        float[] scores = workspace.floats(Workspace.Slot.SCORES, seen);
        float[] stripes = workspace.floats(Workspace.Slot.STRIPES, STRIPES);
        for (int column = 0; column < kept.row(); column += kept.headWidth()) {
            int end = column + kept.headWidth();
            for (int s = 0; s < seen; s++) {
                float chain = 0f;
                for (int d = column; d < end; d++) {
                    chain = Fma.of(
                            q[qOffset + d] * scale,
                            kept.keys(s / KeptKeys.BLOCK)[d * KeptKeys.BLOCK + s % KeptKeys.BLOCK],
                            chain);
                }
                scores[s] = chain;
            }
            softmaxRow(scores, 0, seen, scores, 0, stripes);
            for (int d = column; d < end; d++) {
                float chain = 0f;
                for (int s = 0; s < seen; s++) {
                    chain = Fma.of(
                            scores[s], kept.values(s / KeptKeys.BLOCK)[s % KeptKeys.BLOCK * kept.row() + d], chain);
                }
                out[outOffset + d] = chain;
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
    public void log(float[] x, int xOffset, int length, float[] out, int outOffset) {
        checkElements(x, xOffset, length, out, outOffset);
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = ScalarMath.log(x[xOffset + i]);
        }
    }

    @Override
    public void sigmoid(float[] x, int xOffset, int length, float[] out, int outOffset) {
        checkElements(x, xOffset, length, out, outOffset);
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = ScalarMath.sigmoid(x[xOffset + i]);
        }
    }

    @Override
    public void multiply(float[] a, int aOffset, float[] b, int bOffset, int length, float[] out, int outOffset) {
        checkElements(a, aOffset, length, out, outOffset);
        Checks.range("b", b, bOffset, length);
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = a[aOffset + i] * b[bOffset + i];
        }
    }

    @Override
    public void relu(float[] x, int xOffset, int length, float[] out, int outOffset) {
        checkElements(x, xOffset, length, out, outOffset);
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = ScalarMath.relu(x[xOffset + i]);
        }
    }

    @Override
    public void scale(float[] x, int xOffset, int length, float factor, float[] out, int outOffset) {
        checkElements(x, xOffset, length, out, outOffset);
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = x[xOffset + i] * factor;
        }
    }

    @Override
    protected void gatedTanhChecked(float[] x, int xOffset, int rows, int channels, float[] out, int outOffset) {
        for (int r = 0; r < rows; r++) {
            int row = xOffset + 2 * r * channels;
            for (int c = 0; c < channels; c++) {
                out[outOffset + r * channels + c] = ScalarMath.gatedTanh(x[row + c], x[row + channels + c]);
            }
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
