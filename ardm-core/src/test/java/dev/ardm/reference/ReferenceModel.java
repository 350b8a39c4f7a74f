package dev.ardm.reference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model: its definition, its parameters and its id (arithmetic.md, The model file).
 *
 * @param parameters the values of each parameter, in the order of the id
 */
record ReferenceModel(ReferenceDefinition definition, Map<String, float[]> parameters, byte[] id) {

    static ReferenceModel read(byte[] file) throws IOException {
        long length = file.length < 8 ? -1 : new ReferenceInput(file, 0, 8).unsigned(8);
        if (length < 0 || length > file.length - 8) {
            throw new IOException("the model is truncated");
        }
        int data = 8 + (int) length;
        try {
            String json = new String(file, 8, (int) length, StandardCharsets.UTF_8);
            return read(file, data, JsonMapper.builder().build().readTree(json));
        } catch (JacksonException e) {
            throw new IOException("the header of the model", e);
        }
    }

    private static ReferenceModel read(byte[] file, int data, JsonNode header) throws IOException {
        JsonNode metadata = header.required("__metadata__");
        if (!metadata.required("format").stringValue().equals("ardm-model")
                || !metadata.required("version").stringValue().equals("1")) {
            throw new IOException("not a model of ardm, version 1");
        }
        String json = metadata.required("definition").stringValue();
        ReferenceDefinition definition = ReferenceDefinition.read(json);
        Map<String, float[]> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, int[]> entry : definition.parameters().entrySet()) {
            JsonNode tensor = header.required(entry.getKey());
            parameters.put(entry.getKey(), values(file, data, tensor, entry.getValue()));
        }
        byte[] id = id(json, parameters);
        if (!HexFormat.of().formatHex(id).equals(metadata.required("id").stringValue())) {
            throw new IOException("the model does not have the id that it names");
        }
        return new ReferenceModel(definition, parameters, id);
    }

    /** Reads the values of a tensor, widened to floats. */
    private static float[] values(byte[] file, int data, JsonNode tensor, int[] shape) throws IOException {
        JsonNode extents = tensor.required("shape");
        boolean fits = extents.size() == shape.length;
        int count = 1;
        for (int i = 0; i < shape.length; i++) {
            fits = fits && extents.get(i).intValue() == shape[i];
            count = Math.multiplyExact(count, shape[i]);
        }
        String type = tensor.required("dtype").stringValue();
        long begin = data + tensor.required("data_offsets").required(0).longValue();
        long end = data + tensor.required("data_offsets").required(1).longValue();
        int size = type.equals("F16") ? 2 : 4;
        fits = fits && (type.equals("F16") || type.equals("F32")) && end - begin == (long) count * size;
        if (!fits || begin < data || end > file.length) {
            throw new IOException("a tensor of the model has another shape or type than it should have");
        }
        ReferenceInput in = new ReferenceInput(file, (int) begin, (int) end);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            int bits = (int) in.unsigned(size);
            values[i] = size == 2 ? widen(bits) : Float.intBitsToFloat(bits);
        }
        return values;
    }

    /** Widens a binary16 number to the float of the same value. */
    static float widen(int bits) {
        int exponent = bits >> 10 & 31;
        int fraction = bits & 1023;
        float magnitude;
        if (exponent == 31) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((float) fraction, -24);
        } else {
            magnitude = Math.scalb((float) (fraction + 1024), exponent - 25);
        }
        return bits < 1 << 15 ? magnitude : -magnitude;
    }

    private static byte[] id(String definition, Map<String, float[]> parameters) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        digest.update(definition.getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, float[]> entry : parameters.entrySet()) {
            digest.update((byte) 0);
            digest.update(entry.getKey().getBytes(StandardCharsets.UTF_8));
            for (float value : entry.getValue()) {
                int bits = Float.floatToRawIntBits(value);
                for (int shift = 0; shift < 32; shift += 8) {
                    digest.update((byte) (bits >>> shift));
                }
            }
        }
        return digest.digest();
    }

    /** Fails unless an archive is of this model and its space. */
    void checkFits(ReferenceHeader header) throws ReferenceException {
        if (!Arrays.equals(id, header.modelId())) {
            throw new ReferenceException(ReferenceException.Kind.WRONG_MODEL, "the archive is of another model");
        }
        if (!Arrays.equals(definition.shape(), header.extents())
                || !Arrays.equals(new int[] {definition.categories()}, header.counts())
                || definition.scale() != header.scale()) {
            throw ReferenceException.damaged("the archive's space is not that of its model");
        }
    }
}
