package dev.ardm.data.format;

import dev.ardm.data.DataException;
import tools.jackson.databind.JsonNode;

/** Reads parts of definitions. */
public final class Definitions {
    private Definitions() {}

    /** A whole number in {@code [min, max]}. */
    public static int integer(JsonNode definition, String name, int min, int max) throws DataException {
        return number(definition.path(name), "'" + name + "'", min, max);
    }

    private static int number(JsonNode node, String what, int min, int max) throws DataException {
        if (node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= min && node.intValue() <= max) {
            return node.intValue();
        }
        throw new DataException(
                "malformed definition: " + what + " is not a whole number from " + min + " to " + max + ": " + node);
    }

    /** Whole numbers in {@code [min, max]}. */
    public static int[] integers(JsonNode definition, String name, int min, int max) throws DataException {
        JsonNode array = definition.path(name);
        if (!array.isArray()) {
            throw new DataException("malformed definition: '" + name + "' is not an array");
        }
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(array.path(i), "'" + name + "'", min, max);
        }
        return values;
    }

    /** True or false. */
    public static boolean flag(JsonNode definition, String name) throws DataException {
        JsonNode node = definition.path(name);
        if (!node.isBoolean()) {
            throw new DataException("malformed definition: '" + name + "' is neither true nor false: " + node);
        }
        return node.booleanValue();
    }
}
