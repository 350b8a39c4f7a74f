package dev.ardm.core.model;

import dev.ardm.core.Space;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the definitions of all families have in common as JSON. Their texts are part of ids, so members and their order never change. */
public final class DefinitionJson {
    /** Writes members in the order in which they are given, and refuses to read one twice. */
    public static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private DefinitionJson() {}

    /** Writes a space as member {@code space}. */
    public static void putSpace(ObjectNode definition, Space space) {
        ObjectNode node = definition.putObject("space");
        putInts(node, "shape", space.shape());
        putInts(node, "categories", space.categories());
        node.put("scale", space.scale().name().toLowerCase(Locale.ROOT));
    }

    /**
     * Reads what {@link #putSpace} wrote.
     *
     * @throws IllegalArgumentException if the definition has no space, or a malformed one
     */
    public static Space space(JsonNode definition) {
        JsonNode node = definition.path("space");
        return Space.of(
                ints("shape", node.path("shape")),
                ints("categories", node.path("categories")),
                Space.Scale.valueOf(node.path("scale").asString("").toUpperCase(Locale.ROOT)));
    }

    /** Writes the data format as member {@code data}, unless the space suffices. */
    public static void putData(ObjectNode definition, String data) {
        if (!data.isEmpty()) {
            definition.set("data", JSON.readTree(data));
        }
    }

    /** Reads what {@link #putData} wrote. */
    public static String data(JsonNode definition) {
        JsonNode data = definition.path("data");
        return data.isMissingNode() ? "" : JSON.writeValueAsString(data);
    }

    /** Writes an array of integers. */
    public static void putInts(ObjectNode node, String name, int[] values) {
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
    public static int[] ints(String name, JsonNode node) {
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
    public static Set<Map.Entry<String, JsonNode>> members(String name, JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(name + " is not an object");
        }
        return node.properties();
    }

    /**
     * Refuses an object with other members than the known ones, which would be lost when the file is rewritten.
     *
     * @param name for messages
     * @throws IllegalArgumentException if it is not an object, or has another member
     */
    public static void requireMembers(String name, JsonNode node, Set<String> known) {
        for (var member : members(name, node)) {
            if (!known.contains(member.getKey())) {
                throw new IllegalArgumentException(name + " has an unknown member " + shortened(member.getKey()));
            }
        }
    }

    /** The beginning of a text from a file, for messages. */
    public static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
