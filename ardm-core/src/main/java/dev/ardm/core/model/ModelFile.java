package dev.ardm.core.model;

import dev.ardm.core.model.SafeTensors.Tensor;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.weights.WeightsWriter;
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
    /** Version of the layout: a tensor for each of the model's. */
    public static final int VERSION = 1;

    /** What the metadata of every model file has as {@code format}. */
    static final String FORMAT = "ardm-model";

    /** Version of the layout with one tensor of bytes, {@link #WEIGHTS}, in the place of all that hold numbers. */
    public static final int VERSION_CODED = 2;

    /** The tensor of coded weights, see {@link WeightsWriter}. */
    static final String WEIGHTS = "weights";

    private ModelFile() {}

    /** Writes a model. Weights are stored as {@code type}, bytes as bytes; values it cannot hold exactly are refused. */
    public static void write(Model model, Type type, OutputStream out) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        model.tensors().forEach((name, tensor) -> {
            Type stored = tensor.type() == Type.U8 ? Type.U8 : type;
            stored.requireExact(tensor.values());
            tensors.put(name, new Tensor(tensor.shape(), tensor.values(), stored));
        });
        new SafeTensors(metadata(model, VERSION), tensors).write(out);
    }

    /** Writes a model file in some way. */
    @FunctionalInterface
    public interface Writing {
        /** Writes it. */
        void to(OutputStream out) throws IOException;
    }

    /** How many bytes a way of writing a model file writes. */
    public static long size(Writing writing) throws IOException {
        Counted counted = new Counted();
        writing.to(counted);
        return counted.bytes();
    }

    /**
     * Writes a model with coded weights. They come back exactly, whatever they are; they take few bytes if those of a tensor are multiples
     * of a step. The weights of each part are coded by themselves, so that a part can be found and written on its own.
     *
     * @throws IllegalArgumentException if a weight is not finite
     */
    public static void writeCoded(Model model, OutputStream out) throws IOException {
        Map<String, Tensor> tensors = coded(model);
        new SafeTensors(metadata(model, version(tensors)), tensors).write(out);
    }

    private static Map<String, Tensor> coded(Model model) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        if (!model.parts().isEmpty()) {
            model.parts()
                    .forEach((part, of) -> coded(of).forEach((name, tensor) -> tensors.put(part + "." + name, tensor)));
            return tensors;
        }
        if (model.tensors().values().stream().allMatch(tensor -> tensor.type() == Type.U8)) {
            return model.tensors();
        }
        WeightsWriter weights = new WeightsWriter();
        model.tensors().forEach((name, tensor) -> {
            if (tensor.type() == Type.U8) {
                tensors.put(name, tensor);
            } else {
                weights.add(name, tensor.shape(), tensor.values());
            }
        });
        if (tensors.put(WEIGHTS, Tensor.of(weights.toBytes())) != null) {
            throw new IllegalArgumentException("the model has a tensor of its own of the name " + WEIGHTS);
        }
        return tensors;
    }

    /** The version of the layout of a file with these tensors. */
    static int version(Map<String, Tensor> tensors) {
        return tensors.keySet().stream().anyMatch(name -> name.equals(WEIGHTS) || name.endsWith("." + WEIGHTS))
                ? VERSION_CODED
                : VERSION;
    }

    private static Map<String, String> metadata(Model model, int version) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put("version", Integer.toString(version));
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
        entries.putAll(metadata(changed, version(file.tensors())));
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
        return checked(path, SafeTensors.read(path));
    }

    /** Reads what would be in a file. @param place for messages */
    static SafeTensors open(Path place, byte[] file) throws ModelFileException {
        return checked(place, SafeTensors.of(place, file));
    }

    private static SafeTensors checked(Path path, SafeTensors file) throws ModelFileException {
        Map<String, String> metadata = file.metadata();
        if (!FORMAT.equals(metadata.get("format"))) {
            throw new ModelFileException(path, 8, "its metadata lacks format = " + FORMAT);
        }
        String version = metadata.getOrDefault("version", "");
        boolean coded = version(file.tensors()) == VERSION_CODED;
        if (!version.equals(Integer.toString(version(file.tensors())))) {
            throw new ModelFileException(
                    path,
                    8,
                    "layout version '" + version + "' with" + (coded ? "" : "out")
                            + " coded weights, this program reads version " + VERSION + " without and "
                            + VERSION_CODED + " with them");
        }
        return file;
    }
}
