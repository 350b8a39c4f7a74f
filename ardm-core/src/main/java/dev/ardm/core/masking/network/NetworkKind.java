package dev.ardm.core.masking.network;

import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.CausalConfig;
import dev.ardm.core.network.CausalTransformerConfig;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind of network of partly known items. A new one is a record of its sizes, a {@link dev.ardm.core.network.Backbone}, a class that
 * puts it behind a stem, and an entry in {@link #ALL}.
 *
 * @param <C> the record of its sizes
 * @param name in model files and on the command line
 * @param config the record of its sizes
 * @param reader reads what {@link NetworkConfig#write} wrote
 * @param builder builds it
 * @param presets its sizes for the general presets: tiny, small, medium and base
 */
public record NetworkKind<C extends NetworkConfig>(
        String name, Class<C> config, Function<JsonNode, C> reader, Builder<C> builder, Presets presets) {
    /** All kinds. */
    public static final List<NetworkKind<?>> ALL = List.of(
            new NetworkKind<>("unet", UNetConfig.class, UNetConfig::read, UNets::network, UNets::preset),
            new NetworkKind<>(
                    "dilated",
                    DilatedConfig.class,
                    DilatedConfig::read,
                    DilatedNetworks::network,
                    DilatedNetworks::preset),
            new NetworkKind<>(
                    "transformer",
                    TransformerConfig.class,
                    TransformerConfig::read,
                    Transformers::network,
                    Transformers::preset),
            new NetworkKind<>(
                    "causal-transformer",
                    CausalTransformerConfig.class,
                    CausalTransformerConfig::read,
                    CausalTransformers::network,
                    CausalTransformers::preset),
            new NetworkKind<>(
                    "causal", CausalConfig.class, CausalConfig::read, CausalNetworks::network, CausalNetworks::preset));

    /** Builds networks of given sizes. */
    @FunctionalInterface
    public interface Builder<C extends NetworkConfig> {
        /**
         * The network of these sizes.
         *
         * @throws IllegalArgumentException if this kind of network does not fit the space, the process or the distribution
         */
        Network of(C config, Process process, OutputDistribution output);
    }

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
        return ALL.stream().<String>map(NetworkKind::name).toList();
    }

    /**
     * The kind of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static NetworkKind<?> of(String name) {
        return ALL.stream()
                .filter(kind -> kind.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("network '" + name + "' is not known to this program"));
    }

    private static NetworkKind<?> of(NetworkConfig sizes) {
        return ALL.stream()
                .filter(kind -> kind.config.isInstance(sizes))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no kind of network for " + sizes));
    }

    /** See {@link Network#of(NetworkConfig, Process, OutputDistribution)}. */
    static Network network(NetworkConfig sizes, Process process, OutputDistribution output) {
        return of(sizes).build(sizes, process, output);
    }

    private Network build(NetworkConfig sizes, Process process, OutputDistribution output) {
        return builder.of(config.cast(sizes), process, output);
    }

    /** Writes the kind of a network and its sizes. */
    public static void write(NetworkConfig network, ObjectNode json) {
        json.put("kind", of(network).name);
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
