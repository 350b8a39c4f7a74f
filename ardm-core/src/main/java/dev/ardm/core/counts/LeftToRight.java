package dev.ardm.core.counts;

import dev.ardm.core.model.Plan;
import java.util.Arrays;

/** The plan of every model of counts: one symbol after the other, without a network. */
enum LeftToRight implements Plan {
    PLAN;

    private static final byte[] BYTES = {'c'};

    /**
     * Reads the plan.
     *
     * @throws IllegalArgumentException if the bytes are another plan
     */
    static LeftToRight of(byte[] bytes) {
        if (!Arrays.equals(bytes, BYTES)) {
            throw new IllegalArgumentException("not a plan for a model of counts");
        }
        return PLAN;
    }

    /** Refuses a plan of another family. */
    static void require(Plan plan) {
        if (plan != PLAN) {
            throw new IllegalArgumentException("a plan of another kind of model: " + plan.describe());
        }
    }

    @Override
    public byte[] toBytes() {
        return BYTES.clone();
    }

    @Override
    public int calls() {
        return 1;
    }

    @Override
    public String describe() {
        return "left to right";
    }
}
