package dev.ardm.exact;

import dev.ardm.exact.Attention.Keys;
import dev.ardm.exact.Attention.Output;
import dev.ardm.exact.Attention.Queries;
import dev.ardm.exact.Norm.Groups;
import dev.ardm.exact.Norm.Images;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Scaling;
import dev.ardm.exact.Norm.Statistics;
import dev.ardm.exact.internal.Checks;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a network on float arrays, each defined to the bit.
 *
 * <p>Every implementation gives the same bits for the same finite inputs, whatever the machine, the JVM, the batch size or the place in the
 * batch: an item's result never depends on its neighbours. Calls are single-threaded and keep no state, so one instance serves any number of
 * threads, each with a {@link Workspace} of its own. Arrays are row-major, images are NHWC. Offsets and lengths count floats. {@code out}
 * must not be an input array, except where an operation is documented to work in place.
 *
 * <p>A <em>striped sum</em> of a sequence is defined so: 16 stripes start at 0, element i is added to stripe {@code i % 16} in ascending i,
 * and then stripe j + 8 is added to stripe j for j = 0 to 7, likewise with 4, 2 and 1.
 *
 * <p>Wrong sizes are an {@link IllegalArgumentException} or an {@link IndexOutOfBoundsException}, raised before anything is written.
 */
public interface Kernels extends ElementKernels {
    /** Version of the written order of every operation. Anything that changes a bit of a result is a new version. */
    int ARITHMETIC_VERSION = 1;

    /** Number of partial sums of a striped sum. */
    int STRIPES = 16;

    /** Spatial positions per block in the sums of {@link #groupNorm}. */
    int SPATIAL_BLOCK = 64;

    /**
     * The fastest implementation that this JVM can run: the Vector API if the module {@code jdk.incubator.vector} is there and the processor has a
     * fused multiply-add, else plain loops. The
     * module is there with {@code --add-modules jdk.incubator.vector}; with {@code --add-exports java.base/jdk.internal.module=ALL-UNNAMED} this
     * call loads it. The system property {@code ardm.kernels} ({@code best}, {@code vector}, {@code plain} or {@code scalar}) overrides the choice;
     * {@code ardm.vector.bits} (128, 256 or 512) caps the vector width.
     *
     * @throws IllegalStateException if {@code ardm.kernels} is {@code vector} and the module is not there
     */
    static Kernels best() {
        Kernels best = KernelChoice.best(System.getProperty("ardm.kernels"));
        KernelReport.log(best);
        return best;
    }

    /**
     * The implementation for little work: plain loops, which the JVM compiles in a fraction of the time that it needs for the Vector API. Where the
     * system property {@code ardm.kernels} is set, the same as {@link #best}.
     */
    static Kernels first() {
        Kernels first = KernelChoice.first(System.getProperty("ardm.kernels"));
        if (!KernelChoice.vectorsInReach()) {
            KernelReport.log(first); // Otherwise nothing is known before the best ones are loaded.
        }
        return first;
    }

    /**
     * Which kernels {@link #best} are, in one sentence for people: how wide their vectors are, or that they are plain, why, and which option to add to
     * {@code JDK_JAVA_OPTIONS} if one helps. Loads them. The first kernels that a process uses say the same in one line of the {@link System.Logger}
     * {@code dev.ardm}: at level {@code INFO} if they are plain on a processor that has vectors, else at {@code DEBUG}. The command {@code ardm}, whose
     * launcher sets the system property {@code ardm.program}, logs nothing: {@code ardm selftest} tells.
     *
     * @throws IllegalStateException as {@link #best} does
     */
    static String report() {
        return KernelReport.of(KernelChoice.best(System.getProperty("ardm.kernels")));
    }

    /** The reference: the written definitions as plain loops. Slow. */
    static Kernels reference() {
        return KernelChoice.best("scalar");
    }

    /** Output height (or width) of a {@link #conv2d} on an input of that height (or width). */
    static int convOutput(int size, int kernel, int stride) {
        return Math.floorDiv(size + 2 * (kernel / 2) - kernel, stride) + 1;
    }

    /** A short name of this implementation, for reports: {@code vector-512}, {@code plain}, {@code scalar}. */
    String name();

    /**
     * Lays out a weight matrix for this implementation.
     *
     * @param weights row-major {@code [outputs][depth]}, exactly that long; copied
     */
    PackedWeights pack(float[] weights, int outputs, int depth);

