package dev.ardm.core.engine;

import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.CausalConv2d;
import dev.ardm.core.network.Layer.Conv1d;
import dev.ardm.core.network.Layer.Conv2d;
import dev.ardm.core.network.Layer.Linear;
import dev.ardm.core.network.Layered;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import dev.ardm.exact.PackedWeights;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A network's weights, packed once for a set of kernels. Shared by all workers. */
final class ExactParameters {
    private final Kernels kernels;
    private final Weights weights;
    private final Map<String, PackedWeights> packed = new HashMap<>();
    private final Map<Channels, PackedWeights> packedChannels = new ConcurrentHashMap<>();

    private record Channels(String layer, int first, int end) {}

    ExactParameters(Layered network, Weights weights, Kernels kernels) {
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
            } else if (layer instanceof Conv1d conv) {
                packed.put(
                        conv.name(),
                        kernels.pack(weights.get(conv.name() + ".weight"), conv.out(), conv.kernel() * conv.in()));
            } else if (layer instanceof CausalConv2d conv) {
                packed.put(
                        conv.name(),
                        kernels.pack(causal(conv), conv.out(), conv.kernel().taps() * conv.in()));
            } else if (layer instanceof Linear linear) {
                packed.put(
                        linear.name(), kernels.pack(weights.get(linear.name() + ".weight"), linear.out(), linear.in()));
            }
        }
    }

    /** The weights of a causal convolution as they are used. */
    private float[] causal(CausalConv2d layer) {
        float[] stored = weights.get(layer.name() + ".weight");
        if (!layer.contrast()) {
            return stored;
        }
        int taps = layer.kernel().taps();
        int in = layer.in();
        float[] used = new float[stored.length];
        for (int o = 0; o < layer.out(); o++) {
            for (int c = 0; c < in; c++) {
                int first = o * taps * in + c;
                double sum = 0;
                for (int tap = 0; tap < taps; tap++) {
                    sum += stored[first + tap * in];
                }
                double mean = sum / taps;
                for (int tap = 0; tap < taps; tap++) {
                    used[first + tap * in] = (float) (stored[first + tap * in] - mean);
                }
            }
        }
        return used;
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

    /** The weights of some of the input channels of a 1x1 convolution, packed when they are first asked for. */
    PackedWeights packedChannels(Conv2d layer, int first, int end) {
        return packedChannels.computeIfAbsent(new Channels(layer.name(), first, end), channels -> {
            float[] all = weight(layer);
            int depth = end - first;
            float[] some = new float[layer.out() * depth];
            for (int o = 0; o < layer.out(); o++) {
                System.arraycopy(all, o * layer.in() + first, some, o * depth, depth);
            }
            return kernels.pack(some, layer.out(), depth);
        });
    }

    float[] weight(Layer layer) {
        return weights.get(layer.name() + ".weight");
    }

    float[] bias(Layer layer) {
        return weights.get(layer.name() + ".bias");
    }
}
