package dev.ardm.core.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Families of models: reads a model file by the family that its definition names.
 *
 * @param all the families, at least one
 */
public record ModelFamilies(List<ModelFamily> all) {
    /** The family of definitions that name none, as all did when there was one. */
    private static final String UNNAMED = "masking";

    /** What messages call a model that is in no file. */
    private static final Path NO_FILE = Path.of("the model");

    /** Copies the list. */
    public ModelFamilies {
        all = List.copyOf(all);
    }

    /**
     * Reads a model file.
     *
     * @throws ModelFileException if the file is not a model of this or an older version, is of a family that is not here, or is damaged
     */
    public Model read(Path path) throws IOException {
        return read(path, ModelFile.open(path));
    }

    /**
     * Reads a model that is not in a file of its own, such as one of the class path; errors as those of {@link #read(Path)}.
     *
     * @param in a model file, read to its end and not closed
     */
    public Model read(InputStream in) throws IOException {
        return read(NO_FILE, ModelFile.open(NO_FILE, in.readAllBytes()));
    }

    Model read(Path path, SafeTensors file) throws ModelFileException {
        try {
            return read(new ModelContent(path, file));
        } catch (JacksonException e) {
            throw new ModelFileException(path, 8, "malformed metadata: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelFileException(path, 8, "malformed definition: " + e.getMessage());
        }
    }

    /**
     * Reads a model of what is in a file or a part of one, with all checks.
     *
     * @throws ModelFileException as {@link #read(Path)}
     * @throws IllegalArgumentException if the definition is malformed, or is of a family that is not here
     */
    public Model read(ModelContent content) throws ModelFileException {
        JsonNode definition = content.definition();
        requireArithmetic(content.path(), definition); // before members that a newer version may write differently
        Model model = of(definition.path("family").asString(UNNAMED)).read(content);
        content.requireUnderstood(model.definitionJson());
        content.requireAllRead();
        String stated = content.statedId();
        if (!stated.equals(model.idText())) {
            throw new ModelFileException(
                    content.path(),
                    8,
                    "damaged: the id of its content is " + model.idText() + ", but it claims " + stated);
        }
        return model;
    }

    private static void requireArithmetic(Path path, JsonNode definition) throws ModelFileException {
        try {
            ArithmeticVersions.require(definition.path("arithmetic").asInt(-1));
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(path, 8, "the model " + e.getMessage());
        }
    }

    private ModelFamily of(String kind) {
        for (ModelFamily family : all) {
            if (family.kind().equals(kind)) {
                return family;
            }
        }
        throw new IllegalArgumentException("a model of the family '" + kind + "', this program knows "
                + all.stream().map(ModelFamily::kind).collect(Collectors.joining(", ")));
    }

    /**
     * Reads a plan without its model, by the first family whose plan it can be.
     *
     * @param values number of values of an item
     * @throws IllegalArgumentException if no family can read it, with the reason of the first
     */
    public Plan readPlan(byte[] bytes, int values) {
        IllegalArgumentException first = null;
        for (ModelFamily family : all) {
            try {
                return family.readPlan(bytes, values);
            } catch (IllegalArgumentException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new IllegalStateException("no families") : first;
    }
}
