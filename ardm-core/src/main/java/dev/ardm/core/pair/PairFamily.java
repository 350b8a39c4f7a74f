package dev.ardm.core.pair;

import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelContent;
import dev.ardm.core.model.ModelFamilies;
import dev.ardm.core.model.ModelFamily;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.Plan;

/**
 * Reads pairs.
 *
 * @param families of the parts; no pairs
 */
public record PairFamily(ModelFamilies families) implements ModelFamily {
    static final String KIND = "pair";

    /** @throws IllegalArgumentException if a part may be a pair */
    public PairFamily {
        if (families.all().stream().anyMatch(family -> family.kind().equals(KIND))) {
            throw new IllegalArgumentException("a part of a pair is no pair");
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public PairModel read(ModelContent content) throws ModelFileException {
        return new PairModel(
                this, part(content, PairModel.STORING), part(content, PairModel.FILLING), content.provenance());
    }

    private Model part(ModelContent content, String name) throws ModelFileException {
        var definition = content.definition().path(name);
        if (!definition.isObject()) {
            throw new IllegalArgumentException("a pair without its part '" + name + "'");
        }
        if (definition.path("family").asString("").equals(KIND)) {
            throw new IllegalArgumentException("the part '" + name + "' of the pair is a pair again");
        }
        try {
            return families.read(content.part(name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the part '" + name + "': " + e.getMessage(), e);
        }
    }

    /** {@inheritDoc} Of no archive: these have plans of one part. */
    @Override
    public Plan readPlan(byte[] bytes, int values) {
        throw new IllegalArgumentException("a plan of a pair is read with its model");
    }
}
