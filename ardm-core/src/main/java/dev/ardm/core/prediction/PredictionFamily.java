package dev.ardm.core.prediction;

import dev.ardm.core.Space;
import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.model.ModelContent;
import dev.ardm.core.model.ModelFamily;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.Plan;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.core.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads models of signals. */
public final class PredictionFamily implements ModelFamily {
    static final String KIND = "prediction";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public PredictionModel read(ModelContent content) throws ModelFileException {
        int version = content.definition().path("version").asInt(-1);
        if (version != PredictionModel.VERSION) {
            throw new IllegalArgumentException("needs version " + version
                    + " of the predictors of signals, this program knows " + PredictionModel.VERSION);
        }
        Space space = PredictionModel.requireSpace(DefinitionJson.space(content.definition()));
        int channels = content.definition().path("channels").asInt(-1);
        PredictionNetwork network =
                new PredictionNetwork(content.definition().path("width").asInt(-1));
        float[] unused = content.tensor(PredictionModel.UNUSED, SignalScale.sizes(space.maxCategories()));
        Map<String, float[]> weights = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            for (Parameter parameter : layer.parameters()) {
                weights.put(parameter.name(), content.tensor(parameter.name(), parameter.shape()));
            }
        }
        return new PredictionModel(
                space,
                channels,
                network,
                new Weights(weights),
                unused,
                DefinitionJson.data(content.definition()),
                content.provenance());
    }

    @Override
    public Plan readPlan(byte[] bytes, int values) {
        return PredictionLikelihood.PLAN.read(bytes);
    }
}
