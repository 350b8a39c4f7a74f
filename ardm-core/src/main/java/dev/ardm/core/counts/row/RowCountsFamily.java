package dev.ardm.core.counts.row;

import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.model.ModelContent;
import dev.ardm.core.model.ModelFamily;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.Plan;

/** Reads models of counts of rows. */
public final class RowCountsFamily implements ModelFamily {
    static final String KIND = "row-counts";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public RowCountsModel read(ModelContent content) throws ModelFileException {
        int version = content.definition().path("version").asInt(-1);
        if (version != RowCountsModel.VERSION) {
            throw new IllegalArgumentException("needs version " + version
                    + " of the predictor of rows by counts, this program knows " + RowCountsModel.VERSION);
        }
        int bytes = content.definition().path("primer").asInt(-1);
        float[] values = content.tensor(RowCountsModel.PRIMER, bytes);
        byte[] primer = new byte[values.length];
        for (int k = 0; k < primer.length; k++) {
            primer[k] = (byte) values[k];
        }
        return new RowCountsModel(
                DefinitionJson.space(content.definition()),
                DefinitionJson.data(content.definition()),
                content.definition().path("rows").asInt(-1),
                primer,
                content.provenance(),
                null);
    }

    @Override
    public Plan readPlan(byte[] bytes, int values) {
        return RowPlan.of(bytes);
    }
}
