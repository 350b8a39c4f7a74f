package dev.ardm.core.model;

import dev.ardm.core.model.SafeTensors.Tensor;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.core.network.Network;
import dev.ardm.core.network.Weights;
import dev.ardm.core.plan.Schedule;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The model file: safetensors, with the definition of the model, its schedules, its loss components if they were
 * measured, and its provenance as JSON strings in the header's metadata.
 */
public final class ModelFile {
    /** Version of the layout of the metadata. */
    public static final int VERSION = 1;

    private static final String LOSS_COMPONENTS = "loss_components";
    private static final ObjectMapper JSON = DefinitionJson.JSON;

    private ModelFile() {}

    /** Writes a model. Weights are stored as {@code type}; values it cannot hold exactly are refused. */
    public static void write(Model model, Type type, OutputStream out) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Layer layer : model.network().layers()) {
            for (Parameter parameter : layer.parameters()) {
                float[] values = model.weights().get(parameter.name());
                if (type == Type.F16) {
                    for (float value : values) {
                        if (Half.round(value) != value) {
                            throw new IllegalArgumentException("weights must be rounded to F16 before they are stored");
                        }
                    }
                }
                tensors.put(parameter.name(), new Tensor(parameter.shape(), values, type));
            }
        }
        new SafeTensors(metadata(model), tensors).write(out);
    }

    private static Map<String, String> metadata(Model model) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "ardm-model");
        metadata.put("version", Integer.toString(VERSION));
        metadata.put("id", model.idText());
        metadata.put("definition", DefinitionJson.write(model.definition()));
        ObjectNode schedules = JSON.createObjectNode();
        model.schedules()
                .forEach((calls, schedule) -> DefinitionJson.putInts(schedules, calls.toString(), schedule.starts()));
        metadata.put("schedules", JSON.writeValueAsString(schedules));
        model.lossComponents().ifPresent(curve -> metadata.put(LOSS_COMPONENTS, LossComponentsJson.write(curve)));
        metadata.put("provenance", JSON.writeValueAsString(new TreeMap<>(model.provenance())));
        return metadata;
    }

    /**
     * Writes a changed model over its file's content. Only schedules, loss components and provenance may differ, which do not
     * affect decoding. Every tensor keeps its values and type. Entries unknown to this program stay.
     *
     * @param original a model file
     * @param changed the model in it, with these entries changed
     * @throws IllegalArgumentException if the file contains another model
     * @throws ModelFileException if it contains none
     */
    public static void rewrite(Path original, Model changed, OutputStream out) throws IOException {
        SafeTensors file = open(original);
        String id = model(original, file).idText();
        if (!id.equals(changed.idText())) {
            throw new IllegalArgumentException(original + ": holds the model " + id + " and not " + changed.idText());
        }
        Map<String, String> entries = new LinkedHashMap<>(file.metadata());
        entries.remove(LOSS_COMPONENTS);
        entries.putAll(metadata(changed));
        new SafeTensors(entries, file.tensors()).write(out);
    }

    /** Weights rounded to the values of a type. */
    public static Weights rounded(Weights weights, Type type) {
        if (type == Type.F32) {
            return weights;
        }
        Map<String, float[]> values = new LinkedHashMap<>();
        for (String name : weights.names()) {
            float[] out = weights.get(name).clone();
            for (int i = 0; i < out.length; i++) {
                out[i] = Half.round(out[i]);
            }
            values.put(name, out);
        }
        return new Weights(values);
    }

    /**
     * Reads a model.
     *
     * @throws ModelFileException if the file is not a model of this or an older version, or is damaged
     */
    public static Model read(Path path) throws IOException {
        return model(path, open(path));
    }

    /**
     * The id that a model file states, found without reading its weights. Fast, for searching many files. The id is checked only
     * when the model is read.
     *
     * @return SHA-256 in hexadecimal; empty if the file states that it is not a model
     * @throws ModelFileException if it does not begin as a safetensors file
     */
    public static Optional<String> statedId(Path path) throws IOException {
        Map<String, String> metadata = SafeTensors.readMetadata(path);
        return "ardm-model".equals(metadata.get("format")) ? Optional.ofNullable(metadata.get("id")) : Optional.empty();
    }

    private static SafeTensors open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new ModelFileException(
                    path, 0, "is a folder; the model of a run folder is its file model.safetensors");
        }
        SafeTensors file = SafeTensors.read(path);
        Map<String, String> metadata = file.metadata();
        if (!"ardm-model".equals(metadata.get("format"))) {
            throw new ModelFileException(path, 8, "its metadata lacks format = ardm-model");
        }
        String version = metadata.getOrDefault("version", "");
        if (!version.equals(Integer.toString(VERSION))) {
            throw new ModelFileException(
                    path, 8, "layout version '" + version + "', this program reads version " + VERSION);
        }
        return file;
    }

    private static Model model(Path path, SafeTensors file) throws ModelFileException {
        try {
            return parse(path, file);
        } catch (JacksonException e) {
            throw new ModelFileException(path, 8, "malformed metadata: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelFileException(path, 8, "malformed definition: " + e.getMessage());
        }
    }

    private static Model parse(Path path, SafeTensors file) throws ModelFileException {
        JsonNode node = JSON.readTree(file.metadata().getOrDefault("definition", ""));
        try {
            ArithmeticVersions.of(
                    node.path("arithmetic").asInt(-1)); // before members that a newer version may write differently
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(path, 8, "the model " + e.getMessage());
        }
        ModelDefinition definition = DefinitionJson.read(node);
        requireUnderstood(file.metadata().getOrDefault("definition", ""), DefinitionJson.write(definition));
        Network network = definition.buildNetwork();
        Map<String, float[]> weights = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            for (Parameter parameter : layer.parameters()) {
                Tensor tensor = file.tensors().get(parameter.name());
                if (tensor == null || !Arrays.equals(tensor.shape(), parameter.shape())) {
                    throw new ModelFileException(
                            path,
                            8,
                            "tensor " + parameter.name() + (tensor == null ? " is missing" : " has another shape"));
                }
                weights.put(parameter.name(), tensor.values());
            }
        }
        Map<Integer, Schedule> schedules = schedules(
                JSON.readTree(file.metadata().getOrDefault("schedules", "{}")),
                network.process().steps());
        Map<String, String> provenance = new TreeMap<>();
        for (var entry : DefinitionJson.members(
                "provenance", JSON.readTree(file.metadata().getOrDefault("provenance", "{}")))) {
            if (!entry.getValue().isString()) {
                throw new IllegalArgumentException("the provenance " + entry.getKey() + " is not a string");
            }
            provenance.put(entry.getKey(), entry.getValue().asString());
        }
        Model model = new Model(definition, new Weights(weights), schedules, provenance);
        String curve = file.metadata().get(LOSS_COMPONENTS);
        if (curve != null) {
            model = model.withLossComponents(LossComponentsJson.read(
                    JSON.readTree(curve), network.process().steps()));
        }
        String stated = file.metadata().getOrDefault("id", "");
        if (!stated.equals(model.idText())) {
            throw new ModelFileException(
                    path, 8, "damaged: the id of its content is " + model.idText() + ", but it claims " + stated);
        }
        return model;
    }

    /** The id is one of the text, so that a member that was not read, or is read as something else, shows. */
    private static void requireUnderstood(String text, String understood) {
        if (!text.equals(understood)) {
            int at = 0;
            while (at < Math.min(text.length(), understood.length()) && text.charAt(at) == understood.charAt(at)) {
                at++;
            }
            throw new IllegalArgumentException("from character " + at + " on it is not what this program writes: "
                    + DefinitionJson.shortened(text.substring(at)));
        }
    }

    /** By the most calls that each may take. */
    private static Map<Integer, Schedule> schedules(JsonNode node, int steps) {
        Map<Integer, Schedule> schedules = new TreeMap<>();
        for (var entry : DefinitionJson.members("schedules", node)) {
            String calls = entry.getKey();
            if (!calls.matches("[1-9][0-9]{0,8}")) {
                throw new IllegalArgumentException(
                        "a schedule of '" + DefinitionJson.shortened(calls) + "' calls, which is not a number from 1");
            }
            int[] starts = DefinitionJson.ints("the schedule of " + calls + " calls", entry.getValue());
            schedules.put(Integer.parseInt(calls), Schedule.of(starts, steps));
        }
        return schedules;
    }
}
