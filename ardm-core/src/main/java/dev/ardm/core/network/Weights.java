package dev.ardm.core.network;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.network.Layer.Parameter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The values of a network's parameters by name, each in row-major order of its shape. */
public final class Weights {
    private final Map<String, float[]> values;

    /** Keeps the arrays without copying; they must not change afterwards. */
    public Weights(Map<String, float[]> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Initial values; the same for one seed on every machine. */
    public static Weights initial(Layered network, long seed) {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            for (Parameter parameter : layer.parameters()) {
                RandomStream random = RandomStream.of(seed, Purpose.WEIGHTS, values.size());
                float[] out = new float[parameter.size()];
                double scale =
                        switch (parameter.init()) {
                            case FAN_IN -> 1 / Math.sqrt(parameter.fanIn());
                            case RESIDUAL -> 0.3 / Math.sqrt(parameter.fanIn());
                            case SMALL -> 0.02;
                            case ZERO, ONE -> 0;
                        };
                for (int i = 0; i < out.length; i++) {
                    out[i] = parameter.init() == Layer.Init.ONE
                            ? 1
                            : scale == 0 ? 0 : (float) (scale * random.nextGaussian());
                }
                if (values.put(parameter.name(), out) != null) {
                    throw new IllegalStateException("two parameters named " + parameter.name());
                }
            }
        }
        return new Weights(values);
    }

    /**
     * The values of one parameter; not to be changed.
     *
     * @throws IllegalArgumentException if no parameter has that name
     */
    public float[] get(String name) {
        float[] found = values.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no parameter named " + name);
        }
        return found;
    }

    /** These values with those of one parameter replaced. */
    public Weights with(String name, float[] replacement) {
        if (get(name).length != replacement.length) {
            throw new IllegalArgumentException("parameter " + name + " has another size");
        }
        Map<String, float[]> changed = new LinkedHashMap<>(values);
        changed.put(name, replacement);
        return new Weights(changed);
    }

    /** These values, each changed by itself. */
    public Weights map(UnaryOperator<float[]> change) {
        Map<String, float[]> changed = new LinkedHashMap<>();
        values.forEach((name, each) -> changed.put(name, change.apply(each)));
        return new Weights(changed);
    }

    /** All names. */
    public Set<String> names() {
        return values.keySet();
    }
}
