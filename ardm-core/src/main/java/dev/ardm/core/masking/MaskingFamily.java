package dev.ardm.core.masking;

import dev.ardm.core.counts.CountsFamily;
import dev.ardm.core.counts.NextValueCounts;
import dev.ardm.core.counts.row.RowCountsFamily;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.plan.CallCurve;
import dev.ardm.core.masking.plan.LossComponentsJson;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelContent;
import dev.ardm.core.model.ModelFamilies;
import dev.ardm.core.model.ModelFamily;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.Plan;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.core.network.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Masking models: order-agnostic, depth upscaling, and the autoregressive baselines. Their definitions name no family. */
public final class MaskingFamily implements ModelFamily {
    static final String SCHEDULES = "schedules";
    static final String LOSS_COMPONENTS = "loss_components";
    static final String LENGTHS = "lengths";
    static final String SCHEDULE_COSTS = "schedule_costs";

    /** The families of counts that can tell a network of values. */
    private static final ModelFamilies COUNTS = new ModelFamilies(List.of(new CountsFamily(), new RowCountsFamily()));

    /** A process has at most 16 stages: 16 binary digits of 2^16 values. */
    private static final int MOST_STAGES = 16;

    @Override
    public String kind() {
        return "masking";
    }

    @Override
    public MaskingModel read(ModelContent content) throws ModelFileException {
        MaskingDefinition definition =
                MaskingDefinition.read(content.definition()).withCounts(counts(content));
        content.requireUnderstood(definition.json()); // before tensors, whose shapes an unknown member may change
        Network network = definition.buildNetwork();
        int steps = network.process().steps();
        Map<String, float[]> weights = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            for (Parameter parameter : layer.parameters()) {
                weights.put(parameter.name(), content.tensor(parameter.name(), parameter.shape()));
            }
        }
        Map<Integer, Schedule> schedules =
                content.entry(SCHEDULES).map(node -> schedules(node, steps)).orElse(Map.of());
        int[] lengths = content.entry(LENGTHS)
                .map(node -> DefinitionJson.ints("the lengths of items", node))
                .orElse(new int[0]);
        MaskingModel model = new MaskingModel(definition, new Weights(weights), schedules, content.provenance())
                .withLengths(lengths)
                .withScheduleCosts(
                        content.entry(SCHEDULE_COSTS).map(CallCurve::read).orElse(null));
        return content.entry(LOSS_COMPONENTS)
                .map(curve -> model.withLossComponents(LossComponentsJson.read(curve, steps)))
                .orElse(model);
    }

    private static @Nullable NextValueCounts counts(ModelContent content) throws ModelFileException {
        if (!content.definition().has(MaskingDefinition.COUNTS)) {
            return null;
        }
        Model counts = COUNTS.read(content.part(MaskingDefinition.COUNTS));
        if (counts instanceof NextValueCounts told) {
            return told;
        }
        throw new IllegalStateException("not a model of counts");
    }

    /** By the most calls that each may take. */
    private static Map<Integer, Schedule> schedules(JsonNode node, int steps) {
        Map<Integer, Schedule> schedules = new TreeMap<>();
        for (var entry : DefinitionJson.members(SCHEDULES, node)) {
            int calls = CallCurve.calls(entry.getKey());
            int[] starts = DefinitionJson.ints("the schedule of " + calls + " calls", entry.getValue());
            schedules.put(calls, Schedule.of(starts, steps));
        }
        return schedules;
    }

    /** {@inheritDoc} The total number of steps is a guess. */
    @Override
    public Plan readPlan(byte[] bytes, int values) {
        return MaskingPlan.fromBytes(bytes, Math.multiplyExact(MOST_STAGES, values));
    }
}
