package dev.ardm.exact.internal.vector;

import dev.ardm.exact.Attention.Keys;
import dev.ardm.exact.Attention.Output;
import dev.ardm.exact.Attention.Queries;
import dev.ardm.exact.Conv1dShape;
import dev.ardm.exact.ConvShape;
import dev.ardm.exact.KeptKeys;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Scaling;
import dev.ardm.exact.Norm.Statistics;
import dev.ardm.exact.PackedWeights;
import dev.ardm.exact.ProductOutput;
import dev.ardm.exact.VisibleKeys;
import dev.ardm.exact.Workspace;
import dev.ardm.exact.Workspace.Slot;
import dev.ardm.exact.internal.Checks;
import dev.ardm.exact.internal.plain.PlainChains;
import dev.ardm.exact.internal.plain.PlainKernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Kernels on the Vector API. Vectors run over outputs, channels or elements; nothing is ever summed across lanes. */
public final class VectorKernels extends PlainKernels {
    /** The only one. */
    public static final VectorKernels INSTANCE = new VectorKernels();

    /** Queries whose scores are held at a time. */
    private static final int QUERY_BLOCK = 48;

    /** As many where each sees its own keys: what only some of a block see is slower. */
    private static final int VISIBLE_BLOCK = 2 * Lanes.pixels(2);

    @Override
    public String name() {
        return "vector-" + Lanes.SPECIES.vectorBitSize();
    }

    @Override
    protected PackedWeights packChecked(float[] weights, int outputs, int depth) {
        return Panels.of(weights, outputs, depth);
    }

