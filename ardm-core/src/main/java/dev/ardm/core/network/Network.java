package dev.ardm.core.network;

import dev.ardm.core.Space;
import java.util.List;

/**
 * A network: a pure function of a partly known item, written once and run by every engine. It comes in two halves so
 * that a coder can evaluate the second one only where it needs it.
 */
public interface Network {
    /** What it was built for. */
    Space space();

    /** All layers with parameters, in a fixed order. */
    List<Layer> layers();

    /** One feature vector for every place: {@code [n, h, w, f]}. */
    <T> T features(Ops<T> ops, NetworkInput input);

    /**
     * Logits from feature vectors, each place on its own: {@code [n, h, w, channels * K]}, for each place the K logits of
     * its first variable, then of its second, and so on.
     */
    <T> T logits(Ops<T> ops, T features);

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
