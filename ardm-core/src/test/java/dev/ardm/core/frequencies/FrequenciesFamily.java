package dev.ardm.core.frequencies;

import dev.ardm.core.Space;
import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.model.ModelContent;
import dev.ardm.core.model.ModelFamily;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.Plan;

/** Reads models of independent variables. */
public final class FrequenciesFamily implements ModelFamily {
    static final String KIND = "frequencies";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public FrequenciesModel read(ModelContent content) throws ModelFileException {
        Space space = DefinitionJson.space(content.definition());
        int precision = content.definition().path("precision").asInt(-1);
        float[] counts = content.tensor(FrequenciesModel.COUNTS, space.dimensions(), space.maxCategories());
        int items = content.entry(FrequenciesModel.COUNTED)
                .map(node -> node.path("items").asInt(0))
                .orElse(0);
        return new FrequenciesModel(
                space, precision, DefinitionJson.data(content.definition()), counts, items, content.provenance());
    }

    @Override
    public Plan readPlan(byte[] bytes, int values) {
        return FrequenciesPlan.of(bytes);
    }
}
