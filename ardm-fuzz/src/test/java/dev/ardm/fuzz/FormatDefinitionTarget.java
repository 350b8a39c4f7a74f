package dev.ardm.fuzz;

import dev.ardm.data.DataException;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.DataFormats;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The definition of a data format, which a model file holds. */
final class FormatDefinitionTarget implements FuzzTarget {
    @Override
    public String name() {
        return "format-definition";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(DataException.class);
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        JsonNode definition;
        try {
            definition = JsonMapper.shared().readTree(input);
        } catch (JacksonException e) {
            throw new DataException("no JSON: " + e.getOriginalMessage(), e);
        }
        DataFormat format = DataFormats.read(definition);
        PropertyViolation.unless(format.definition().equals(definition.toString()), "a definition has one spelling");
        PropertyViolation.unless(format.space().dimensions() > 0, "a format has a space");
    }
}
