package dev.ardm.core.network;

import dev.ardm.core.Space;
import dev.ardm.core.output.OutputDistribution;
import dev.ardm.core.process.OrderAgnostic;
import dev.ardm.core.process.Process;

/** Sizes of a network of one of the known kinds: all that is needed to build it for a space. */
public sealed interface NetworkConfig permits UNetConfig, TransformerConfig, DilatedConfig {
    /**
     * The network of these sizes.
     *
     * @throws IllegalArgumentException if this kind of network does not fit the space, the process or the distribution
     */
    Network network(Process process, OutputDistribution output);

    /** The network of these sizes for the order-agnostic process on a space, with categorical distributions. */
    default Network network(Space space) {
        Process process = new OrderAgnostic(space);
        return network(process, OutputDistribution.of(process));
    }
}
