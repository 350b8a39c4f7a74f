package dev.ardm.core.network;

import dev.ardm.core.Space;
import java.util.List;

/** A network: a pure function of a partly known item, written once and run by every engine. */
public interface Network {
    /** What it was built for. */
    Space space();

    /** All layers with parameters, in a fixed order. */
    List<Layer> layers();

    /**
     * Logits of the variables of chosen places: {@code [1, 1, places, variablesPerPlace * K]}, for each place the K logits of
     * its first variable, then of its second, and so on. What only other places need is not computed, where the engine can
     * leave it out.
     *
     * @param places indices into the batch's places
     */
    <T> T logits(Ops<T> ops, NetworkInput input, int[] places);

    /** Number of variables that share a place (image channels). */
    int variablesPerPlace();

    /**
     * Name of the parameter that is added to the logits: {@code [variablesPerPlace * K]}. Training starts it at the
     * logarithms of the values' frequencies.
     */
    String logitBias();

    /** Number of parameters. */
    default long parameterCount() {
        return layers().stream()
                .flatMap(layer -> layer.parameters().stream())
                .mapToLong(Layer.Parameter::size)
                .sum();
    }
}
