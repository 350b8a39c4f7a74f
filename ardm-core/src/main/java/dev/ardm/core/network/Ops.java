package dev.ardm.core.network;

import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.GroupNorm;
import dev.ardm.core.network.Layer.Linear;

/**
 * The operations networks are written in. An engine binds them to the values of a network's parameters. Arrays are
 * logically NHWC, whatever the engine's memory looks like; {@code n} is the batch.
 *
 * @param <T> an engine's array
 */
public interface Ops<T> {
    /** An array of given values in row-major order of the shape. */
    T input(float[] values, int... shape);

    /**
     * Looks up a row for each id; the rows along the last axis of the ids lie side by side.
     *
     * @param shape extents of the ids, at least two: {@code [..., m]} gives {@code [..., m * width]}
     */
    T embedding(int[] ids, Embedding layer, int... shape);

    /** Convolution of {@code [n, h, w, in]}: output extent {@code (h - 1) / stride + 1}. */
    T conv2d(T x, Conv2d layer);

    /** Affine map of the last axis of {@code [rows, in]}. */
    T linear(T x, Linear layer);

    /** Group normalisation of {@code [n, h, w, channels]}, over the places and the channels of a group of each item. */
    T groupNorm(T x, GroupNorm layer);

    /** Group normalisation followed by SiLU. */
    default T groupNormSilu(T x, GroupNorm layer) {
        return silu(groupNorm(x, layer));
    }

    /** {@code x * sigmoid(x)}. */
    T silu(T x);

    /** Sum of two arrays of one shape. */
    T add(T a, T b);

    /** Adds {@code perItem} of {@code [n, c]} to every place of {@code x} of {@code [n, h, w, c]}. */
    T addPerItem(T x, T perItem);

    /**
     * The features of chosen places: {@code [n, h, w, c]} gives {@code [1, 1, sites, c]}.
     *
     * @param sites indices into the {@code n * h * w} places
     */
    T sites(T x, int[] sites);

    /** Joins along the last axis. */
    T concat(T a, T b);

    /** Repeats every place twice in both directions and crops to the given size. */
    T upsample(T x, int height, int width);

    /**
     * Scaled dot-product attention over all places of each item; {@code q}, {@code k}, {@code v} of {@code [n, h, w, c]}
     * with {@code c} divided among the heads.
     */
    T attention(T q, T k, T v, int heads);

    /** Drops values at random in training, the identity elsewhere. */
    default T dropout(T x, double rate) {
        return x;
    }
}
