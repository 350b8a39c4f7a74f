package dev.ardm.core.network;

import dev.ardm.core.Space;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import tools.jackson.databind.node.ObjectNode;

/** Sizes of a network of one of the kinds in {@link NetworkKind}: all that is needed to build it for a space. */
public interface NetworkConfig {
    /**
     * The network of these sizes.
     *
     * @throws IllegalArgumentException if this kind of network does not fit the space, the process or the distribution
     */
    Network network(Process process, OutputDistribution output);

    /**
     * Writes the sizes into the definition of a model. They are part of the model's id, so members and their order never
     * change. Members added later are left out if they have their default.
     */
    void write(ObjectNode json);

    /** The network of these sizes for the order-agnostic process on a space, with categorical distributions. */
    default Network network(Space space) {
        Process process = new OrderAgnostic(space);
        return network(process, OutputDistribution.of(process));
    }
}
