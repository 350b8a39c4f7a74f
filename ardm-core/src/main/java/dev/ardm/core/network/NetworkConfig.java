package dev.ardm.core.network;

import tools.jackson.databind.node.ObjectNode;

/** Sizes of a network of one kind. A family of models builds the network that it needs of them, around a {@link Backbone}. */
public interface NetworkConfig {
    /**
     * Writes the sizes into the definition of a model. They are part of the model's id, so members and their order never
     * change. Members added later are left out if they have their default.
     */
    void write(ObjectNode json);

    /**
     * The same sizes for a network that is also told how likely each value is.
     *
     * @throws IllegalArgumentException if there is none of this kind
     */
    default NetworkConfig withCounts() {
        throw new IllegalArgumentException("of the networks only causal transformers work with counts");
    }

    /** Whether the network is told where a sequence ends, so that items may be shorter than the model's; the default is no. */
    default boolean ends() {
        return false;
    }

    /** This network, told nothing of where a sequence ends. */
    default NetworkConfig withoutEnds() {
        return this;
    }
}
