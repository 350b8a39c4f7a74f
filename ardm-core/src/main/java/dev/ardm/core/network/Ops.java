package dev.ardm.core.network;

import dev.ardm.core.network.Layer.CausalConv2d;
import dev.ardm.core.network.Layer.Conv1d;
import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.GroupNorm;
import dev.ardm.core.network.Layer.LayerNorm;
import dev.ardm.core.network.Layer.Linear;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations networks are written in. An engine binds them to the values of a network's parameters. Arrays are
 * logically NHWC in any memory layout of the engine; {@code n} is the batch.
 *
 * @param <T> an engine's array
 */
public interface Ops<T> {
    /** An array of given values in row-major order of the shape. */
    T input(float[] values, int... shape);

    /**
     * Looks up a row for each id; the rows along the last axis of the ids are contiguous.
     *
     * @param shape extents of the ids, at least two: {@code [..., m]} gives {@code [..., m * width]}
     */
    T embedding(int[] ids, Embedding layer, int... shape);

    /** Convolution of {@code [n, h, w, in]}: output extent {@code (h - 1) / stride + 1}. */
    T conv2d(T x, Conv2d layer);

    /** {@code residual + conv2d(x)}. */
    default T conv2dAdd(T x, Conv2d layer, T residual) {
        return add(residual, conv2d(x, layer));
    }

    /** Convolution, with {@code perItem} of {@code [n, out]} added to every place. */
    default T conv2dAddPerItem(T x, Conv2d layer, T perItem) {
        return addPerItem(conv2d(x, layer), perItem);
    }

    /** Convolution followed by SiLU. */
    default T conv2dSilu(T x, Conv2d layer) {
        return silu(conv2d(x, layer));
    }

    /**
     * A 1x1 convolution of the concatenation of {@code coarse}, upsampled, and {@code skip}: {@code [n, (h + 1) / 2, (w + 1) / 2,
     * c]} and {@code [n, h, w, d]} give {@code [n, h, w, out]}.
     */
    T joinUpsampled(T coarse, T skip, Conv2d layer);

    /**
     * Dilated convolution of sequences {@code [n, 1, length, in]} to {@code [n, 1, length, out]}. Places of more than one row are a sequence
     * in row-major order.
     */
    T conv1d(T x, Conv1d layer);

    /** Causal convolution of {@code [n, h, w, in]} to {@code [n, h, w, out]}. */
    T causalConv2d(T x, CausalConv2d layer);

    /** {@code residual + causalConv2d(x)}. */
    default T causalConv2dAdd(T x, CausalConv2d layer, T residual) {
        return add(residual, causalConv2d(x, layer));
    }

    /** Affine map of the last axis. */
    T linear(T x, Linear layer);

    /** {@code residual + linear(x)}. */
    default T linearAdd(T x, Linear layer, T residual) {
        return add(residual, linear(x, layer));
    }

    /** {@code residual + dropout(linear(x))}; outside training the same as {@link #linearAdd}. */
    default T linearDropoutAdd(T x, Linear layer, double rate, T residual) {
        return linearAdd(x, layer, residual);
    }

    /** Affine map followed by GELU. */
    default T linearGelu(T x, Linear layer) {
        return gelu(linear(x, layer));
    }

    /** Group normalisation of {@code [n, h, w, channels]}, over the places and the channels of a group of each item. */
    T groupNorm(T x, GroupNorm layer);

    /** Group normalisation followed by SiLU. */
    default T groupNormSilu(T x, GroupNorm layer) {
        return silu(groupNorm(x, layer));
    }

    /** Group normalisation over all places, followed by SiLU at chosen ones; as {@link #sites} gives them. */
    default T groupNormSiluAt(T x, GroupNorm layer, int[] sites) {
        return sites(groupNormSilu(x, layer), sites);
    }

    /** Layer normalisation of the last axis. */
    T layerNorm(T x, LayerNorm layer);

    /** {@code x * sigmoid(x)}. */
    T silu(T x);

    /** The tanh form of GELU (Hendrycks and Gimpel 2016). */
    T gelu(T x);

    /** {@code 1 / (1 + exp(-x))}. */
    T sigmoid(T x);

    /** e to the power x. */
    T exp(T x);

    /** The natural logarithm of positive numbers. */
    T log(T x);

    /** {@code max(x, 0)}. */
    T relu(T x);

    /**
     * The gated activation of WaveNet (van den Oord et al. 2016, equation 2): with a the first and b the second half of the last axis,
     * {@code tanh(a) * sigmoid(b)}; {@code [..., 2 c]} gives {@code [..., c]}.
     */
    T gatedTanh(T x);

    /** {@code x * factor}. */
    T scale(T x, float factor);

    /** Sum of two arrays of one shape. */
    T add(T a, T b);

    /** Elementwise product of two arrays of one shape. */
    T multiply(T a, T b);

    /** Multiplies what is at a place by the factor of the place: {@code [n, h, w, c]} and {@code [n, h, w, 1]}. */
    T scalePerPlace(T x, T factors);

    /** Adds {@code perItem} of {@code [n, c]} to every place of {@code x} of {@code [n, h, w, c]}. */
    T addPerItem(T x, T perItem);

    /** Adds the first {@code h * w} rows of {@code table}, of {@code c} numbers each, to every item of {@code x} of {@code [n, h, w, c]}. */
    T addPerPlace(T x, Embedding table);

    /**
     * Zeros at the places that items do not have.
     *
     * @param x of {@code [n, 1, w, c]}
     * @param lengths how many places each item has, or null if all have all
     */
    T zeroBeyond(T x, int @Nullable [] lengths);

    /**
     * The features of chosen places: {@code [n, h, w, c]} gives {@code [1, 1, sites, c]}.
     *
     * @param sites indices into the {@code n * h * w} places
     */
    T sites(T x, int[] sites);

    /** Joins along the last axis. */
    T concat(T a, T b);

    /**
     * Cuts the last axis into parts, in their order.
     *
     * @param widths positive, as many as there are parts; they add up to the extent of the axis
     */
    List<T> split(T x, int... widths);

    /**
     * Queries or keys with rotary positions (Su et al. 2021, section 3.4): of each head value i and the one half a head after it are a
     * point that {@link Rotation} turns by the place of the row, and then the head is scaled to a length.
     *
     * @param x {@code [n, h, w, c]} with {@code c} divided among the heads, an even number for each
     * @param places of each of the {@code n * h * w} rows; null if those of each item are its places from the first on
     * @param length of the result's heads; next to nothing is added before the square root, so that zeros stay zeros
     */
    T rotary(T x, int heads, int @Nullable [] places, float length);

    /** Added to the square of the length of a head in {@link #rotary}. */
    double ROTARY_EPSILON = 1e-6;

    /**
     * Scaled dot-product attention over the places of each item; {@code q}, {@code k}, {@code v} of {@code [n, h, w, c]}
     * with {@code c} divided among the heads.
     */
    T attention(T q, T k, T v, int heads, Visibility visibility);

    /**
     * Attention for the queries of chosen places only: {@code sites(attention(linear(x, query), k, v, heads, visibility), sites)}.
     *
     * @param sites as in {@link #sites}
     */
    default T attentionAt(T x, Linear query, T k, T v, int heads, Visibility visibility, int[] sites) {
        return sites(attention(linear(x, query), k, v, heads, visibility), sites);
    }

    /** Drops values at random in training, the identity elsewhere. */
    default T dropout(T x, double rate) {
        return x;
    }
}
