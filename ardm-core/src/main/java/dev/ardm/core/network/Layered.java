package dev.ardm.core.network;

import java.util.List;

/** What has layers with parameters: a network, or a part of one. */
@FunctionalInterface
public interface Layered {
    /** All layers with parameters, in a fixed order. */
    List<Layer> layers();

    /** Number of parameters. */
    default long parameterCount() {
        return layers().stream()
                .flatMap(layer -> layer.parameters().stream())
                .mapToLong(Layer.Parameter::size)
                .sum();
    }
}
