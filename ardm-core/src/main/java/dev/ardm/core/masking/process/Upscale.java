package dev.ardm.core.masking.process;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Depth upscaling (Hoogeboom et al. 2022, section 4): a value is generated digit by digit in a base, the most significant
 * first; each digit of all variables is a stage, a whole order-agnostic pass. After s of S stages a value x is known as
 * {@code floor(x / b^(S-s)) * b^(S-s)}. Digits that would lead to values that do not exist are not feasible.
 */
public final class Upscale implements Process {
    private final Space space;
    private final int branching;
    private final Given given;
    private final int[] widths;

    /**
     * @param branching b, at least 2: values of a digit
     * @throws IllegalArgumentException if the variables have different numbers of categories
     */
    public Upscale(Space space, int branching, Given given) {
        if (space.categories().length != 1) {
            throw new IllegalArgumentException(
                    "depth upscaling needs one number of categories for all variables, got " + space);
        }
        if (branching < 2) {
            throw new IllegalArgumentException("the branching factor must be at least 2, got " + branching);
        }
        given.check(space.dimensions());
        this.space = space;
        this.branching = branching;
        this.given = given;
        int stages = stages(space.maxCategories(), branching);
        widths = new int[stages + 1];
        widths[stages] = 1;
        for (int stage = stages - 1; stage >= 0; stage--) {
            // The first of them may pass all categories by far; nothing is larger than twice 2^16 times itself.
            widths[stage] = (int) Math.min((long) widths[stage + 1] * branching, 1 << 30);
        }
    }

    /** S = ceil(log_b K), in integers: the least S with b^S at least K. */
    public static int stages(int categories, int branching) {
        int stages = 1;
        for (long reach = branching; reach < categories; reach *= branching) {
            stages++;
        }
        return stages;
    }

    static Upscale read(JsonNode json, Space space, Given given) {
        return new Upscale(space, json.path("branching").asInt(0), given);
    }

    @Override
    public void write(ObjectNode json) {
        json.put("kind", "upscale");
        json.put("branching", branching);
    }

    @Override
    public Space space() {
        return space;
    }

    /** Values of a digit. */
    public int branching() {
        return branching;
    }

    @Override
    public int unitSize() {
        return 1;
    }

    @Override
    public Given given() {
        return given;
    }

    @Override
    public int stages() {
        return widths.length - 1;
    }

    @Override
    public int width(int stagesDone) {
        return widths[stagesDone];
    }

    @Override
    public Upscale on(Space other) {
        return new Upscale(other, branching, given);
    }

    @Override
    public Corruption corrupt(double place, RandomStream random) {
        RandomKnown.checkPlace(place);
        int step = (int) (place * steps());
        return RandomKnown.corruption(this, step / generatedUnits(), step % generatedUnits(), random);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Upscale that
                && space.equals(that.space)
                && branching == that.branching
                && given.equals(that.given);
    }

    @Override
    public int hashCode() {
        return Objects.hash(space, branching, given);
    }
}
