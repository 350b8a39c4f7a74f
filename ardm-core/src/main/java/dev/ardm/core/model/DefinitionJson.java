package dev.ardm.core.model;

import dev.ardm.core.Space;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the definitions of all families have in common as JSON. Their texts are part of ids, so members and their order never change. */
public final class DefinitionJson {
    /** Writes members in the order in which they are given. */
    public static final ObjectMapper JSON = JsonMapper.builder()
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
     * @throws IllegalArgumentException if there is no space
     */
    public static Space space(JsonNode definition) {
        JsonNode node = definition.path("space");
        return Space.of(
                ints(node.path("shape")),
                ints(node.path("categories")),
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

    /** Reads an array of integers; those that are none become -1. */
    public static int[] ints(JsonNode node) {
        return node.valueStream().mapToInt(v -> v.asInt(-1)).toArray();
    }
}
