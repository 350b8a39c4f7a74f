package dev.ardm.core.model;

import dev.ardm.coding.format.FileSignature;
import java.io.BufferedInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The safetensors format: an 8-byte little-endian header length, a JSON header, then the values. Read with bounds before
 * allocation; tensors must tile the data without holes or overlaps, as the format demands.
 */
public final class SafeTensors {
    /** Longest header accepted, in bytes. */
    public static final int MAX_HEADER = 16 << 20;

    private static final ObjectMapper JSON = DefinitionJson.JSON;

    private static final Set<String> MEMBERS = Set.of("dtype", "shape", "data_offsets");

    /** How values are stored. */
    public enum Type {
        /** IEEE binary32. */
        F32(4),
        /** IEEE binary16. */
        F16(2),
        /** Bytes, as values from 0 to 255. */
        U8(1);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** Values rounded to the nearest ones that can be stored. */
        public float[] round(float[] values) {
            if (this != F16) {
                return values;
            }
            float[] out = values.clone();
            for (int i = 0; i < out.length; i++) {
                out[i] = Half.round(out[i]);
            }
            return out;
        }

        /** Refuses values that cannot be stored exactly. */
        void requireExact(float[] values) {
            for (int i = 0; this == F16 && i < values.length; i++) {
                if (Half.round(values[i]) != values[i]) {
                    throw new IllegalArgumentException(
                            "weights must be rounded to " + this + " before they are stored");
                }
            }
        }
    }

    /** A tensor: extents, values in row-major order, and how they are stored. */
    public record Tensor(int[] shape, float[] values, Type type) {
        /** A vector of bytes. */
        public static Tensor of(byte[] bytes) {
            float[] values = new float[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                values[i] = bytes[i] & 0xFF;
            }
            return new Tensor(new int[] {bytes.length}, values, Type.U8);
        }

