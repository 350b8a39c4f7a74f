package dev.ardm.core.model;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.model.SafeTensors.Tensor;
import dev.ardm.core.weights.WeightsReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is in a model file, for a family to read. */
public final class ModelContent {
    private final Path path;
    private final SafeTensors file;
    private final JsonNode definition;
    private final @Nullable WeightsReader coded;

    /** @param path for messages */
    ModelContent(Path path, SafeTensors file) {
        this.path = path;
        this.file = file;
        this.definition = DefinitionJson.JSON.readTree(definitionText());
        Tensor weights = file.tensors().get(ModelFile.WEIGHTS);
        this.coded = weights == null ? null : new WeightsReader(weights.bytes());
    }

    /** A model that is a part of this one, see {@link ModelParts}. */
    public ModelContent part(String name) {
        return new ModelContent(path, ModelParts.of(file, name, definition));
    }

    /** Where it is, for messages. */
    Path path() {
        return path;
    }

    /** The id that it states, in hexadecimal; empty if it states none. */
    String statedId() {
        return file.metadata().getOrDefault("id", "");
    }

    /** The definition, which the model's {@link Model#definitionJson} wrote. */
    public JsonNode definition() {
        return definition;
    }

    /**
     * Refuses a definition of which a member was not read, or is read as something else. {@link ModelFamilies} requires this of every
     * model that was read. A family may do so before it reads tensors, for a clearer message.
     *
     * @param written the definition as the model that was read has it, see {@link Model#definitionJson}
     * @throws IllegalArgumentException if the file has another one
     */
    public void requireUnderstood(String written) {
        String text = definitionText();
        if (!text.equals(written)) {
            int at = 0;
            while (at < Math.min(text.length(), written.length()) && text.charAt(at) == written.charAt(at)) {
                at++;
            }
            throw new IllegalArgumentException("from character " + at + " on it is not what this program writes: "
                    + DefinitionJson.shortened(text.substring(at)));
        }
    }

    private String definitionText() {
        return file.metadata().getOrDefault("definition", "");
    }

    /** An entry that the model's {@link Model#entries} wrote; empty if there is none. */
    public Optional<JsonNode> entry(String name) {
        return Optional.ofNullable(file.metadata().get(name)).map(DefinitionJson.JSON::readTree);
    }

    /**
     * The values of a tensor, in row-major order. Coded ones can only be read once, in the order of {@link Model#tensors}.
     *
     * @throws ModelFileException if it is missing or has another shape, or is damaged
     */
    public float[] tensor(String name, int... shape) throws ModelFileException {
        Tensor tensor = file.tensors().get(name);
        if (tensor == null && coded != null) {
            try {
                return coded.next(shape);
            } catch (DamagedException e) {
                throw new ModelFileException(path, 8, "tensor " + name + ": " + e.reason());
            }
        }
        if (tensor == null || !Arrays.equals(tensor.shape(), shape)) {
            throw new ModelFileException(
                    path, 8, "tensor " + name + (tensor == null ? " is missing" : " has another shape"));
        }
        return tensor.values();
    }

    /**
     * Refuses a file with coded weights that no tensor took.
     *
     * @throws ModelFileException if some are left
     */
    void requireAllRead() throws ModelFileException {
        if (coded != null) {
            try {
                coded.close();
            } catch (DamagedException e) {
                throw new ModelFileException(path, 8, "tensor " + ModelFile.WEIGHTS + ": " + e.reason());
            }
        }
    }

    /**
     * The provenance.
     *
     * @throws IllegalArgumentException if it is not an object of strings
     */
    public Map<String, String> provenance() {
        Map<String, String> provenance = new TreeMap<>();
        entry("provenance")
                .ifPresent(node -> DefinitionJson.members("provenance", node).forEach(member -> {
                    if (!member.getValue().isString()) {
                        throw new IllegalArgumentException("the provenance " + member.getKey() + " is not a string");
                    }
                    provenance.put(member.getKey(), member.getValue().asString());
                }));
        return provenance;
    }
}
