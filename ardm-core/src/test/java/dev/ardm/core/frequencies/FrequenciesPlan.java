package dev.ardm.core.frequencies;

import dev.ardm.core.model.Plan;
import java.util.Arrays;

/** The only way to generate independent variables: all at once. */
enum FrequenciesPlan implements Plan {
    AT_ONCE;

    private static final byte[] BYTES = {'f'};

    static FrequenciesPlan of(byte[] bytes) {
        if (!Arrays.equals(bytes, BYTES)) {
            throw new IllegalArgumentException("not a plan for independent variables");
        }
        return AT_ONCE;
    }

    static void require(Plan plan) {
        if (plan != AT_ONCE) {
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
        return "at once";
    }
}
