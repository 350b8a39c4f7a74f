package dev.ardm.core.counts.internal;

import dev.ardm.core.model.Plan;

/**
 * The only plan of a kind of model: one value after the other, in an order that is the model's own.
 *
 * @param code the byte that says it
 * @param description in words
 */
public record SinglePlan(char code, String description) implements Plan {
    /**
     * Reads the plan.
     *
     * @throws IllegalArgumentException if the bytes are another plan
     */
    public SinglePlan read(byte[] bytes) {
        if (bytes.length != 1 || bytes[0] != code) {
            throw new IllegalArgumentException("not a plan for this kind of model");
        }
        return this;
    }

    /** Refuses another plan. */
    public void require(Plan plan) {
        if (!equals(plan)) {
            throw new IllegalArgumentException("a plan of another kind of model: " + plan.describe());
        }
    }

    @Override
    public byte[] toBytes() {
        return new byte[] {(byte) code};
    }

    @Override
    public int calls() {
        return 1;
    }

    @Override
    public String describe() {
        return description;
    }
}
