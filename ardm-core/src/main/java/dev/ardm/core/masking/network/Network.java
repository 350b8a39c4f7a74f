package dev.ardm.core.masking.network;

import dev.ardm.core.Space;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layered;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.Ops;
import java.util.List;

/** A network: a pure function of a partly known item, written once and run by every engine. */
public interface Network extends Layered {
    /**
     * The network of given sizes.
     *
     * @throws IllegalArgumentException if this kind of network does not fit the space, the process or the distribution
     */
    static Network of(NetworkConfig config, Process process, OutputDistribution output) {
        return NetworkKind.network(config, process, output);
    }

    /** The network of given sizes for the order-agnostic process on a space, with categorical distributions. */
    static Network of(NetworkConfig config, Space space) {
        Process process = new OrderAgnostic(space);
        return of(config, process, OutputDistribution.of(process));
    }

    /** How the items it was built for are generated. */
    Process process();

    /** The distribution that its outputs describe. */
    OutputDistribution output();

    /** The space of the items. */
    default Space space() {
        return process().space();
    }

    /**
     * Outputs for the units of chosen places: {@code [1, 1, places, unitsPerPlace * outputs]}, for each place the outputs of
     * its first unit, then of its second, and so on. The engine may skip computations that only
     * other places need.
     *
     * @param input of the process of the network, or, if it takes items of any length, of that process on sequences of a smaller length
     * @param places indices into the batch's places
     * @throws IllegalArgumentException if the items are shorter and it does not take such
     */
    <T> T logits(Ops<T> ops, NetworkInput input, int[] places);

    /** Number of units that share a place (image channels, unless they become known together). */
    int unitsPerPlace();

    /**
     * Name of the parameter that is added to the outputs: {@code [unitsPerPlace * outputs]}. Training starts it where the
     * output distribution fits the frequencies of the values.
     */
    String logitBias();

    /**
     * Tables of embeddings of places, in the order of the places. Training starts them at sinusoids, from which a network recognises
     * distances at once.
     */
    default List<Layer.Embedding> positionTables() {
        return List.of();
    }

    /**
     * Tables of embeddings of values, if neighbouring values are alike. Training starts them at cosines, so that these are alike at once.
     */
    default List<Layer.Embedding> valueTables() {
        return List.of();
    }

    /** Whether it must be told what a model of counts says of each value ({@link NetworkInput#withCountLogs}), whose logits it corrects. */
    default boolean counts() {
        return false;
    }

    /**
     * Whether it is told where an item ends that is shorter than its space, as {@link NetworkInput}s of such a space or with lengths; what
     * is not there changes none of its outputs.
     */
    default boolean ends() {
        return false;
    }

    /**
     * Whether it takes items that are shorter than its space: those with {@link #ends}, and networks of natural orders, to which what comes
     * after a place is nothing.
     */
    default boolean anyLength() {
        return ends() || process().naturalOrder() && process().anyLength();
    }

    /**
     * Whether it can be evaluated at the places of one {@link StepInput step} after the other, with causal convolutions and causal
     * attention only between places.
     */
    default boolean stepwise() {
        return false;
    }

    /**
     * How many items should be evaluated side by side: so many that each step has work enough, so few that what is kept of them stays in
     * memory. 1 if it is not {@link #stepwise}.
     */
    default int together() {
        return 1;
    }

    /**
     * Outputs for some of the places of a step, as {@link #logits(Ops, NetworkInput, int[])} gives them on whole items. The operations
     * store what later steps need.
     *
     * @throws UnsupportedOperationException if it is not {@link #stepwise}
     */
    default <T> T logits(Ops<T> ops, StepInput step) {
        throw new UnsupportedOperationException("this network is evaluated on whole items only");
    }

    /**
     * The slope of the wavefronts in which the places of an image can be generated together: place (x, y) at step {@code x + slope * y}.
     * 0 if they are generated one by one.
     */
    default int slope() {
        return 0;
    }

    /** Whether its input contains predictions from the known values around each value, from which means of mixtures start. */
    default boolean interpolates() {
        return false;
    }

    /** Whether mixtures start at predictions from the values before each value, in units of the local contrast. */
    default boolean contrasts() {
        return false;
    }
}
