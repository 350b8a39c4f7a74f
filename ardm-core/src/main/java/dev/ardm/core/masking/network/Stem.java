package dev.ardm.core.masking.network;

import dev.ardm.core.masking.output.LogisticMixture.Centre;
import dev.ardm.core.network.Backbone;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Layered;
import dev.ardm.core.network.Ops;
import dev.ardm.core.network.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns partly known items into the features that a {@link Backbone} begins with. */
interface Stem extends Layered {
    /** Variables that share a place. */
    int variables();

    /** As {@link Network#positionTables}. */
    default List<Embedding> positionTables() {
        return List.of();
    }

    /** As {@link Network#valueTables}. */
    default List<Embedding> valueTables() {
        return List.of();
    }

    /** As {@link Network#ends}. */
    default boolean ends() {
        return false;
    }

    /** As {@link Network#interpolates}. */
    default boolean interpolates() {
        return false;
    }

    /** As {@link Network#contrasts}. */
    default boolean contrasts() {
        return false;
    }

    /** As {@link Network#counts}. */
    default boolean counts() {
        return false;
    }

    /** As {@link Network#stepwise}. */
    default boolean stepwise() {
        return false;
    }

    /** As {@link Network#slope}. */
    default int slope() {
        return 0;
    }

    /** The features of a step: those of the same places of whole items. */
    default <T> Features<T> features(Ops<T> ops, StepInput step) {
        throw new UnsupportedOperationException("this stem needs whole items");
    }

    /**
     * The features of a batch.
     *
     * @param places indices into the batch's places: those whose outputs are wanted
     */
    <T> Features<T> features(Ops<T> ops, NetworkInput input, int[] places);

    /**
     * The input of a backbone.
     *
     * @param x features of all places
     * @param perItem a vector of each item, or of each place if the backbone works with these; or null
     * @param sites indices of the wanted places in {@code x}
     * @param centre the prediction from known values at a wanted place, as an index into {@code sites}, and a variable of it; or null without
     *     predictions
     * @param rows where the rows of {@code x} stand in their items, without lengths
     * @param expert what the outputs correct, or null
     */
    record Features<T>(
            T x,
            @Nullable T perItem,
            int[] sites,
            @Nullable Centre centre,
            Rows rows,
            @Nullable Expert<T> expert) {
        /** Features of all places from the first on, without an expert. */
        Features(T x, @Nullable T perItem, int[] sites, @Nullable Centre centre) {
            this(x, perItem, sites, centre, Rows.ALL, null);
        }
    }

    /**
     * Logits of another model that are added to a network's (a product of experts, Hinton 2002): as many times as the network says for each
     * place, and once more, so that one whose weights are zero leaves them as they are.
     *
     * @param logits of each wanted place, {@code [1, 1, sites, outputs]}
     * @param strength makes the factor of a place, less one, of its features
     */
    record Expert<T>(T logits, Linear strength) {}
}
