package dev.ardm.fuzz;

import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.SafeTensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The JSON texts in a model file, in one that is sound otherwise. Lines of the input are {@code definition}, {@code schedules},
 * {@code loss_components}, {@code provenance} and {@code schedule_costs}; an empty or missing line leaves that of {@link TinyModel} as it is.
 */
final class ModelMetadataTarget implements FuzzTarget {
    private static final String[] ENTRIES = {
        "definition", "schedules", "loss_components", "provenance", "schedule_costs"
    };

    private final SafeTensors sound;

    ModelMetadataTarget() {
        try (Scratch scratch = new Scratch()) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            MaskingModel model = TinyModel.model();
            ModelFile.write(model, SafeTensors.Type.F32, file);
            sound = SafeTensors.read(scratch.file("tiny.safetensors", file.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "model-metadata";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(ModelFileException.class);
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", -1);
        Map<String, String> metadata = new LinkedHashMap<>(sound.metadata());
        for (int i = 0; i < Math.min(ENTRIES.length, lines.length); i++) {
            if (!lines[i].isBlank()) {
                metadata.put(ENTRIES[i], lines[i]);
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        new SafeTensors(metadata, sound.tensors()).write(file);
        MaskingModel.of(Models.read(scratch.file("model.safetensors", file.toByteArray())));
    }
}
