package dev.ardm.core.model;

import dev.ardm.core.Space;
import dev.ardm.core.network.NetworkKind;
import dev.ardm.core.output.OutputDistribution;
import dev.ardm.core.process.OrderAgnostic;
import dev.ardm.core.process.Process;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model's definition as JSON. The text is part of a model's id, so members and their order never change.
 * Members with default values are left out.
 */
public final class DefinitionJson {
    /** Writes members in the order in which they are given, and refuses to read one twice. */
    public static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private DefinitionJson() {}

    /** Writes a definition; the same definition always gives the same text. */
    public static String write(ModelDefinition definition) {
        ObjectNode node = JSON.createObjectNode();
        if (!definition.family().equals(ModelDefinition.DEFAULT_FAMILY)) {
            node.put("family", definition.family());
        }
        node.put("arithmetic", definition.arithmetic());
        Process process = definition.process();
        if (process.equals(new OrderAgnostic(process.space()))) {
            node.put("process", "order-agnostic");
        } else {
            ObjectNode out = node.putObject("process");
            process.write(out);
            process.given().write(out);
        }
        Space space = definition.space();
        ObjectNode spaceNode = node.putObject("space");
        putInts(spaceNode, "shape", space.shape());
        putInts(spaceNode, "categories", space.categories());
        spaceNode.put("scale", space.scale().name().toLowerCase(Locale.ROOT));
        definition.output().write(node);
        NetworkKind.write(definition.network(), node.putObject("network"));
        if (!definition.data().isEmpty()) {
            node.set("data", JSON.readTree(definition.data()));
        }
        return JSON.writeValueAsString(node);
    }

    /**
     * Reads a definition.
     *
     * @throws IllegalArgumentException if a member is unknown to this program or does not fit
     */
    public static ModelDefinition read(JsonNode node) {
        String family = node.path("family").asString(ModelDefinition.DEFAULT_FAMILY);
        Models.family(family); // before anything that another family writes otherwise
        Space space = Space.of(
                ints("shape", node.path("space").path("shape")),
                ints("categories", node.path("space").path("categories")),
                Space.Scale.valueOf(
                        node.path("space").path("scale").asString("").toUpperCase(Locale.ROOT)));
        Process process = Process.read(node.path("process"), space);
        JsonNode data = node.path("data");
        return new ModelDefinition(
                family,
                node.path("arithmetic").asInt(-1),
                process,
                OutputDistribution.read(node.path("output"), process),
                NetworkKind.read(node.path("network")),
                data.isMissingNode() ? "" : JSON.writeValueAsString(data));
    }

    static void putInts(ObjectNode node, String name, int[] values) {
        var array = node.putArray(name);
        for (int value : values) {
            array.add(value);
        }
    }

    /**
     * The numbers of an array.
     *
     * @param name for messages
     * @throws IllegalArgumentException if it is not an array of integers
     */
    static int[] ints(String name, JsonNode node) {
        if (!node.isArray()) {
            throw new IllegalArgumentException(name + " is not an array");
        }
        return node.valueStream().mapToInt(value -> integer(name, value)).toArray();
    }

    private static int integer(String name, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new IllegalArgumentException(name + " has " + shortened(value.toString()) + " among its integers");
        }
        return value.intValue();
    }

    /**
     * The members of an object.
     *
     * @param name for messages
     * @throws IllegalArgumentException if it is not an object
     */
    static Set<Map.Entry<String, JsonNode>> members(String name, JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(name + " is not an object");
        }
        return node.properties();
    }

    /** The beginning of a text from a file, for messages. */
    static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
