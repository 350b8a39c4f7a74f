package dev.ardm.core.network;

import dev.ardm.core.Space;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Process;
import java.util.List;

/** A network: a pure function of a partly known item, written once and run by every engine. */
public interface Network {
    /** How the items it was built for are generated. */
    Process process();

    /** The distribution that its outputs describe. */
    OutputDistribution output();

    /** The space of the items. */
    default Space space() {
        return process().space();
    }

    /** All layers with parameters, in a fixed order. */
    List<Layer> layers();

    /**
     * Outputs for the units of chosen places: {@code [1, 1, places, unitsPerPlace * outputs]}, for each place the outputs of
     * its first unit, then of its second, and so on. The engine may skip computations that only
     * other places need.
     *
     * @param places indices into the batch's places
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

    /** Whether its input contains predictions from the known values around each value, from which means of mixtures start. */
    default boolean interpolates() {
        return false;
    }

    /** Number of parameters. */
    default long parameterCount() {
        return layers().stream()
                .flatMap(layer -> layer.parameters().stream())
                .mapToLong(Layer.Parameter::size)
                .sum();
    }
}
