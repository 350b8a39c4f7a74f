package dev.ardm.core;

import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small models with random weights: as good as trained ones wherever it is about identities. */
public final class TinyModels {
    private TinyModels() {}

    /** A two-level U-Net with attention. */
    public static UNetConfig config() {
        return new UNetConfig(List.of(8, 16), List.of(1, 1), List.of(1), List.of(false, true), 2, 4, 4, 8, 16, 0);
    }

    /** A transformer of two blocks that is told the time. */
    public static TransformerConfig transformerConfig() {
        return new TransformerConfig(2, 12, 3, 20, 6, 0);
    }

    /** A U-Net whose logits are far from constant. */
    public static MaskingModel random(Space space, long seed) {
        return random(space, config(), seed);
    }

    /** A transformer whose logits are far from constant. */
    public static MaskingModel transformer(Space space, long seed) {
        return random(space, transformerConfig(), seed);
    }

    /** A model whose logits are far from constant. */
    public static MaskingModel random(Space space, NetworkConfig config, long seed) {
        return random(MaskingDefinition.of(space, config), seed);
    }

    /** A model of any process and distributions whose outputs are far from constant. */
    public static MaskingModel random(MaskingDefinition definition, long seed) {
        Network network = definition.buildNetwork();
        Map<String, float[]> values = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            for (Layer.Parameter parameter : layer.parameters()) {
                RandomStream random = RandomStream.of(seed, Purpose.TEST, values.size());
                float[] out = new float[parameter.size()];
                for (int i = 0; i < out.length; i++) {
                    out[i] = (float) (random.nextGaussian() / Math.sqrt(parameter.fanIn()))
                            + (parameter.init() == Layer.Init.ONE ? 1 : 0);
                }
                values.put(parameter.name(), out);
            }
        }
        String last = network.logitBias().replace(".bias", ".weight");
        for (int i = 0; i < values.get(last).length; i++) {
            values.get(last)[i] *= 4; // logits that say something
        }
        return new MaskingModel(definition, new Weights(values), Map.of(), Map.of("made", "in a test"));
    }

    /** Items drawn uniformly. */
    public static List<int[]> items(Space space, int count, long seed) {
        List<int[]> items = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            RandomStream random = RandomStream.of(seed, Purpose.TEST, 1000 + n);
            int[] item = new int[space.dimensions()];
            for (int i = 0; i < item.length; i++) {
                item[i] = random.nextInt(space.categories(i));
            }
            items.add(item);
        }
        return items;
    }
}
