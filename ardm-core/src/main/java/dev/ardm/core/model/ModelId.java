package dev.ardm.core.model;

import dev.ardm.core.model.SafeTensors.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;

/** Identifies a model by all that determines decoding. */
public final class ModelId {
    private ModelId() {}

    /**
     * SHA-256 over a definition, and name and values of each tensor, as binary32.
     *
     * @param definition see {@link Model#definitionJson}
     * @param tensors in their order
     */
    public static byte[] of(String definition, Map<String, Tensor> tensors) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        digest.update(definition.getBytes(StandardCharsets.UTF_8));
        tensors.forEach((name, tensor) -> {
            digest.update((byte) 0);
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(tensor.values());
            digest.update(bytes.array());
        });
        return digest.digest();
    }
}
