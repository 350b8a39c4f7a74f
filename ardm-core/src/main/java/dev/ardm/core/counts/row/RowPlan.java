package dev.ardm.core.counts.row;

import dev.ardm.core.model.Plan;
import java.util.Arrays;

/** The plan of every model of counts of rows: one column after the other, without a network. */
enum RowPlan implements Plan {
    PLAN;

    private static final byte[] BYTES = {'r'};

    /**
     * Reads the plan.
     *
     * @throws IllegalArgumentException if the bytes are another plan
     */
    static RowPlan of(byte[] bytes) {
        if (!Arrays.equals(bytes, BYTES)) {
            throw new IllegalArgumentException("not a plan for a model of counts of rows");
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
        return "column by column";
    }
}
