package dev.ardm.core.masking;

import dev.ardm.core.Space;
import dev.ardm.core.counts.NextValueCounts;
import dev.ardm.core.masking.network.CountLogs;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.NetworkKind;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.network.NetworkConfig;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The definition of a masking model: all but its weights.
 *
 * @param arithmetic version of the arithmetic that makes integer distributions of the network's outputs
 * @param process how items are generated
 * @param output the distribution that the network's outputs describe
 * @param network kind and sizes of the network
 * @param data how files become items and items files, as JSON of the data format; empty if the space suffices
 * @param counts a model of counts that tells the network how likely each value is; null if there is none
 */
public record MaskingDefinition(
        int arithmetic,
        Process process,
        OutputDistribution output,
        NetworkConfig network,
        String data,
        @Nullable NextValueCounts counts) {
    /** The member that has the definition of the counts, and the beginning of the names of their tensors. */
    static final String COUNTS = "counts";

    /**
     * Checks the version.
     *
     * @throws IllegalArgumentException if this program does not know it
     */
    public MaskingDefinition {
        ArithmeticVersions.require(arithmetic);
    }

    /** A definition in the newest arithmetic. */
    public MaskingDefinition(Process process, OutputDistribution output, NetworkConfig network, String data) {
        this(ArithmeticVersions.NEWEST, process, output, network, data, null);
    }

    /**
     * The same with a model of counts.
     *
     * @throws IllegalArgumentException if this kind of network takes none
     */
    public MaskingDefinition withCounts(@Nullable NextValueCounts told) {
        return new MaskingDefinition(
                arithmetic, process, output, told == null ? network : network.withCounts(), data, told);
    }

    /** What tells the network of values, if anything does. */
    public @Nullable CountLogs countLogs() {
        return counts == null ? null : new CountLogs(counts, space());
    }

    /** The order-agnostic process on a space with categorical distributions. */
    public static MaskingDefinition of(Space space, NetworkConfig network) {
        Process process = new OrderAgnostic(space);
        return new MaskingDefinition(process, OutputDistribution.of(process), network, "");
    }

    /**
     * Reads what {@link #json} wrote, but for the counts.
     *
     * @throws IllegalArgumentException if a member is unknown to this program or does not fit
     */
    public static MaskingDefinition read(JsonNode json) {
        Process process = Process.read(json.path("process"), DefinitionJson.space(json));
        return new MaskingDefinition(
                json.path("arithmetic").asInt(-1),
                process,
                OutputDistribution.read(json.path("output"), process),
                NetworkKind.read(json.path("network")),
                DefinitionJson.data(json),
                null);
    }

    /**
     * As JSON. The text is part of a model's id, so members and their order never change. Members with default values are left out. Does
     * not name the family, because there was none other when it was first written.
     */
    public String json() {
        ObjectNode json = DefinitionJson.JSON.createObjectNode();
        json.put("arithmetic", arithmetic);
        if (process.equals(new OrderAgnostic(space()))) {
            json.put("process", "order-agnostic");
        } else {
            ObjectNode node = json.putObject("process");
            process.write(node);
            process.given().write(node);
        }
        DefinitionJson.putSpace(json, space());
        output.write(json);
        NetworkKind.write(network, json.putObject("network"));
        DefinitionJson.putData(json, data);
        if (counts != null) {
            json.set(COUNTS, DefinitionJson.JSON.readTree(counts.definitionJson()));
        }
        return DefinitionJson.JSON.writeValueAsString(json);
    }

    /** The space of the items. */
    public Space space() {
        return process.space();
    }

    /**
     * Builds the network.
     *
     * @throws IllegalArgumentException if the parts do not fit each other
     */
    public Network buildNetwork() {
        Network built = Network.of(network, process, output);
        if (built.counts() != (counts != null)) {
            throw new IllegalArgumentException(
                    counts == null ? "a network that needs counts has none" : "a network with counts that it ignores");
        }
        return built;
    }
}
