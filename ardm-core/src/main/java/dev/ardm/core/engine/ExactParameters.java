package dev.ardm.core.engine;

import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Network;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import dev.ardm.exact.PackedWeights;
import java.util.HashMap;
import java.util.Map;

/** A network's weights, packed once for a set of kernels. Immutable, shared by all workers. */
final class ExactParameters {
    private final Kernels kernels;
    private final Weights weights;
    private final Map<String, PackedWeights> packed = new HashMap<>();

    ExactParameters(Network network, Weights weights, Kernels kernels) {
        this.kernels = kernels;
        this.weights = weights;
        for (Layer layer : network.layers()) {
            if (layer instanceof Conv2d conv) {
                packed.put(
                        conv.name(),
                        kernels.pack(
                                weights.get(conv.name() + ".weight"),
                                conv.out(),
                                conv.kernel() * conv.kernel() * conv.in()));
            } else if (layer instanceof Linear linear) {
                packed.put(
                        linear.name(), kernels.pack(weights.get(linear.name() + ".weight"), linear.out(), linear.in()));
            }
        }
    }

    Kernels kernels() {
        return kernels;
    }

    PackedWeights packed(Layer layer) {
        PackedWeights found = packed.get(layer.name());
        if (found == null) {
            throw new IllegalArgumentException("no layer named " + layer.name());
        }
        return found;
    }

    float[] weight(Layer layer) {
        return weights.get(layer.name() + ".weight");
    }

    float[] bias(Layer layer) {
        return weights.get(layer.name() + ".bias");
    }
}