        /** The bytes that {@link #of} took. */
        public byte[] bytes() {
            byte[] bytes = new byte[values.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) values[i];
            }
            return bytes;
        }
    }

    private final Map<String, String> metadata;
    private final Map<String, Tensor> tensors;

    /** Metadata and tensors, written in the given order. */
    public SafeTensors(Map<String, String> metadata, Map<String, Tensor> tensors) {
        this.metadata = new LinkedHashMap<>(metadata);
        this.tensors = new LinkedHashMap<>(tensors);
    }

    /** The string map of the header. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** All tensors by name. */
    public Map<String, Tensor> tensors() {
        return tensors;
    }

    /** Writes the file's bytes. Values that are to be stored as F16 must be representable (see {@link Half#round}). */
    public void write(OutputStream out) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode strings = header.putObject("__metadata__");
        metadata.forEach(strings::put);
        long offset = 0;
        for (var entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            ObjectNode node = header.putObject(entry.getKey());
            node.put("dtype", tensor.type().name());
            var shape = node.putArray("shape");
            for (int extent : tensor.shape()) {
                shape.add(extent);
            }
            long end = offset + (long) tensor.values().length * tensor.type().bytes;
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] text = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        int padding = (8 - text.length % 8) % 8; // the format pads with spaces so that values are aligned
        DataOutputStream data = new DataOutputStream(out);
        data.writeLong(Long.reverseBytes(text.length + padding));
        data.write(text);
        data.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
        for (Tensor tensor : tensors.values()) {
            ByteBuffer bytes = ByteBuffer.allocate(tensor.values().length * tensor.type().bytes)
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (float value : tensor.values()) {
                switch (tensor.type()) {
                    case F32 -> bytes.putFloat(value);
                    case F16 -> bytes.putShort(Half.bits(value));
                    case U8 -> bytes.put((byte) value);
                }
            }
            data.write(bytes.array());
        }
        data.flush();
    }

    /**
     * Reads a file.
     *
     * @throws ModelFileException if it is not a well-formed safetensors file
     */
    public static SafeTensors read(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > Integer.MAX_VALUE) {
                throw new ModelFileException(path, 0, "larger than 2 GiB");
            }
            ByteBuffer file = channel.map(MapMode.READ_ONLY, 0, size).order(ByteOrder.LITTLE_ENDIAN);
            return parse(path, file);
        }
    }

    /**
     * Reads what would be in a file.
     *
     * @param place for messages
     * @throws ModelFileException if it is not a well-formed safetensors file
     */
    static SafeTensors of(Path place, byte[] file) throws ModelFileException {
        return parse(place, ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * Reads the metadata alone; the values are neither read nor checked.
     *
     * @throws ModelFileException if the file does not begin as a safetensors file
     */
    static Map<String, String> readMetadata(Path path) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            in.mark(FileSignature.BYTES);
            int length = checkedHeaderLength(path, in.readNBytes(FileSignature.BYTES), Files.size(path));
            in.reset();
            in.skipNBytes(Long.BYTES);
            byte[] text = in.readNBytes(length);
            JsonNode strings = header(path, text).path("__metadata__");
            Map<String, String> metadata = new LinkedHashMap<>();
            strings.properties()
                    .forEach(entry ->
                            metadata.put(entry.getKey(), entry.getValue().asString("")));
            return metadata;
        }
    }

    /** @param start of the file, {@link FileSignature#BYTES} or all that it has */
    private static int checkedHeaderLength(Path path, byte[] start, long fileSize) throws ModelFileException {
        Optional<String> other = FileSignature.of(start).filter(what -> !what.equals(FileSignature.SAFETENSORS));
        if (other.isPresent()) {
            throw new ModelFileException(path, 0, "not a safetensors file, it is " + other.get());
        }
        long length = start.length < Long.BYTES
                ? 0
                : ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > MAX_HEADER || length > fileSize - Long.BYTES) {
            throw new ModelFileException(path, 0, "not a safetensors file, or cut off after " + fileSize + " bytes");
        }
        return (int) length;
    }

    private static JsonNode header(Path path, byte[] text) throws ModelFileException {
        JsonNode header;
        try {
            header = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new ModelFileException(path, 8, "the header is not JSON: " + e.getOriginalMessage());
        }
        if (header == null || !header.isObject()) {
            throw new ModelFileException(path, 8, "the header is not a JSON object");
        }
        return header;
    }

    private static SafeTensors parse(Path path, ByteBuffer file) throws ModelFileException {
        byte[] start = new byte[Math.min(FileSignature.BYTES, file.limit())];
        file.get(0, start);
        byte[] text = new byte[checkedHeaderLength(path, start, file.limit())];
        file.get(8, text);
        JsonNode header = header(path, text);
        int data = 8 + text.length;
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Claim> claims = new ArrayList<>();
        for (var entry : header.properties()) {
            if (entry.getKey().equals("__metadata__")) {
                for (var string : entry.getValue().properties()) {
                    if (!string.getValue().isString()) {
                        throw new ModelFileException(path, 8, "metadata " + string.getKey() + " is not a string");
                    }
                    metadata.put(string.getKey(), string.getValue().asString());
                }
            } else {
                claims.add(claim(path, file.limit() - data, entry.getKey(), entry.getValue()));
            }
        }
        // Before anything is allocated: a thousand tensors may claim the same bytes.
        long end = 0;
        for (Claim claim :
                claims.stream().sorted(Comparator.comparingLong(Claim::start)).toList()) {
            if (claim.start != end) {
                throw new ModelFileException(path, data + end, "the tensors do not tile the data");
            }
            end = claim.end;
        }
        if (end != file.limit() - data) {
            throw new ModelFileException(
                    path,
                    data + end,
                    "cut off or too long: " + (file.limit() - data) + " bytes of values, expected " + end);
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Claim claim : claims) {
            tensors.put(claim.name, tensor(path, file, data, claim));
        }
        return new SafeTensors(metadata, tensors);
    }

    /** The header's entry of a tensor, whose values are at bytes {@code start} to {@code end} after the header. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared; only carries values.
    private record Claim(String name, int[] shape, Type type, long start, long end) {}

    private static Claim claim(Path path, int dataBytes, String name, JsonNode node) throws ModelFileException {
        for (var member : node.properties()) {
            if (!MEMBERS.contains(member.getKey())) {
                throw new ModelFileException(path, 8, "tensor " + name + ": unknown member " + member.getKey());
            }
        }
        String dtype = node.path("dtype").asString("");
        if (!List.of("F32", "F16", "U8").contains(dtype)) {
            throw new ModelFileException(path, 8, "tensor " + name + ": type '" + dtype + "' is not F32, F16 or U8");
        }
        Type type = Type.valueOf(dtype);
        JsonNode shapeNode = node.path("shape");
        JsonNode offsets = node.path("data_offsets");
        if (!shapeNode.isArray() || shapeNode.size() > 8 || !offsets.isArray() || offsets.size() != 2) {
            throw new ModelFileException(path, 8, "tensor " + name + ": malformed shape or offsets");
        }
        int[] shape = new int[shapeNode.size()];
        long count = 1;
        for (int i = 0; i < shape.length; i++) {
            long extent = number(shapeNode.get(i));
            if (extent < 0 || extent > Integer.MAX_VALUE) {
                throw new ModelFileException(path, 8, "tensor " + name + ": extent " + extent);
            }
            shape[i] = (int) extent;
            count = Math.min(count * extent, Long.MAX_VALUE / (1L << 32));
        }
        long start = number(offsets.get(0));
        long end = number(offsets.get(1));
        if (start < 0 || end < start || end > dataBytes || end - start != count * type.bytes) {
            throw new ModelFileException(path, 8, "tensor " + name + ": cut off, or offsets that do not fit its shape");
        }
        return new Claim(name, shape, type, start, end);
    }

    /** An integer, or -1. */
    private static long number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : -1;
    }

    private static Tensor tensor(Path path, ByteBuffer file, int data, Claim claim) throws ModelFileException {
        Type type = claim.type;
        float[] values = new float[(int) (claim.end - claim.start) / type.bytes];
        int at = data + (int) claim.start;
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case F32 -> file.getFloat(at + 4 * i);
                case F16 -> Half.value(file.getShort(at + 2 * i));
                case U8 -> file.get(at + i) & 0xFF;
            };
            if (!Float.isFinite(values[i])) {
                throw new ModelFileException(
                        path, at + (long) type.bytes * i, "tensor " + claim.name + ": value " + values[i]);
            }
        }
        return new Tensor(claim.shape, values, type);
    }
}
