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
        CountsForm form = CountsForm.of(content.definition().path("form").asString(""));
        float[] values =
                content.tensor(form.text(), content.definition().path("bytes").asInt(-1));
        byte[] bytes = new byte[values.length];
        for (int k = 0; k < bytes.length; k++) {
            bytes[k] = (byte) values[k];
        }
        int symbols =
                form == CountsForm.PRIMER ? content.definition().path("symbols").asInt(-1) : 0;
        return new CountsModel(
                DefinitionJson.space(content.definition()),
                DefinitionJson.data(content.definition()),
                new CountsLearning.Stored(form, bytes, symbols, null),
                content.provenance());
    }

    @Override
    public Plan readPlan(byte[] bytes, int values) {
        return CountsLikelihood.PLAN.read(bytes);
    }
}
