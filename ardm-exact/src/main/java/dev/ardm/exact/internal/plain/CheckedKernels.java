package dev.ardm.exact.internal.plain;

import dev.ardm.exact.Attention.Keys;
import dev.ardm.exact.Attention.Output;
import dev.ardm.exact.Attention.Queries;
import dev.ardm.exact.Conv1dShape;
import dev.ardm.exact.ConvShape;
import dev.ardm.exact.Epilogue;
import dev.ardm.exact.KeptKeys;
import dev.ardm.exact.Kernels;
import dev.ardm.exact.Norm.Groups;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Scaling;
import dev.ardm.exact.Norm.Statistics;
import dev.ardm.exact.PackedWeights;
import dev.ardm.exact.ProductOutput;
import dev.ardm.exact.Workspace;
import dev.ardm.exact.internal.Checks;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks every argument once, so that the implementations need not. */
abstract class CheckedKernels implements Kernels {
    protected abstract PackedWeights packChecked(float[] weights, int outputs, int depth);

    /** All but the epilogue. */
    protected abstract void matmulChecked(
            float[] x,
            int xOffset,
            int rows,
            PackedWeights weights,
            float @Nullable [] bias,
            ProductOutput out,
            Workspace workspace);

    /** All but the epilogue. */
    protected abstract void conv2dChecked(
            float[] x,
            int xOffset,
            ConvShape shape,
            int firstRow,
            int endRow,
            PackedWeights weights,
            float @Nullable [] bias,
            ProductOutput out,
            Workspace workspace);

    /** All but the epilogue. */
    protected abstract void conv1dChecked(
            float[] x,
            int xOffset,
            Conv1dShape shape,
            int firstPlace,
            int endPlace,
            PackedWeights weights,
            float @Nullable [] bias,
            ProductOutput out,
            Workspace workspace);

    protected abstract void groupStatisticsChecked(
            Rows x, Groups groups, float[] gamma, float eps, Statistics out, Workspace workspace);

    protected abstract void normaliseChecked(
            Rows x, Statistics statistics, float[] beta, boolean silu, float[] out, int outOffset);

    /** One row, from {@code xOffset}. */
    protected abstract void layerNormChecked(
            Rows x, int xOffset, Scaling scaling, float[] out, int outOffset, Workspace workspace);

    protected abstract void softmaxRow(float[] x, int xOffset, int width, float[] out, int outOffset, float[] stripes);

    /** One head. */
    protected abstract void attentionChecked(Queries queries, Keys keys, int head, Output out, Workspace workspace);

    /** The weights as this implementation packs them. */
    protected abstract boolean owns(PackedWeights weights);

    @Override
    public final PackedWeights pack(float[] weights, int outputs, int depth) {
        Checks.positive("outputs", outputs);
        Checks.positive("depth", depth);
        if (weights.length != (long) outputs * depth) {
            throw new IllegalArgumentException(
                    "weights: " + weights.length + " floats, not " + outputs + " x " + depth);
        }
        return packChecked(weights, outputs, depth);
    }

    /** @param rows of the output, counted from its own first row */
    private void checkProduct(PackedWeights weights, float @Nullable [] bias, float[] x, ProductOutput out, long rows) {
        if (!owns(weights)) {
            throw new IllegalArgumentException("weights were not packed by the kernels '" + name() + "'");
        }
        int outputs = weights.outputs();
        if (bias != null) {
            Checks.range("bias", bias, 0, outputs);
        }
        Checks.distinct(x, out.values());
        Checks.require(out.step() >= outputs, "step", out.step(), "is less than the " + outputs + " outputs");
        Checks.require(
                out.first() >= 0 && out.first() % outputGrain() == 0,
                "first",
                out.first(),
                "is not a multiple of the grain");
        Checks.require(
                out.end() >= out.first()
                        && (out.end() == outputs || out.end() < outputs && out.end() % outputGrain() == 0),
                "end",
                out.end(),
                "is neither a multiple of the grain nor the number of outputs");
        if (rows > 0) {
            Checks.range("out", out.values(), out.offset(), (rows - 1) * out.step() + outputs);
            float[] addend = out.epilogue().addend();
            if (addend != null) {
                int addendStep = out.epilogue().addendStep();
                Checks.notNegative("addendStep", addendStep);
                Checks.range("addend", addend, out.epilogue().addendOffset(), (rows - 1) * addendStep + outputs);
            }
        }
    }

    @Override
    public final void matmul(
            float[] x,
            int xOffset,
            int rows,
            PackedWeights weights,
            float @Nullable [] bias,
            ProductOutput out,
            Workspace workspace) {
        Checks.notNegative("rows", rows);
        checkProduct(weights, bias, x, out, rows);
        Checks.range("x", x, xOffset, (long) rows * weights.depth());
        if (rows > 0 && out.count() > 0) {
            matmulChecked(x, xOffset, rows, weights, bias, out, workspace);
            finish(out, 0, rows);
        }
    }

