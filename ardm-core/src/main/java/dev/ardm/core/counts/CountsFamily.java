package dev.ardm.core.counts;

import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.model.ModelContent;
import dev.ardm.core.model.ModelFamily;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.Plan;

/** Reads models of counts. */
public final class CountsFamily implements ModelFamily {
    static final String KIND = "counts";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public CountsModel read(ModelContent content) throws ModelFileException {
        int version = content.definition().path("version").asInt(-1);
        if (version != CountsModel.VERSION) {
            throw new IllegalArgumentException("needs version " + version
                    + " of the predictor by counts, this program knows " + CountsModel.VERSION);
        }
        int bytes = content.definition().path("primer").asInt(-1);
        float[] values = content.tensor(CountsModel.PRIMER, bytes);
        byte[] primer = new byte[values.length];
        for (int k = 0; k < primer.length; k++) {
            primer[k] = (byte) values[k];
        }
        return new CountsModel(
                DefinitionJson.space(content.definition()),
                DefinitionJson.data(content.definition()),
                content.definition().path("symbols").asInt(-1),
                primer,
                content.provenance(),
                null);
    }

    @Override
    public Plan readPlan(byte[] bytes, int values) {
        return LeftToRight.of(bytes);
    }
}
