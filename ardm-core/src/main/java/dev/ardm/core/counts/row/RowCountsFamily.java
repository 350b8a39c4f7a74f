package dev.ardm.core.counts.row;

import dev.ardm.core.counts.internal.PrimerModel.Stored;
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
        return new RowCountsModel(Stored.of(content, KIND, RowCountsModel.VERSION), null);
    }

    @Override
    public Plan readPlan(byte[] bytes, int values) {
        return RowLikelihood.PLAN.read(bytes);
    }
}