    @Override
    public final void conv2d(
            float[] x,
            int xOffset,
            ConvShape shape,
            int firstRow,
            int endRow,
            PackedWeights weights,
            float @Nullable [] bias,
            ProductOutput out,
            Workspace workspace) {
        Checks.require(shape.depth() == weights.depth(), "depth", weights.depth(), "is not kernel * kernel * cin");
        Checks.require(firstRow >= 0 && firstRow <= endRow, "firstRow", firstRow, "is not within the output");
        Checks.require(endRow <= shape.outH(), "endRow", endRow, "is not within the output");
        Checks.size("out", (long) shape.pixels() * out.step());
        checkProduct(weights, bias, x, out, (long) endRow * shape.outW());
        Checks.range("x", x, xOffset, shape.inputSize());
        if (endRow > firstRow && shape.outW() > 0 && out.count() > 0) {
            conv2dChecked(x, xOffset, shape, firstRow, endRow, weights, bias, out, workspace);
            finish(out, firstRow * shape.outW(), (endRow - firstRow) * shape.outW());
        }
    }

    @Override
    public final void conv1d(
            float[] x,
            int xOffset,
            Conv1dShape shape,
            int firstPlace,
            int endPlace,
            PackedWeights weights,
            float @Nullable [] bias,
            ProductOutput out,
            Workspace workspace) {
        Checks.require(shape.depth() == weights.depth(), "depth", weights.depth(), "is not kernel * cin");
        Checks.require(firstPlace >= 0 && firstPlace <= endPlace, "firstPlace", firstPlace, "is not within the output");
        Checks.require(endPlace <= shape.length(), "endPlace", endPlace, "is not within the output");
        Checks.size("out", (long) shape.length() * out.step());
        checkProduct(weights, bias, x, out, endPlace);
        Checks.range("x", x, xOffset, shape.inputSize());
        if (endPlace > firstPlace && out.count() > 0) {
            conv1dChecked(x, xOffset, shape, firstPlace, endPlace, weights, bias, out, workspace);
            finish(out, firstPlace, endPlace - firstPlace);
        }
    }

    /** The epilogue on a range of complete rows. */
    private void finish(ProductOutput out, int firstRow, int rows) {
        Epilogue epilogue = out.epilogue();
        if (epilogue.kind() == Epilogue.Kind.NONE) {
            return;
        }
        float[] addend = epilogue.addend();
        // Rows that are contiguous, in both arrays, are one long row.
        boolean together = out.count() == out.step() && (addend == null || epilogue.addendStep() == out.step());
        int width = together ? rows * out.step() : out.count();
        for (int r = 0; r < (together ? 1 : rows); r++) {
            int at = out.offset() + (firstRow + r) * out.step() + out.first();
            switch (epilogue.kind()) {
                case SILU -> silu(out.values(), at, width, out.values(), at);
                case GELU -> gelu(out.values(), at, width, out.values(), at);
                case ADD -> {
                    int from = epilogue.addendOffset() + (firstRow + r) * epilogue.addendStep() + out.first();
                    add(Objects.requireNonNull(addend), from, out.values(), at, width, out.values(), at);
                }
                case NONE -> throw new AssertionError();
            }
        }
    }

    @Override
    public final void groupStatistics(
            Rows x, Groups groups, float[] gamma, float eps, Statistics out, Workspace workspace) {
        int channels = x.width();
        Checks.notNegative("spatial", x.count());
        Checks.positive("channels", channels);
        Checks.positive("groups", groups.count());
        Checks.require(
                channels % groups.count() == 0,
                "groups",
                groups.count(),
                "does not divide the " + channels + " channels");
        Checks.require(
                groups.first() >= 0 && groups.first() <= groups.end(),
                "firstGroup",
                groups.first(),
                "is not within the groups");
        Checks.require(groups.end() <= groups.count(), "endGroup", groups.end(), "is not within the groups");
        Checks.range("gamma", gamma, 0, channels);
        Checks.range("mean", out.mean(), 0, channels);
        Checks.range("scale", out.scale(), 0, channels);
        Checks.range("x", x.values(), x.offset(), (long) x.count() * channels);
        if (x.count() > 0 && groups.end() > groups.first()) {
            groupStatisticsChecked(x, groups, gamma, eps, out, workspace);
        }
    }

    @Override
    public final void normalise(Rows x, Statistics statistics, float[] beta, boolean silu, float[] out, int outOffset) {
        checkRows(x.values(), x.offset(), x.count(), x.width(), out, outOffset);
        Checks.range("mean", statistics.mean(), 0, x.width());
        Checks.range("scale", statistics.scale(), 0, x.width());
        Checks.range("beta", beta, 0, x.width());
        normaliseChecked(x, statistics, beta, silu, out, outOffset);
    }

