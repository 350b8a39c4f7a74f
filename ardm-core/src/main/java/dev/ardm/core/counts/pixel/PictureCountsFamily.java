package dev.ardm.core.counts.pixel;

import dev.ardm.core.counts.internal.PrimerModel.Stored;
import dev.ardm.core.model.ModelContent;
import dev.ardm.core.model.ModelFamily;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.Plan;

/** Reads models of counts of pictures of any size. */
public final class PictureCountsFamily implements ModelFamily {
    static final String KIND = "picture-counts";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public PictureCountsModel read(ModelContent content) throws ModelFileException {
        return new PictureCountsModel(Stored.of(content, KIND, PictureCountsModel.VERSION), null);
    }

    @Override
    public Plan readPlan(byte[] bytes, int values) {
        return PictureLikelihood.PLAN.read(bytes);
    }
}
