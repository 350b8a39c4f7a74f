package dev.ardm.exact;

import org.jspecify.annotations.Nullable;

/** Checks every argument once, so that the implementations behind it need not. */
abstract class CheckedKernels implements Kernels {
    abstract PackedWeights packChecked(float[] weights, int outputs, int depth);

    abstract void matmulChecked(
            float[] x,
            int xOffset,
            int rows,
            PackedWeights weights,
            float @Nullable [] bias,
            float[] out,
            int outOffset,
            Workspace workspace);

    abstract void conv2dChecked(
            ConvShape shape,
            float[] x,
            int xOffset,
            PackedWeights weights,
            float @Nullable [] bias,
            float[] out,
            int outOffset,
            Workspace workspace);

    abstract void groupNormChecked(
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
            Workspace workspace);

    abstract void layerNormChecked(
            float[] x,
            int xOffset,
            int width,
            float[] gamma,
            float[] beta,
            float eps,
            float[] out,
            int outOffset,
            Workspace workspace);

    abstract void softmaxRow(float[] x, int xOffset, int width, float[] out, int outOffset, float[] stripes);

    abstract void attentionChecked(
            float[] q,
            float[] k,
            float[] v,
            int offset,
            int tokens,
            int heads,
            int headWidth,
            float[] out,
            Workspace workspace);

    /** The weights as this implementation packs them. */
    abstract boolean owns(PackedWeights weights);

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

    private void checkWeights(PackedWeights weights, float @Nullable [] bias) {
        if (!owns(weights)) {
            throw new IllegalArgumentException("weights were not packed by the kernels '" + name() + "'");
        }
        if (bias != null) {
            Checks.range("bias", bias, 0, weights.outputs());
        }
    }

    @Override
    public final void matmul(
            float[] x,
            int xOffset,
            int rows,
            PackedWeights weights,
            float @Nullable [] bias,
            float[] out,
            int outOffset,
            Workspace workspace) {
        Checks.notNegative("rows", rows);
        checkWeights(weights, bias);
        Checks.distinct(x, out);
        Checks.range("x", x, xOffset, (long) rows * weights.depth());
        Checks.range("out", out, outOffset, (long) rows * weights.outputs());
        if (rows > 0) {
            matmulChecked(x, xOffset, rows, weights, bias, out, outOffset, workspace);
        }
    }

    @Override
    public final void conv2d(
            float[] x,
            int xOffset,
            int n,
            int h,
            int w,
            int cin,
            PackedWeights weights,
            float @Nullable [] bias,
            int kernel,
            int stride,
            float[] out,
            int outOffset,
            Workspace workspace) {
        Checks.notNegative("n", n);
        Checks.positive("h", h);
        Checks.positive("w", w);
        Checks.positive("cin", cin);
        Checks.positive("kernel", kernel);
        Checks.positive("stride", stride);
        checkWeights(weights, bias);
        Checks.distinct(x, out);
        int pad = kernel / 2;
        Checks.require(
                (long) kernel * kernel * cin == weights.depth(),
                "depth",
                weights.depth(),
                "is not kernel * kernel * cin");
        Checks.require(kernel <= 1024, "kernel", kernel, "is too large");
        Checks.size("x", Math.multiplyExact((h + 2L * pad) * (w + 2L * pad), (long) cin));
        ConvShape shape = new ConvShape(n, h, w, cin, weights.outputs(), kernel, stride);
        Checks.range("x", x, xOffset, (long) n * h * w * cin);
        Checks.size("out", Math.multiplyExact((long) shape.outH() * shape.outW(), (long) weights.outputs()));
        Checks.range("out", out, outOffset, (long) n * shape.outputSize());
        if (n > 0) {
            conv2dChecked(shape, x, xOffset, weights, bias, out, outOffset, workspace);
        }
    }

    @Override
    public final void groupNorm(
            float[] x,
            int xOffset,
            int n,
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
        Checks.notNegative("n", n);
        Checks.positive("spatial", spatial);
        Checks.positive("channels", channels);
        Checks.positive("groups", groups);
        Checks.require(channels % groups == 0, "groups", groups, "does not divide the " + channels + " channels");
        Checks.range("gamma", gamma, 0, channels);
        Checks.range("beta", beta, 0, channels);
        Checks.range("x", x, xOffset, (long) n * spatial * channels);
        Checks.range("out", out, outOffset, (long) n * spatial * channels);
        int step = spatial * channels;
        for (int i = 0; i < n; i++) {
            groupNormChecked(
                    x,
                    xOffset + i * step,
                    spatial,
                    channels,
                    groups,
                    gamma,
                    beta,
                    eps,
                    silu,
                    out,
                    outOffset + i * step,
                    workspace);
        }
    }

    @Override
    public final void layerNorm(
            float[] x,
            int xOffset,
            int rows,
            int width,
            float[] gamma,
            float[] beta,
            float eps,
            float[] out,
            int outOffset,
            Workspace workspace) {
        checkRows(x, xOffset, rows, width, out, outOffset);
        Checks.range("gamma", gamma, 0, width);
        Checks.range("beta", beta, 0, width);
        for (int r = 0; r < rows; r++) {
            layerNormChecked(x, xOffset + r * width, width, gamma, beta, eps, out, outOffset + r * width, workspace);
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
    public final void attention(
            float[] q,
            float[] k,
            float[] v,
            int n,
            int tokens,
            int heads,
            int headWidth,
            float[] out,
            Workspace workspace) {
        Checks.notNegative("n", n);
        Checks.positive("tokens", tokens);
        Checks.positive("heads", heads);
        Checks.positive("headWidth", headWidth);
        int item = Checks.size("item", Math.multiplyExact((long) tokens * heads, (long) headWidth));
        long length = (long) n * item;
        Checks.range("q", q, 0, length);
        Checks.range("k", k, 0, length);
        Checks.range("v", v, 0, length);
        Checks.range("out", out, 0, length);
        Checks.distinct(q, out);
        Checks.distinct(k, out);
        Checks.distinct(v, out);
        for (int i = 0; i < n; i++) {
            attentionChecked(q, k, v, i * item, tokens, heads, headWidth, out, workspace);
        }
    }

    static void checkElements(float[] x, int xOffset, int length, float[] out, int outOffset) {
        Checks.notNegative("length", length);
        Checks.range("x", x, xOffset, length);
        Checks.range("out", out, outOffset, length);
    }
}
