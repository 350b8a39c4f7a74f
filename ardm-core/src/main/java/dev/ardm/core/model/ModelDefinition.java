package dev.ardm.core.model;

import dev.ardm.core.Space;
import dev.ardm.core.network.Network;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;

/**
 * The definition of a model: all but its weights.
 *
 * @param family kind of the family that the model belongs to, see {@link ModelFamily#kind}
 * @param arithmetic version of the arithmetic that makes integer distributions of the network's outputs
 * @param process how items are generated
 * @param output the distribution that the network's outputs describe
 * @param network kind and sizes of the network
 * @param data how files become items and items files, as JSON of the data format; empty if the space suffices
 */
public record ModelDefinition(
        String family, int arithmetic, Process process, OutputDistribution output, NetworkConfig network, String data) {
    /** The family of definitions that name none. */
    static final String DEFAULT_FAMILY = "masking";

    /**
     * Checks family and version.
     *
     * @throws IllegalArgumentException if this program does not know one of them
     */
    public ModelDefinition {
        Models.family(family);
        ArithmeticVersions.of(arithmetic);
    }

    /** A definition of a masking model in the newest arithmetic. */
    public ModelDefinition(Process process, OutputDistribution output, NetworkConfig network, String data) {
        this(DEFAULT_FAMILY, ArithmeticVersions.NEWEST, process, output, network, data);
    }

    /** The order-agnostic process on a space with categorical distributions. */
    public static ModelDefinition of(Space space, NetworkConfig network) {
        Process process = new OrderAgnostic(space);
        return new ModelDefinition(process, OutputDistribution.of(process), network, "");
    }

    /** The space of the items. */
    public Space space() {
        return process.space();
    }

    /**
     * Builds the network.
     *
     * @throws IllegalArgumentException if the parts do not fit each other
     */
    public Network buildNetwork() {
        return network.network(process, output);
    }
}
