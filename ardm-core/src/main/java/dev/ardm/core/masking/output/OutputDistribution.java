package dev.ardm.core.masking.output;

import dev.ardm.core.masking.process.Process;
import java.util.Map;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The meaning of a network's outputs for a unit: the distribution of its values, conditional on the known ones. */
public sealed interface OutputDistribution permits LogitOutput, LogisticMixture {
    /** The kinds by name: how each reads what it wrote. */
    Map<String, BiFunction<JsonNode, Process, OutputDistribution>> KINDS = Map.of(
            "categorical", (json, process) -> of(process),
            "digits", (json, process) -> Digits.read(json),
            "logistic-mixture", (json, process) -> LogisticMixture.read(json));

    /**
     * Reads what {@link #write} wrote; the categorical distribution, if there is nothing.
     *
     * @throws IllegalArgumentException if the kind is unknown
     */
    static OutputDistribution read(JsonNode json, Process process) {
        String kind = json.path("kind").asString("categorical");
        BiFunction<JsonNode, Process, OutputDistribution> reader = KINDS.get(kind);
        if (reader == null) {
            throw new IllegalArgumentException("output distribution '" + kind + "' is not known to this program");
        }
        return reader.apply(json, process);
    }

    /**
     * Writes its kind and parameters as member {@code output} of a definition, nothing for the categorical distribution. This goes into
     * the id of a model, so members and their order stay as they are for ever.
     */
    void write(ObjectNode definition);

    /** Number of network outputs for one unit. */
    int outputs();

    /**
     * Checks that it can be used with a process.
     *
     * @throws IllegalArgumentException if it cannot, saying why
     */
    void check(Process process);

    /** The default of a process: the categorical distribution. */
    static OutputDistribution of(Process process) {
        return new Categorical(process.space().categories());
    }
}