    /** A piece of a product begins at a multiple of that many outputs. */
    int outputGrain();

    /**
     * Matrix product: {@code out[r][o]} is the chain that starts at {@code bias[o]} (0 without a bias) and for ascending k becomes
     * {@code fma(x[r][k], weights[o][k], chain)}.
     *
     * @param x {@code [rows][depth]}
     * @param bias at least as long as the weights have outputs
     */
    void matmul(
            float[] x,
            int xOffset,
            int rows,
            PackedWeights weights,
            float @Nullable [] bias,
            ProductOutput out,
            Workspace workspace);

    /** {@link #matmul} with rows of all outputs next to each other: {@code out} is {@code [rows][outputs]}. */
    default void matmul(
            float[] x,
            int xOffset,
            int rows,
            PackedWeights weights,
            float @Nullable [] bias,
            float[] out,
            int outOffset,
            Workspace workspace) {
        matmul(x, xOffset, rows, weights, bias, ProductOutput.of(weights, out, outOffset), workspace);
    }

    /**
     * Some rows of a two-dimensional convolution of an image with {@code kernel / 2} zeros of padding on every side. The depth of the
     * weights is {@code kernel * kernel * cin} in the order (ky, kx, ci), and each output is the chain of {@link #matmul} over it; taps
     * outside the image take part as zeros.
     *
     * @param x {@code [h][w][cin]}
     * @param firstRow first of the rows of the output that are computed
     * @param endRow one past the last
     * @param out one row for each place of the whole output, {@code [outH * outW]}
     */
    void conv2d(
            float[] x,
            int xOffset,
            ConvShape shape,
            int firstRow,
            int endRow,
            PackedWeights weights,
            float @Nullable [] bias,
            ProductOutput out,
            Workspace workspace);

    /**
     * Convolution of {@code n} images.
     *
     * @param x {@code [n][h][w][cin]}
     * @param out {@code [n][convOutput(h)][convOutput(w)][outputs]}
     */
    default void conv2d(
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
        ConvShape shape = new ConvShape(h, w, cin, kernel, stride);
        int size = Checks.size("out", (long) shape.pixels() * weights.outputs());
        Checks.range("x", x, xOffset, (long) n * shape.inputSize());
        Checks.range("out", out, outOffset, (long) n * size);
        for (int i = 0; i < n; i++) {
            ProductOutput to = ProductOutput.of(weights, out, outOffset + i * size);
            conv2d(x, xOffset + i * shape.inputSize(), shape, 0, shape.outH(), weights, bias, to, workspace);
        }
    }

    /**
     * Some places of a dilated convolution of a sequence with {@link Conv1dShape}'s zeros before and after it. The depth of the weights is
     * {@code kernel * cin} in the order (tap, ci), and each output is the chain of {@link #matmul} over it; tap j of place t is place
     * {@code t + j * dilation - left}, with {@code left = (kernel - 1) * dilation}, half of that if the convolution is not causal; taps
     * outside the sequence take part as zeros.
     *
     * @param x {@code [length][cin]}
     * @param firstPlace first of the places that are computed
     * @param endPlace one past the last
     * @param out one row for each place of the whole output, {@code [length]}
     */
    void conv1d(
            float[] x,
            int xOffset,
            Conv1dShape shape,
            int firstPlace,
            int endPlace,
            PackedWeights weights,
            float @Nullable [] bias,
            ProductOutput out,
            Workspace workspace);

    /**
     * What group normalisation over all positions of an image and the channels of a group does to each channel.
     *
     * <p>A sum over a group: per channel, blocks of {@value #SPATIAL_BLOCK} consecutive positions are summed in float from 0 in ascending
     * order and the block sums are added to a double in ascending order; the doubles of the group's channels are added in ascending order.
     * The mean is the sum of x over the count, rounded to float; the variance is the sum of {@code fma(d, d, chain)} with
     * {@code d = x - mean} over the count, in double; {@code scale = (float) (1 / sqrt(variance + eps)) * gamma}.
     *
     * @param x the positions of the image, a row of channels each
     * @param gamma at least as long as there are channels
     * @param out where the channels of the groups are written
     */
    void groupStatistics(Rows x, Groups groups, float[] gamma, float eps, Statistics out, Workspace workspace);

