package dev.ardm.exact;

import dev.ardm.exact.Workspace.Slot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Kernels on the Vector API. Vectors run over outputs, channels or elements; nothing is ever summed across lanes. */
final class VectorKernels extends PlainKernels {
    static final VectorKernels INSTANCE = new VectorKernels();

    /** Queries whose scores are held at a time. */
    private static final int QUERY_BLOCK = 48;

    @Override
    public String name() {
        return "vector-" + Lanes.SPECIES.vectorBitSize();
    }

    @Override
    PackedWeights packChecked(float[] weights, int outputs, int depth) {
        return Panels.of(weights, outputs, depth);
    }

    @Override
    boolean owns(PackedWeights weights) {
        return weights instanceof Panels;
    }

    private static float[] paddedBias(float @Nullable [] bias, int outputs, Workspace workspace) {
        int padded = Panels.padded(outputs);
        float[] buffer = workspace.floats(Slot.BIAS, padded);
        int given = bias == null ? 0 : outputs;
        if (bias != null) {
            System.arraycopy(bias, 0, buffer, 0, given);
        }
        Arrays.fill(buffer, given, padded, 0f);
        return buffer;
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
        Panels panels = (Panels) weights;
        int outputs = panels.outputs();
        float[] start = paddedBias(bias, outputs, workspace);
        TileDriver.Input in = TileDriver.Input.matrix(x, xOffset, rows, panels.depth());
        TileDriver.Output to = new TileDriver.Output(out, outOffset, outputs);
        TileDriver.run(in, panels.values(), outputs, start, to, workspace);
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
        if (s.kernel() == 1 && s.stride() == 1) {
            matmulChecked(x, xOffset, s.n() * s.h() * s.w(), weights, bias, out, outOffset, workspace);
            return;
        }
        Panels panels = (Panels) weights;
        float[] start = paddedBias(bias, s.outputs(), workspace);
        int pad = s.pad();
        int row = (s.w() + 2 * pad) * s.cin();
        int size = (s.h() + 2 * pad) * row;
        float[] padded = pad == 0 ? x : workspace.floats(Slot.PADDED_IMAGE, size);
        if (pad > 0) {
            Arrays.fill(padded, 0, size, 0f);
        }
        for (int i = 0; i < s.n(); i++) {
            int image = xOffset + i * s.inputSize();
            if (pad > 0) {
                for (int y = 0; y < s.h(); y++) {
                    int target = (y + pad) * row + pad * s.cin();
                    System.arraycopy(x, image + y * s.w() * s.cin(), padded, target, s.w() * s.cin());
                }
            }
            TileDriver.Input in = new TileDriver.Input(
                    padded,
                    pad > 0 ? 0 : image,
                    s.outH(),
                    s.outW(),
                    s.stride() * row,
                    s.stride() * s.cin(),
                    s.kernel(),
                    row,
                    s.kernel() * s.cin());
            TileDriver.Output to = new TileDriver.Output(out, outOffset + i * s.outputSize(), s.outputs());
            TileDriver.run(in, panels.values(), s.outputs(), start, to, workspace);
        }
    }

    @Override
    void sumBlock(float[] x, int xOffset, int rows, int channels, float[] block) {
        if (channels < Lanes.WIDTH) {
            super.sumBlock(x, xOffset, rows, channels, block);
            return;
        }
        VectorNorms.sumBlock(x, xOffset, rows, channels, block);
    }

    @Override
    void squareBlock(float[] x, int xOffset, int rows, int channels, float[] mean, float[] block) {
        if (channels < Lanes.WIDTH) {
            super.squareBlock(x, xOffset, rows, channels, mean, block);
            return;
        }
        VectorNorms.squareBlock(x, xOffset, rows, channels, mean, block);
    }

    @Override
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
        if (channels < Lanes.WIDTH) {
            super.normalise(x, xOffset, rows, channels, mean, scale, beta, out, outOffset);
            return;
        }
        VectorNorms.normalise(x, xOffset, rows, channels, mean, scale, beta, out, outOffset);
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
        float[] stripes = workspace.floats(Slot.STRIPES, STRIPES);
        VectorStripes.sum(x, xOffset, width, stripes);
        float mean = ScalarMath.foldStripes(stripes, 0) / width;
        VectorStripes.squares(x, xOffset, width, mean, stripes);
        float root = ScalarMath.reciprocalRoot(ScalarMath.foldStripes(stripes, 0) / width, eps);
        VectorNorms.normaliseRow(x, xOffset, width, mean, root, gamma, beta, out, outOffset);
    }

    @Override
    void softmaxRow(float[] x, int xOffset, int width, float[] out, int outOffset, float[] stripes) {
        float max = VectorStripes.max(x, xOffset, width, stripes);
        VectorMath.expShifted(x, xOffset, max, width, out, outOffset);
        VectorStripes.sum(out, outOffset, width, stripes);
        VectorMath.divide(out, outOffset, width, ScalarMath.foldStripes(stripes, 0));
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
        float[] keys = workspace.floats(Slot.KEYS, Panels.size(tokens, headWidth));
        float[] values = workspace.floats(Slot.VALUES, Panels.size(headWidth, tokens));
        float[] queries = workspace.floats(Slot.QUERIES, QUERY_BLOCK * headWidth);
        int scoreSize = Checks.size("scores", (long) QUERY_BLOCK * tokens);
        float[] scores = workspace.floats(Slot.SCORES, scoreSize);
        float[] stripes = workspace.floats(Slot.STRIPES, STRIPES);
        float[] zeros = paddedBias(null, Math.max(tokens, headWidth), workspace);
        for (int head = 0; head < heads; head++) {
            int base = offset + head * headWidth;
            Panels.fill(k, base, row, 1, tokens, headWidth, keys);
            Panels.fill(v, base, 1, row, headWidth, tokens, values);
            for (int t = 0; t < tokens; t += QUERY_BLOCK) {
                int count = Math.min(QUERY_BLOCK, tokens - t);
                for (int i = 0; i < count; i++) {
                    for (int d = 0; d < headWidth; d++) {
                        queries[i * headWidth + d] = q[base + (t + i) * row + d] * scale;
                    }
                }
                TileDriver.run(
                        TileDriver.Input.matrix(queries, 0, count, headWidth),
                        keys,
                        tokens,
                        zeros,
                        new TileDriver.Output(scores, 0, tokens),
                        workspace);
                for (int i = 0; i < count; i++) {
                    softmaxRow(scores, i * tokens, tokens, scores, i * tokens, stripes);
                }
                TileDriver.run(
                        TileDriver.Input.matrix(scores, 0, count, tokens),
                        values,
                        headWidth,
                        zeros,
                        new TileDriver.Output(out, base + t * row, row),
                        workspace);
            }
        }
    }

    @Override
    public void silu(float[] x, int xOffset, int length, float[] out, int outOffset) {
        checkElements(x, xOffset, length, out, outOffset);
        VectorMath.silu(x, xOffset, length, out, outOffset);
    }

    @Override
    public void gelu(float[] x, int xOffset, int length, float[] out, int outOffset) {
        checkElements(x, xOffset, length, out, outOffset);
        VectorMath.gelu(x, xOffset, length, out, outOffset);
    }

    @Override
    public void exp(float[] x, int xOffset, int length, float[] out, int outOffset) {
        checkElements(x, xOffset, length, out, outOffset);
        VectorMath.expShifted(x, xOffset, 0f, length, out, outOffset);
    }
}
