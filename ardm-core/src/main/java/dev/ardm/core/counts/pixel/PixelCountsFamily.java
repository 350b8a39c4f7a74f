package dev.ardm.core.counts.pixel;

import dev.ardm.core.counts.internal.PrimerModel.Stored;
import dev.ardm.core.model.ModelContent;
import dev.ardm.core.model.ModelFamily;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.Plan;

/** Reads models of counts of images. */
public final class PixelCountsFamily implements ModelFamily {
    static final String KIND = "pixel-counts";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public PixelCountsModel read(ModelContent content) throws ModelFileException {
        return new PixelCountsModel(Stored.of(content, KIND, PixelCountsModel.VERSION), null);
    }

    @Override
    public Plan readPlan(byte[] bytes, int values) {
        return PixelLikelihood.PLAN.read(bytes);
    }
}
