package dev.ardm.core.masking.output;

import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One logit for each value of each stage's digit: the direct parametrisation of depth upscaling (Hoogeboom et al. 2022,
 * section 4).
 *
 * @param stages number of stages
 * @param branching values of a digit
 */
public record Digits(int stages, int branching) implements LogitOutput {
    /** Checks the size. */
    public Digits {
        if (stages < 1 || branching < 2) {
            throw new IllegalArgumentException("digits of " + stages + " stages in base " + branching);
        }
    }

    static Digits read(JsonNode json) {
        return new Digits(json.path("stages").asInt(0), json.path("branching").asInt(0));
    }

    @Override
    public void write(ObjectNode definition) {
        ObjectNode json = definition.putObject("output");
        json.put("kind", "digits");
        json.put("stages", stages);
        json.put("branching", branching);
    }

    @Override
    public int outputs() {
        return Math.multiplyExact(stages, branching);
    }

    @Override
    public int first(int position, int stage, int least) {
        return stage * branching;
    }

    @Override
    public int perDigit(int digitWidth) {
        return 1;
    }

    @Override
    public void check(Process process) {
        if (!(process instanceof Upscale upscale) || upscale.stages() != stages || upscale.branching() != branching) {
            throw new IllegalArgumentException("logits of digits need depth upscaling with the same branching");
        }
    }
}
