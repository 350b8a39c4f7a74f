package dev.ardm.core.network;

import dev.ardm.core.network.Layer.Affine;
import dev.ardm.core.network.Layer.Init;
import dev.ardm.core.network.Layer.Linear;
import org.jspecify.annotations.Nullable;

/**
 * The body of a network: features of places become features that outputs are made of. It does not know what the features
 * stand for, so that any family of models can use it.
 */
public interface Backbone extends Layered {
    /** Width of the resulting features. */
    int width();

    /**
     * Features of chosen places. The engine may skip computations that only other places need.
     *
     * @param x features of all places: {@code [n, h, w, c]}
     * @param condition a vector of each item, {@code [n, v]}, or of each place, {@code [n, h, w, v]}, whichever it works with, before any
     *     activation; or null
     * @param sites indices into the {@code n * h * w} places
     * @param rows where these places are in items, if those are sequences
     * @return {@code [1, 1, sites, width]}
     * @throws IllegalArgumentException if there are lengths and it is not for sequences
     */
    <T> T features(Ops<T> ops, T x, @Nullable T condition, int[] sites, Rows rows);

    /** Floats that attention keeps of each place where an item is evaluated step by step. */
    default int kept() {
        return 0;
    }

    /** The layer that makes that many outputs of the features. It starts at zero. */
    default Affine head(int outputs) {
        return new Linear("head.out", width(), outputs, Init.ZERO);
    }
}
