package dev.ardm.core.model;

import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The network of a model's definition as JSON: {@code kind} and the sizes. What is written goes into the id of a model, so
 * members and their order stay as they are for ever.
 */
final class NetworkDefinition {
    private NetworkDefinition() {}

    static void write(NetworkConfig config, ObjectNode network) {
        if (config instanceof UNetConfig unet) {
            network.put("kind", "unet");
            putInts(network, "channels", unet.channels());
            putInts(network, "blocks_down", unet.blocksDown());
            putInts(network, "blocks_up", unet.blocksUp());
            var attention = network.putArray("attention");
            unet.attention().forEach(attention::add);
            network.put("heads", unet.heads());
            network.put("groups", unet.groups());
            network.put("embedding", unet.embedding());
            network.put("time", unet.time());
            network.put("head", unet.head());
            network.put("dropout", unet.dropout());
            if (unet.interpolation()) {
                network.put("interpolation", true);
            }
        } else if (config instanceof TransformerConfig transformer) {
            network.put("kind", "transformer");
            network.put("layers", transformer.layers());
            network.put("width", transformer.width());
            network.put("heads", transformer.heads());
            network.put("hidden", transformer.hidden());
            network.put("time", transformer.time());
            network.put("dropout", transformer.dropout());
        } else if (config instanceof DilatedConfig dilated) {
            network.put("kind", "dilated");
            network.put("blocks", dilated.blocks());
            network.put("channels", dilated.channels());
            network.put("skip", dilated.skip());
            network.put("kernel", dilated.kernel());
            network.put("cycle", dilated.cycle());
            network.put("embedding", dilated.embedding());
            network.put("time", dilated.time());
            if (dilated.interpolation()) {
                network.put("interpolation", true);
            }
        } else {
            throw new IllegalStateException("no definition for " + config);
        }
    }

    /** Whether {@link #read} knows a kind. */
    static boolean knows(String kind) {
        return kind.equals("unet") || kind.equals("transformer") || kind.equals("dilated");
    }

    /**
     * Reads the network.
     *
     * @throws IllegalArgumentException if the kind is unknown or the sizes are none of a network
     */
    static NetworkConfig read(JsonNode network) {
        String kind = network.path("kind").asString("");
        return switch (kind) {
            case "unet" ->
                new UNetConfig(
                        ints(network.path("channels")),
                        ints(network.path("blocks_down")),
                        ints(network.path("blocks_up")),
                        network.path("attention")
                                .valueStream()
                                .map(b -> b.asBoolean(false))
                                .toList(),
                        network.path("heads").asInt(0),
                        network.path("groups").asInt(0),
                        network.path("embedding").asInt(0),
                        network.path("time").asInt(0),
                        network.path("head").asInt(0),
                        network.path("dropout").asDouble(-1),
                        network.path("interpolation").asBoolean(false));
            case "transformer" ->
                new TransformerConfig(
                        network.path("layers").asInt(0),
                        network.path("width").asInt(0),
                        network.path("heads").asInt(0),
                        network.path("hidden").asInt(0),
                        network.path("time").asInt(-1),
                        network.path("dropout").asDouble(-1));
            case "dilated" ->
                new DilatedConfig(
                        network.path("blocks").asInt(0),
                        network.path("channels").asInt(0),
                        network.path("skip").asInt(0),
                        network.path("kernel").asInt(0),
                        network.path("cycle").asInt(0),
                        network.path("embedding").asInt(-1),
                        network.path("time").asInt(-1),
                        network.path("interpolation").asBoolean(false));
            default -> throw new IllegalArgumentException("network '" + kind + "' is not known to this program");
        };
    }

    private static void putInts(ObjectNode node, String name, List<Integer> values) {
        var array = node.putArray(name);
        values.forEach(array::add);
    }

    private static List<Integer> ints(JsonNode node) {
        return node.valueStream().map(v -> v.asInt(-1)).toList();
    }
}
