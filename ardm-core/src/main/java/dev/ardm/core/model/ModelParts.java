package dev.ardm.core.model;

import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.model.SafeTensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Models inside a model file of several. The name of a part is a member of the definition, with the part's own definition, and the
 * beginning of the names of its tensors and entries: {@code NAME.weight}, {@code NAME.schedules}. Its id and provenance are such
 * entries too, so that a part is found, checked and written on its own as if it were a file.
 */
public final class ModelParts {
    private static final String ID = ".id";
    private static final String PROVENANCE = "provenance";

    private ModelParts() {}

    /** The tensors of a part, as the whole names them. */
    public static Map<String, Tensor> tensors(String part, Model model) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        model.tensors().forEach((name, tensor) -> tensors.put(part + "." + name, tensor));
        return tensors;
    }

    /** The entries of a part, as the whole names them. */
    public static Map<String, String> entries(String part, Model model) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(part + ID, model.idText());
        model.entries().forEach((name, value) -> entries.put(part + "." + name, value));
        entries.put(part + "." + PROVENANCE, DefinitionJson.JSON.writeValueAsString(new TreeMap<>(model.provenance())));
        return entries;
    }

    /** A part as a file of its own; nothing of it is checked. */
    static SafeTensors of(SafeTensors file, String part, JsonNode definition) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", ModelFile.FORMAT);
        metadata.put("id", file.metadata().getOrDefault(part + ID, ""));
        metadata.put("definition", DefinitionJson.JSON.writeValueAsString(definition.path(part)));
        String prefix = part + ".";
        file.metadata().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                metadata.putIfAbsent(name.substring(prefix.length()), value);
            }
        });
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        file.tensors().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                tensors.put(name.substring(prefix.length()), tensor);
            }
        });
        metadata.put("version", Integer.toString(ModelFile.version(tensors)));
        return new SafeTensors(metadata, tensors);
    }

    /**
     * The ids that a model file states: its own, and those of its parts; see {@link ModelFile#statedId}.
     *
     * @return SHA-256 in hexadecimal; empty if the file states that it is not a model
     * @throws ModelFileException if it does not begin as a safetensors file
     */
    public static Set<String> statedIds(Path path) throws IOException {
        return statedIds(SafeTensors.readMetadata(path));
    }

    private static Set<String> statedIds(Map<String, String> metadata) {
        Set<String> ids = new LinkedHashSet<>();
        if (ModelFile.FORMAT.equals(metadata.get("format"))) {
            metadata.forEach((name, value) -> {
                if (name.equals("id") || name.endsWith(ID)) {
                    ids.add(value);
                }
            });
        }
        return ids;
    }

    /**
     * The part of a file that has an id, as a file of its own.
     *
     * @param id in hexadecimal
     * @return empty if the file is one of a single model, or has no such part
     * @throws ModelFileException if it is not a model file of this version
     */
    public static Optional<SafeTensors> find(Path path, String id) throws IOException {
        for (Map.Entry<String, String> entry : SafeTensors.readMetadata(path).entrySet()) {
            String name = entry.getKey();
            if (name.endsWith(ID) && entry.getValue().equals(id)) {
                SafeTensors file = ModelFile.open(path);
                String part = name.substring(0, name.length() - ID.length());
                try {
                    return Optional.of(of(file, part, new ModelContent(path, file).definition()));
                } catch (JacksonException e) {
                    throw new ModelFileException(path, 8, "malformed metadata: " + e.getOriginalMessage());
                }
            }
        }
        return Optional.empty();
    }

    /** How many bytes the model of an id takes as a file of its own: those of its part, otherwise of the whole file. */
    public static long size(Path path, String id) throws IOException {
        Optional<SafeTensors> part = find(path, id);
        if (part.isEmpty()) {
            return Files.size(path);
        }
        Counted counted = new Counted();
        part.get().write(counted);
        return counted.bytes();
    }

    /**
     * Writes the model of an id to a file of its own: its part, or the whole file where it is of a single model.
     *
     * @param replace whether a file that exists may be replaced
     */
    public static void save(Path path, String id, Path target, boolean replace) throws IOException {
        Optional<SafeTensors> part = find(path, id);
        AtomicFile.write(target, replace, to -> {
            if (part.isPresent()) {
                part.get().write(to);
            } else {
                Files.copy(path, to);
            }
        });
    }
}