    @Override
    public final void layerNorm(Rows x, Scaling scaling, float[] out, int outOffset, Workspace workspace) {
        checkRows(x.values(), x.offset(), x.count(), x.width(), out, outOffset);
        Checks.range("gamma", scaling.gamma(), 0, x.width());
        Checks.range("beta", scaling.beta(), 0, x.width());
        for (int r = 0; r < x.count(); r++) {
            int row = r * x.width();
            layerNormChecked(x, x.offset() + row, scaling, out, outOffset + row, workspace);
        }
    }

    @Override
    public final void softmaxRows(float[] x, int xOffset, int rows, int width, float[] out, int outOffset) {
        checkRows(x, xOffset, rows, width, out, outOffset);
        float[] stripes = new float[STRIPES];
        for (int r = 0; r < rows; r++) {
            softmaxRow(x, xOffset + r * width, width, out, outOffset + r * width, stripes);
        }
    }

    private static void checkRows(float[] x, int xOffset, int rows, int width, float[] out, int outOffset) {
        Checks.notNegative("rows", rows);
        Checks.positive("width", width);
        Checks.range("x", x, xOffset, (long) rows * width);
        Checks.range("out", out, outOffset, (long) rows * width);
    }

    @Override
    public final void attention(Queries queries, Keys keys, Output out, Workspace workspace) {
        Checks.notNegative("queries", queries.count());
        Checks.notNegative("tokens", keys.tokens());
        Checks.positive("heads", keys.heads());
        Checks.positive("headWidth", keys.headWidth());
        Checks.require(
                out.firstHead() >= 0 && out.firstHead() <= out.endHead(),
                "firstHead",
                out.firstHead(),
                "is not within the heads");
        Checks.require(out.endHead() <= keys.heads(), "endHead", out.endHead(), "is not within the heads");
        Checks.range("q", queries.values(), queries.offset(), (long) queries.count() * keys.row());
        Checks.range("k", keys.k(), keys.offset(), (long) keys.tokens() * keys.row());
        Checks.range("v", keys.v(), keys.offset(), (long) keys.tokens() * keys.row());
        Checks.range("out", out.values(), out.offset(), (long) queries.count() * keys.row());
        Checks.distinct(queries.values(), out.values());
        Checks.distinct(keys.k(), out.values());
        Checks.distinct(keys.v(), out.values());
        Checks.require(
                keys.tokens() > 0 || queries.count() == 0,
                "tokens",
                keys.tokens(),
                "must be positive if there are queries");
        queries.visible().check(queries.count(), keys.tokens());
        for (int head = out.firstHead(); queries.count() > 0 && head < out.endHead(); head++) {
            attentionChecked(queries, keys, head, out, workspace);
        }
    }

    /** One query, all heads. */
    protected abstract void attentionChecked(
            float[] q, int qOffset, KeptKeys kept, int seen, float[] out, int outOffset, Workspace workspace);

    @Override
    public final void attention(
            float[] q, int qOffset, KeptKeys kept, int seen, float[] out, int outOffset, Workspace workspace) {
        Checks.range("q", q, qOffset, kept.row());
        Checks.range("out", out, outOffset, kept.row());
        Checks.distinct(q, out);
        Checks.require(seen >= 1 && seen <= kept.tokens(), "seen", seen, "is not 1 to all tokens");
        attentionChecked(q, qOffset, kept, seen, out, outOffset, workspace);
    }

    protected abstract void gatedTanhChecked(
            float[] x, int xOffset, int rows, int channels, float[] out, int outOffset);

    @Override
    public final void gatedTanh(float[] x, int xOffset, int rows, int channels, float[] out, int outOffset) {
        Checks.notNegative("rows", rows);
        Checks.positive("channels", channels);
        Checks.range("x", x, xOffset, 2L * rows * channels);
        Checks.range("out", out, outOffset, (long) rows * channels);
        Checks.distinct(x, out);
        gatedTanhChecked(x, xOffset, rows, channels, out, outOffset);
    }

    protected static void checkElements(float[] x, int xOffset, int length, float[] out, int outOffset) {
        Checks.notNegative("length", length);
        Checks.range("x", x, xOffset, length);
        Checks.range("out", out, outOffset, length);
    }

    /** Adds 16 stripes from {@code offset}: four rounds, each adding the upper half to the lower half. */
    protected static float foldStripes(float[] stripes, int offset) {
        for (int half = STRIPES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                stripes[offset + i] += stripes[offset + i + half];
            }
        }
        return stripes[offset];
    }

    /** {@code 1 / sqrt(variance + eps)} in double, rounded once. The square root is the exact IEEE operation. */
    protected static float reciprocalRoot(double variance, float eps) {
        return (float) (1.0 / Math.sqrt(variance + eps));
    }
}