    /**
     * Normalises rows: {@code y = fma(x - mean, scale, beta)} for each channel, and then {@link #silu} if asked for. Works in place.
     *
     * @param beta at least as long as a row
     */
    void normalise(Rows x, Statistics statistics, float[] beta, boolean silu, float[] out, int outOffset);

    /** Group normalisation of each image: {@link #groupStatistics} and {@link #normalise}. Works in place. */
    default void groupNorm(Images x, Scaling scaling, boolean silu, float[] out, int outOffset, Workspace workspace) {
        Checks.notNegative("n", x.n());
        Checks.notNegative("spatial", x.spatial());
        Checks.positive("channels", x.channels());
        int step = Checks.size("x", (long) x.spatial() * x.channels());
        Checks.range("x", x.values(), x.offset(), (long) x.n() * step);
        Checks.range("out", out, outOffset, (long) x.n() * step);
        Groups all = new Groups(x.groups(), 0, x.groups());
        Statistics statistics = new Statistics(
                workspace.floats(Workspace.Slot.MEAN, x.channels()),
                workspace.floats(Workspace.Slot.SCALE, x.channels()));
        for (int i = 0; i < x.n(); i++) {
            Rows image = new Rows(x.values(), x.offset() + i * step, x.spatial(), x.channels());
            groupStatistics(image, all, scaling.gamma(), scaling.eps(), statistics, workspace);
            normalise(image, statistics, scaling.beta(), silu, out, outOffset + i * step);
        }
    }

    /**
     * Layer normalisation of each row. Works in place. The mean is the striped sum of x over the width, in float; the variance is the striped
     * sum of {@code fma(d, d, stripe)} over the width, in float, with {@code d = x - mean}; the rest as in {@link #groupNorm}.
     *
     * @param scaling of vectors at least as long as a row
     */
    void layerNorm(Rows x, Scaling scaling, float[] out, int outOffset, Workspace workspace);

    /**
     * Softmax of each row: {@code e = exp(x - max)}, divided by the striped sum of e. Works in place. An element of negative infinity gives
     * 0; at least one element of a row must be finite.
     *
     * @param x {@code [rows][width]}
     */
    void softmaxRows(float[] x, int xOffset, int rows, int width, float[] out, int outOffset);

    /**
     * Multi-head attention of some queries of an item over all its tokens, for some of the heads. Queries are first multiplied by
     * {@code (float) (1 / sqrt(headWidth))}; a score is the chain of {@link #matmul} over the head's width; the scores of a query go through
     * {@link #softmaxRows}; an output is the chain of {@code fma(weight, value, chain)} from 0 over ascending tokens. A query that sees the
     * first m tokens only has the bits that it has where there are no others.
     */
    void attention(Queries queries, Keys keys, Output out, Workspace workspace);

    /**
     * Attention of one query over the first tokens that are kept, for all heads: the bits of {@link #attention(Queries, Keys, Output,
     * Workspace)}.
     *
     * @param q {@code [heads][headWidth]} from {@code qOffset}, as is {@code out} from {@code outOffset}
     * @param seen how many tokens the query sees, at least 1
     */
    void attention(float[] q, int qOffset, KeptKeys kept, int seen, float[] out, int outOffset, Workspace workspace);

    /**
     * Full multi-head attention within each of {@code n} items.
     *
     * @param q {@code [n][tokens][heads][headWidth]}, as is {@code out}
     * @param first the keys and values of the first item, from offset 0; those of the others follow
     */
    default void attention(float[] q, Keys first, int n, float[] out, Workspace workspace) {
        Checks.notNegative("n", n);
        int item = Checks.size("item", Math.multiplyExact((long) first.tokens() * first.heads(), first.headWidth()));
        Checks.range("q", q, 0, (long) n * item);
        Checks.range("k", first.k(), 0, (long) n * item);
        Checks.range("v", first.v(), 0, (long) n * item);
        Checks.range("out", out, 0, (long) n * item);
        for (int i = 0; i < n; i++) {
            int at = i * item;
            attention(
                    new Queries(q, at, first.tokens(), VisibleKeys.ALL),
                    new Keys(first.k(), first.v(), at, first.tokens(), first.heads(), first.headWidth()),
                    new Output(out, at, 0, first.heads()),
                    workspace);
        }
    }
}
