package dev.ardm.core.network;

import dev.ardm.core.Space;

/** Sizes of a network of one of the known kinds: all that is needed to build it for a space. */
public sealed interface NetworkConfig permits UNetConfig, TransformerConfig {
    /**
     * The network of these sizes for a space.
     *
     * @throws IllegalArgumentException if this kind of network does not fit the space
     */
    Network network(Space space);
}
