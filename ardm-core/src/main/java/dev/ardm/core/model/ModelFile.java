package dev.ardm.core.model;

import dev.ardm.core.model.SafeTensors.Tensor;
import dev.ardm.core.model.SafeTensors.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The model file: safetensors, with the definition of the model, what else its family keeps, and its provenance as JSON strings in the
 * header's metadata. {@link ModelFamilies} reads it.
 */
public final class ModelFile {
    /** Version of the layout of the metadata. */
    public static final int VERSION = 1;

    /** What the metadata of every model file has as {@code format}. */
    static final String FORMAT = "ardm-model";

    private ModelFile() {}

    /** Writes a model. Weights are stored as {@code type}, bytes as bytes; values it cannot hold exactly are refused. */
    public static void write(Model model, Type type, OutputStream out) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        model.tensors().forEach((name, tensor) -> {
            Type stored = tensor.type() == Type.U8 ? Type.U8 : type;
            stored.requireExact(tensor.values());
            tensors.put(name, new Tensor(tensor.shape(), tensor.values(), stored));
        });
        new SafeTensors(metadata(model), tensors).write(out);
    }

    /** How many bytes {@link #write} writes. */
    public static long size(Model model, Type type) throws IOException {
        Counted counted = new Counted();
        write(model, type, counted);
        return counted.bytes();
    }

    private static Map<String, String> metadata(Model model) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put("version", Integer.toString(VERSION));
        metadata.put("id", model.idText());
        metadata.put("definition", model.definitionJson());
        metadata.putAll(model.entries());
        metadata.put("provenance", DefinitionJson.JSON.writeValueAsString(new TreeMap<>(model.provenance())));
        return metadata;
    }

    /**
     * Writes a changed model over its file's content. Only entries and provenance may differ, which do not affect decoding. Every
     * tensor keeps its values and type. Entries unknown to this program stay.
     *
     * @param original a model file
     * @param changed the model in it, with these entries changed
     * @throws IllegalArgumentException if the file contains another model
     * @throws ModelFileException if it contains none
     */
    public static void rewrite(Path original, Model changed, OutputStream out) throws IOException {
        SafeTensors file = open(original);
        Model before = new ModelFamilies(List.of(changed.family())).read(original, file);
        if (!before.idText().equals(changed.idText())) {
            throw new IllegalArgumentException(
                    original + ": holds the model " + before.idText() + " and not " + changed.idText());
        }
        Map<String, String> entries = new LinkedHashMap<>(file.metadata());
        entries.keySet().removeAll(before.entries().keySet());
        entries.putAll(metadata(changed));
        new SafeTensors(entries, file.tensors()).write(out);
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
        return FORMAT.equals(metadata.get("format")) ? Optional.ofNullable(metadata.get("id")) : Optional.empty();
    }

    static SafeTensors open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new ModelFileException(
                    path, 0, "is a folder; the model of a run folder is its file model.safetensors");
        }
        SafeTensors file = SafeTensors.read(path);
        Map<String, String> metadata = file.metadata();
        if (!FORMAT.equals(metadata.get("format"))) {
            throw new ModelFileException(path, 8, "its metadata lacks format = " + FORMAT);
        }
        String version = metadata.getOrDefault("version", "");
        if (!version.equals(Integer.toString(VERSION))) {
            throw new ModelFileException(
                    path, 8, "layout version '" + version + "', this program reads version " + VERSION);
        }
        return file;
    }
}
