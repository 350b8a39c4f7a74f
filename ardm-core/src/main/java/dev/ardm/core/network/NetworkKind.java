package dev.ardm.core.network;

import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Process;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind of network. A new one is a record of its sizes, a {@link Backbone}, and an entry in {@link #ALL}.
 *
 * @param name in model files and on the command line
 * @param config the record of its sizes
 * @param reader reads what {@link NetworkConfig#write} wrote
 * @param presets its sizes for the general presets: tiny, small, medium and base
 */
public record NetworkKind(
        String name, Class<? extends NetworkConfig> config, Function<JsonNode, NetworkConfig> reader, Presets presets) {
    /** All kinds. */
    public static final List<NetworkKind> ALL = List.of(
            new NetworkKind("unet", UNetConfig.class, UNetConfig::read, UNetConfig::preset),
            new NetworkKind("dilated", DilatedConfig.class, DilatedConfig::read, DilatedConfig::preset),
            new NetworkKind(
                    "transformer", TransformerConfig.class, TransformerConfig::read, TransformerConfig::preset));

    /** Sizes by name. */
    @FunctionalInterface
    public interface Presets {
        /**
         * The sizes that suit items.
         *
         * @throws IllegalArgumentException if this kind of network does not suit them
         */
        NetworkConfig of(String preset, Process process, OutputDistribution output);
    }

    /** Names of all kinds. */
    public static List<String> names() {
        return ALL.stream().map(NetworkKind::name).toList();
    }

    /**
     * The kind of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static NetworkKind of(String name) {
        return ALL.stream()
                .filter(kind -> kind.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("network '" + name + "' is not known to this program"));
    }

    /** Writes the kind of a network and its sizes. */
    public static void write(NetworkConfig network, ObjectNode json) {
        NetworkKind kind = ALL.stream()
                .filter(each -> each.config.isInstance(network))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no kind of network for " + network));
        json.put("kind", kind.name);
        network.write(json);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if the kind is unknown or the sizes are not those of a network
     */
    public static NetworkConfig read(JsonNode json) {
        return of(json.path("kind").asString("")).reader.apply(json);
    }
}
