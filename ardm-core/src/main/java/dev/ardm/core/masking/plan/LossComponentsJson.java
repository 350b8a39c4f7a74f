package dev.ardm.core.masking.plan;

import dev.ardm.core.model.DefinitionJson;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Loss components as JSON in a model file: the observed steps, with L_t and its standard error in bits and the number of
 * observations; steps between are interpolated again. Unknown errors are null.
 */
public final class LossComponentsJson {
    private static final Set<String> MEMBERS =
            Set.of("stages", "steps", "bits", "standard_errors", "counts", "total_standard_error");

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
        DefinitionJson.requireMembers("loss_components", node, MEMBERS);
        int stages = node.path("stages").isInt() ? node.path("stages").intValue() : 0;
        if (stages < 1 || steps % stages != 0) {
            throw new IllegalArgumentException("loss components of " + stages + " stages for " + steps + " steps");
        }
        return LossComponents.interpolated(
                stages,
                steps / stages,
                DefinitionJson.ints("steps", node.path("steps")),
                doubles("bits", node),
                doubles("standard_errors", node),
                DefinitionJson.ints("counts", node.path("counts")),
                node.has("total_standard_error") ? number(node.path("total_standard_error")) : Double.NaN);
    }

    private static double[] doubles(String name, JsonNode node) {
        return node.path(name)
                .valueStream()
                .mapToDouble(value -> value.isNull() ? Double.NaN : number(value))
                .toArray();
    }

    private static double number(JsonNode value) {
        if (!value.isNumber()) {
            throw new IllegalArgumentException(
                    "loss_components has " + DefinitionJson.shortened(value.toString()) + " among its numbers");
        }
        return value.doubleValue();
    }
}
