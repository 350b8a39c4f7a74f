package dev.ardm.core.masking.plan;

import dev.ardm.core.model.DefinitionJson;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Loss components as JSON in a model file: the observed steps, with L_t and its standard error in bits and the number of
 * observations; steps between are interpolated again. Unknown errors are null.
 */
public final class LossComponentsJson {
    private LossComponentsJson() {}

    public static String write(LossComponents curve) {
        int[] observed = IntStream.range(0, curve.steps())
                .filter(t -> curve.count(t) > 0)
                .toArray();
        boolean enough = hasAllStages(observed, curve) && curve.equals(at(observed, curve));
        int[] steps = enough ? observed : IntStream.range(0, curve.steps()).toArray();
        ObjectNode node = DefinitionJson.JSON.createObjectNode();
        node.put("stages", curve.stages());
        DefinitionJson.putInts(node, "steps", steps);
        ArrayNode bits = node.putArray("bits");
        ArrayNode errors = node.putArray("standard_errors");
        ArrayNode counts = node.putArray("counts");
        for (int t : steps) {
            bits.add(curve.bits(t));
            if (Double.isNaN(curve.standardError(t))) {
                errors.addNull();
            } else {
                errors.add(curve.standardError(t));
            }
            counts.add(curve.count(t));
        }
        if (!Double.isNaN(curve.totalStandardError())) {
            node.put("total_standard_error", curve.totalStandardError());
        }
        return DefinitionJson.JSON.writeValueAsString(node);
    }

    private static boolean hasAllStages(int[] steps, LossComponents curve) {
        return IntStream.of(steps).map(t -> t / curve.units()).distinct().count() == curve.stages();
    }

    private static LossComponents at(int[] steps, LossComponents curve) {
        return LossComponents.interpolated(
                curve.stages(),
                curve.units(),
                steps,
                IntStream.of(steps).mapToDouble(curve::bits).toArray(),
                IntStream.of(steps).mapToDouble(curve::standardError).toArray(),
                IntStream.of(steps).map(curve::count).toArray(),
                curve.totalStandardError());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param steps number of steps of the process
     * @throws IllegalArgumentException if these are not loss components of that number of steps
     */
    public static LossComponents read(JsonNode node, int steps) {
        int stages = node.path("stages").asInt(0);
        if (stages < 1 || steps % stages != 0) {
            throw new IllegalArgumentException("loss components of " + stages + " stages for " + steps + " steps");
        }
        return LossComponents.interpolated(
                stages,
                steps / stages,
                DefinitionJson.ints(node.path("steps")),
                doubles(node.path("bits")),
                doubles(node.path("standard_errors")),
                DefinitionJson.ints(node.path("counts")),
                node.path("total_standard_error").asDouble(Double.NaN));
    }

    private static double[] doubles(JsonNode node) {
        return node.valueStream().mapToDouble(v -> v.asDouble(Double.NaN)).toArray();
    }
}
