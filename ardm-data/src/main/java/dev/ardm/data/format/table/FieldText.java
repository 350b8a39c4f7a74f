package dev.ardm.data.format.table;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bytes of a table as text. Inside the code a character is a byte (ISO 8859-1); people and definitions see UTF-8. */
final class FieldText {
    private FieldText() {}

    /** The text that bytes mean in UTF-8; null if they are not. */
    static @Nullable String utf8(String field) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(field.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The same for people: what is not UTF-8 is read as ISO 8859-1. */
    static String shown(String field) {
        String text = utf8(field);
        return text == null ? field : text;
    }

    /** The bytes of a text in UTF-8. */
    static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Adds texts, which are UTF-8, to a definition. */
    static void putAll(ObjectNode node, String name, List<String> fields) {
        ArrayNode array = node.putArray(name);
        fields.forEach(field -> array.add(shown(field)));
    }

    /** Reads what {@link #putAll} wrote. */
    static List<String> all(JsonNode node, String name) {
        JsonNode array = node.required(name);
        if (!array.isArray()) {
            throw new IllegalArgumentException(name + " is not a list");
        }
        List<String> fields = new ArrayList<>();
        array.forEach(text -> fields.add(bytes(text.stringValue())));
        return fields;
    }
}
