package dev.ardm.fuzz;

import dev.ardm.core.family.Models;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.SafeTensors;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Set;

/** A model file. */
final class ModelTarget implements FuzzTarget {
    @Override
    public String name() {
        return "model";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(ModelFileException.class);
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        Path file = scratch.file("model.safetensors", input);
        Model model = Models.read(file);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ModelFile.write(model, SafeTensors.Type.F32, written);
        Model again = Models.read(scratch.file("again.safetensors", written.toByteArray()));
        PropertyViolation.unless(again.idText().equals(model.idText()), "a model that is written is the same model");
        PropertyViolation.unless(again.definitionJson().equals(model.definitionJson()), "its definition is kept");
        PropertyViolation.unless(again.entries().equals(model.entries()), "schedules and other entries are kept");
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        ModelFile.writeCoded(model, coded);
        PropertyViolation.unless(
                Models.read(scratch.file("coded.safetensors", coded.toByteArray()))
                        .idText()
                        .equals(model.idText()),
                "a model of coded weights is the same model");
    }
}
