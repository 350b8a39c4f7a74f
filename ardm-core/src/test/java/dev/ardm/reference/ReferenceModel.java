package dev.ardm.reference;

import static dev.ardm.reference.ReferenceArchive.little;
import static dev.ardm.reference.ReferenceArchive.require;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The model file: safetensors with a definition. */
final class ReferenceModel {
    private final Map<String, float[]> tensors = new HashMap<>();
    private final String definitionText;
    private final JsonNode definition;

    ReferenceModel(byte[] file) {
        int headerLength = Math.toIntExact(little(file, 0, 8).getLong());
        JsonNode header = new ObjectMapper().readTree(new String(file, 8, headerLength, StandardCharsets.UTF_8));
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                JsonNode offsets = entry.getValue().path("data_offsets");
                int start = offsets.get(0).asInt();
                ByteBuffer data =
                        little(file, 8 + headerLength + start, offsets.get(1).asInt() - start);
                tensors.put(
                        entry.getKey(),
                        values(data, entry.getValue().path("dtype").asString()));
            }
        }
        JsonNode metadata = header.path("__metadata__");
        require(metadata.path("format").asString().equals("ardm-model"), "format of the model");
        require(metadata.path("version").asString().equals("1"), "version of the model");
        definitionText = metadata.path("definition").asString();
        definition = new ObjectMapper().readTree(definitionText);
        require(definition.path("arithmetic").asInt() == 1, "arithmetic version");
        require(definition.path("process").asString().equals("order-agnostic"), "process");
        require(network().path("kind").asString().equals("unet"), "kind of network");
    }

    private static float[] values(ByteBuffer data, String type) {
        boolean wide = type.equals("F32");
        require(wide || type.equals("F16"), "type of a tensor");
        float[] out = new float[data.remaining() / (wide ? 4 : 2)];
        for (int i = 0; i < out.length; i++) {
            out[i] = wide ? data.getFloat() : widened(data.getShort());
        }
        return out;
    }

    /** A finite binary16 number: 5 bits of exponent biased by 15, 10 bits of fraction. */
    private static float widened(short bits) {
        int exponent = bits >> 10 & 31;
        int fraction = bits & 1023;
        float magnitude = exponent == 0
                ? Math.scalb((float) fraction, -24)
                : Math.scalb((float) (1024 + fraction), exponent - 25);
        return bits < 0 ? -magnitude : magnitude;
    }

    JsonNode space() {
        return definition.path("space");
    }

    JsonNode network() {
        return definition.path("network");
    }

    /** The values of a parameter, of which there must be so many. */
    float[] parameter(String name, int size) {
        float[] values = tensors.get(name);
        require(values != null && values.length == size, "size of " + name);
        return values;
    }

    /** The id, given the names of the parameters in the network's order. */
    byte[] id(Iterable<String> order) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(definitionText.getBytes(StandardCharsets.UTF_8));
            for (String name : order) {
                digest.update((byte) 0);
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                for (float value : tensors.get(name)) {
                    int bits = Float.floatToRawIntBits(value);
                    for (int shift = 0; shift < 32; shift += 8) {
                        digest.update((byte) (bits >>> shift));
                    }
                }
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
