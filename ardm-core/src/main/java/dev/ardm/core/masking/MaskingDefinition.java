package dev.ardm.core.masking;

import dev.ardm.core.Space;
import dev.ardm.core.counts.NextValueCounts;
import dev.ardm.core.masking.network.CountLogs;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.NetworkKind;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
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
 * @param process how items are generated; of items that contain their end, these with their end
 * @param output the distribution that the network's outputs describe
 * @param network kind and sizes of the network
 * @param data how files become items and items files, as JSON of the data format; empty if the space suffices
 * @param terminated whether an item contains its end: to process and network it is its values, and then a value that is one more than
 *     those that others know. {@link #space} is that of the others
 * @param counts a model of counts that tells the network how likely each value is; null if there is none
 */
public record MaskingDefinition(
        int arithmetic,
        Process process,
        OutputDistribution output,
        NetworkConfig network,
        String data,
        boolean terminated,
        @Nullable NextValueCounts counts) {
    /** The member that has the definition of the counts, and the beginning of the names of their tensors. */
    static final String COUNTS = "counts";

    private static final String TERMINATED = "terminated";

    /**
     * Checks the version.
     *
     * @throws IllegalArgumentException if this program does not know it, or items cannot contain their end
     */
    public MaskingDefinition {
        ArithmeticVersions.require(arithmetic);
        if (terminated) {
            if (!process.continuesOnly() || !process.anyLength()) {
                throw new IllegalArgumentException(
                        "only sequences that are generated one value after the other contain their end");
            }
            if (!output.equals(OutputDistribution.of(process))) {
                throw new IllegalArgumentException("items that contain their end take categorical distributions");
            }
        }
    }

    /** A definition of items that do not contain their end. */
    public MaskingDefinition(
            int arithmetic, Process process, OutputDistribution output, NetworkConfig network, String data) {
        this(arithmetic, process, output, network, data, false, null);
    }

    /** A definition in the newest arithmetic. */
    public MaskingDefinition(Process process, OutputDistribution output, NetworkConfig network, String data) {
        this(ArithmeticVersions.NEWEST, process, output, network, data, false, null);
    }

    /**
     * The same with a model of counts.
     *
     * @throws IllegalArgumentException if this kind of network takes none
     */
    public MaskingDefinition withCounts(@Nullable NextValueCounts told) {
        return new MaskingDefinition(
                arithmetic, process, output, told == null ? network : network.withCounts(), data, terminated, told);
    }

    /** What tells the network of values, if anything does. */
    public @Nullable CountLogs countLogs() {
        return counts == null ? null : new CountLogs(counts, process.space());
    }

    /**
     * A definition of sequences that contain their end, in the newest arithmetic, with categorical distributions: one value after the
     * other.
     *
     * @param space of the items without their end
     */
    public static MaskingDefinition terminated(Space space, NetworkConfig network, String data) {
        Process process = new Autoregressive(withEnd(space), false);
        OutputDistribution output = OutputDistribution.of(process);
        return new MaskingDefinition(
                ArithmeticVersions.NEWEST, process, output, network.withoutEnds(), data, true, null);
    }

    /**
     * The space of items with their end.
     *
     * @throws IllegalArgumentException if it is not one of sequences
     */
    public static Space withEnd(Space space) {
        if (space.rank() != 1 || space.categories().length != 1) {
            throw new IllegalArgumentException("only sequences contain their end, not items of " + space);
        }
        return Space.of(new int[] {space.extent(0) + 1}, space.maxCategories() + 1, space.scale());
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
        boolean terminated = json.path(TERMINATED).asBoolean(false);
        Space space = DefinitionJson.space(json);
        Process process = Process.read(json.path("process"), terminated ? withEnd(space) : space);
        return new MaskingDefinition(
                json.path("arithmetic").asInt(-1),
                process,
                OutputDistribution.read(json.path("output"), process),
                NetworkKind.read(json.path("network")),
                DefinitionJson.data(json),
                terminated,
                null);
    }

    /**
     * As JSON. The text is part of a model's id, so members and their order never change. Members with default values are left out. Does
     * not name the family, because there was none other when it was first written.
     */
    public String json() {
        ObjectNode json = DefinitionJson.JSON.createObjectNode();
        json.put("arithmetic", arithmetic);
        if (process.equals(new OrderAgnostic(process.space()))) {
            json.put("process", "order-agnostic");
        } else {
            ObjectNode node = json.putObject("process");
            process.write(node);
            process.given().write(node);
        }
        if (terminated) {
            json.put(TERMINATED, true);
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

    /** The space of the items, without their end. */
    public Space space() {
        Space whole = process.space();
        return terminated ? Space.of(new int[] {whole.extent(0) - 1}, whole.maxCategories() - 1, whole.scale()) : whole;
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
        if (terminated && (built.ends() || !built.anyLength())) {
            throw new IllegalArgumentException(
                    "a network of items that contain their end must take shorter ones, and not be told where they end");
        }
        return built;
    }
}
