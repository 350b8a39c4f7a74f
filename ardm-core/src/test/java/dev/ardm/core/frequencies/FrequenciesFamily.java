package dev.ardm.core.frequencies;

import dev.ardm.core.Space;
import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.model.ModelContent;
import dev.ardm.core.model.ModelFamily;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.Plan;
import java.util.Set;
import tools.jackson.databind.JsonNode;

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
                .map(FrequenciesFamily::items)
                .orElse(0);
        return new FrequenciesModel(
                space, precision, DefinitionJson.data(content.definition()), counts, items, content.provenance());
    }

    private static int items(JsonNode counted) {
        DefinitionJson.requireMembers(FrequenciesModel.COUNTED, counted, Set.of("items"));
        return counted.path("items").intValue(); // refuses anything but an integer
    }

    @Override
    public Plan readPlan(byte[] bytes, int values) {
        return FrequenciesPlan.of(bytes);
    }
}