    @Override
    protected boolean owns(PackedWeights weights) {
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
    public int outputGrain() {
        return Panels.FULL;
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
        Panels panels = (Panels) weights;
        float[] start = paddedBias(bias, panels.outputs(), workspace);
        TileDriver.Input in = TileDriver.Input.matrix(x, xOffset, rows, panels.depth());
        TileDriver.run(in, panels, start, out, 0, workspace);
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
        Panels panels = (Panels) weights;
        float[] start = paddedBias(bias, panels.outputs(), workspace);
        int pad = s.pad();
        int row = (s.w() + 2 * pad) * s.cin();
        // The rows of the padded image that the wanted rows see.
        int top = firstRow * s.stride();
        int height = (endRow - firstRow - 1) * s.stride() + s.kernel();
        float[] padded = x;
        int at = xOffset + top * row;
        if (pad > 0) {
            padded = workspace.floats(Slot.PADDED_IMAGE, height * row);
            at = 0;
            copyPadded(s, x, xOffset, top, height, padded);
        }
        TileDriver.Input in = new TileDriver.Input(
                padded,
                at,
                endRow - firstRow,
                s.outW(),
                s.stride() * row,
                s.stride() * s.cin(),
                s.kernel(),
                row,
                s.kernel() * s.cin());
        TileDriver.run(in, panels, start, out, firstRow * s.outW(), workspace);
    }

    /** Rows {@code top} to {@code top + height} of the padded image. */
    private static void copyPadded(ConvShape s, float[] x, int image, int top, int height, float[] padded) {
        int pad = s.pad();
        int line = s.w() * s.cin();
        int row = line + 2 * pad * s.cin();
        for (int i = 0; i < height; i++) {
            int y = top + i - pad;
            int target = i * row;
            if (y < 0 || y >= s.h()) {
                Arrays.fill(padded, target, target + row, 0f);
                continue;
            }
            Arrays.fill(padded, target, target + pad * s.cin(), 0f);
            System.arraycopy(x, image + y * line, padded, target + pad * s.cin(), line);
            Arrays.fill(padded, target + pad * s.cin() + line, target + row, 0f);
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
        Panels panels = (Panels) weights;
        float[] start = paddedBias(bias, panels.outputs(), workspace);
        int count = endPlace - firstPlace;
        // The part of the padded sequence that the wanted places see.
        int first = firstPlace - s.left();
        int end = first + count + s.span();
        float[] seen = x;
        int at = xOffset + first * s.cin();
        if (first < 0 || end > s.length()) {
            int from = Math.min(Math.max(first, 0), s.length());
            int to = Math.max(from, Math.min(end, s.length()));
            seen = workspace.floats(Slot.PADDED_IMAGE, (end - first) * s.cin());
            at = 0;
            int begin = (from - first) * s.cin();
            int length = (to - from) * s.cin();
            Arrays.fill(seen, 0, begin, 0f);
            System.arraycopy(x, xOffset + from * s.cin(), seen, begin, length);
            Arrays.fill(seen, begin + length, (end - first) * s.cin(), 0f);
        }
        TileDriver.Input in =
                new TileDriver.Input(seen, at, 1, count, 0, s.cin(), s.kernel(), s.dilation() * s.cin(), s.cin());
        TileDriver.run(in, panels, start, out, firstPlace, workspace);
    }

    @Override
    protected void sumBlock(float[] x, int xOffset, int rows, int channels, int first, int end, float[] block) {
        if (end - first < Lanes.WIDTH) {
            super.sumBlock(x, xOffset, rows, channels, first, end, block);
            return;
        }
        VectorNorms.sumBlock(x, xOffset, rows, channels, first, end, block);
    }

    @Override
    protected void squareBlock(
            float[] x, int xOffset, int rows, int channels, int first, int end, float[] mean, float[] block) {
        if (end - first < Lanes.WIDTH) {
            super.squareBlock(x, xOffset, rows, channels, first, end, mean, block);
            return;
        }
        VectorNorms.squareBlock(x, xOffset, rows, channels, first, end, mean, block);
    }

    @Override
    protected void normaliseRows(Rows x, Statistics statistics, float[] beta, float[] out, int outOffset) {
        if (x.width() < Lanes.WIDTH) {
            super.normaliseRows(x, statistics, beta, out, outOffset);
        } else {
            VectorNorms.normalise(x, statistics, beta, out, outOffset);
        }
    }

    @Override
    protected void layerNormChecked(
            Rows given, int xOffset, Scaling scaling, float[] out, int outOffset, Workspace workspace) {
        float[] x = given.values();
        int width = given.width();
        float[] gamma = scaling.gamma();
        float[] beta = scaling.beta();
        float eps = scaling.eps();
        float[] stripes = workspace.floats(Slot.STRIPES, STRIPES);
        VectorStripes.sum(x, xOffset, width, stripes);
        float mean = foldStripes(stripes, 0) / width;
        VectorStripes.squares(x, xOffset, width, mean, stripes);
        float root = reciprocalRoot(foldStripes(stripes, 0) / width, eps);
        VectorNorms.normaliseRow(x, xOffset, width, mean, root, gamma, beta, out, outOffset);
    }

    @Override
    protected void softmaxRow(float[] x, int xOffset, int width, float[] out, int outOffset, float[] stripes) {
        float max = VectorStripes.max(x, xOffset, width, stripes);
        VectorMath.expShifted(x, xOffset, max, width, out, outOffset);
        VectorStripes.sum(out, outOffset, width, stripes);
        VectorMath.divide(out, outOffset, width, foldStripes(stripes, 0));
    }

    @Override
    protected void attentionChecked(Queries from, Keys given, int head, Output target, Workspace workspace) {
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
        float[] out = target.values();
        int outOffset = target.offset() + column;
        float scale = (float) (1.0 / Math.sqrt(headWidth));
        float[] keys = workspace.floats(Slot.KEYS, Panels.size(tokens, headWidth));
        float[] values = workspace.floats(Slot.VALUES, Panels.size(headWidth, tokens));
        float[] query = workspace.floats(Slot.QUERIES, QUERY_BLOCK * headWidth);
        int scoreSize = Checks.size("scores", (long) QUERY_BLOCK * tokens);
        float[] scores = workspace.floats(Slot.SCORES, scoreSize);
        float[] stripes = workspace.floats(Slot.STRIPES, STRIPES);
        float[] zeros = paddedBias(null, Math.max(tokens, headWidth), workspace);
        Panels.fill(k, kvOffset, row, 1, tokens, headWidth, keys);
        Panels.fill(v, kvOffset, 1, row, headWidth, tokens, values);
        Panels keyPanels = new Panels(keys, tokens, headWidth);
        Panels valuePanels = new Panels(values, headWidth, tokens);
        int block = visible == VisibleKeys.ALL ? QUERY_BLOCK : VISIBLE_BLOCK;
        for (int t = 0; t < queries; t += block) {
            int count = Math.min(block, queries - t);
            for (int i = 0; i < count; i++) {
                for (int d = 0; d < headWidth; d++) {
                    query[i * headWidth + d] = q[qOffset + (t + i) * row + d] * scale;
                }
            }
            TileDriver.Input in = TileDriver.Input.matrix(query, 0, count, headWidth);
            int most = visible.most(t, t + count, tokens);
            int scored = Math.min(tokens, (most + Panels.FULL - 1) / Panels.FULL * Panels.FULL);
            ProductOutput toScores = ProductOutput.of(keyPanels, scores, 0).outputs(0, scored);
            TileDriver.run(in, keyPanels, zeros, toScores, 0, workspace);
            for (int i = 0; i < count; i++) {
                softmaxRow(scores, i * tokens, visible.of(t + i, tokens), scores, i * tokens, stripes);
            }
            // The keys that all queries of the block see, and then those that only some do.
            int shared = visible.fewest(t, t + count, tokens);
            in = TileDriver.Input.firstColumns(scores, 0, count, tokens, shared);
            ProductOutput to =
                    ProductOutput.of(valuePanels, out, outOffset + t * row).withStep(row);
            TileDriver.run(in, valuePanels, zeros, to, 0, workspace);
            for (int i = 0; i < count; i++) {
                int chains = outOffset + (t + i) * row;
                for (int s = shared; s < visible.of(t + i, tokens); s++) {
                    PlainChains.step(scores[i * tokens + s], v, kvOffset + s * row, out, chains, headWidth);
                }
            }
        }
    }

    @Override
    protected void scores(float[] query, int column, KeptKeys kept, int seen, float[] scores, int at) {
        VectorAttention.scores(query, column, kept, seen, scores, at);
    }

    @Override
    protected void values(float[] weights, int token, int step, int count, KeptKeys kept, float[] out, int outOffset) {
        int headWidth = kept.headWidth();
        int together = VectorAttention.VECTORS * Lanes.WIDTH;
        boolean whole = headWidth % Lanes.WIDTH == 0 && (together % headWidth == 0 || headWidth % together == 0);
        int column = 0;
        for (; whole && column + together <= kept.row(); column += together) {
            VectorAttention.values(
                    weights,
                    column / headWidth * step + token,
                    (column + Lanes.WIDTH) / headWidth * step + token,
                    (column + 2 * Lanes.WIDTH) / headWidth * step + token,
                    (column + 3 * Lanes.WIDTH) / headWidth * step + token,
                    count,
                    kept.values(token / KeptKeys.BLOCK),
                    kept.row(),
                    column,
                    out,
                    outOffset + column);
        }
        headValues(weights, token, step, count, kept, column, out, outOffset);
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
    public void relu(float[] x, int xOffset, int length, float[] out, int outOffset) {
        checkElements(x, xOffset, length, out, outOffset);
        VectorMath.relu(x, xOffset, length, out, outOffset);
    }

    @Override
    public void scale(float[] x, int xOffset, int length, float factor, float[] out, int outOffset) {
        checkElements(x, xOffset, length, out, outOffset);
        VectorMath.scale(x, xOffset, length, factor, out, outOffset);
    }

    @Override
    protected void gatedTanhChecked(float[] x, int xOffset, int rows, int channels, float[] out, int outOffset) {
        VectorTanh.gated(x, xOffset, rows, channels, out, outOffset);
    }

    @Override
    public void exp(float[] x, int xOffset, int length, float[] out, int outOffset) {
        checkElements(x, xOffset, length, out, outOffset);
        VectorMath.expShifted(x, xOffset, 0f, length, out, outOffset);
    }

    @Override
    public void log(float[] x, int xOffset, int length, float[] out, int outOffset) {
        checkElements(x, xOffset, length, out, outOffset);
        VectorMath.log(x, xOffset, length, out, outOffset);
    }

    @Override
    public void sigmoid(float[] x, int xOffset, int length, float[] out, int outOffset) {
        checkElements(x, xOffset, length, out, outOffset);
        VectorMath.sigmoid(x, xOffset, length, out, outOffset);
    }
}
