package dev.ardm.core.masking.output;

import dev.ardm.core.masking.process.Process;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/**
 * One logit for each value, in the order of {@link Process#leaf}. With depth upscaling this is the data parametrisation of Hoogeboom et al. 2022, section 4: the
 * network always predicts the whole value, and the distribution of a digit follows by adding up, here over intervals of logits,
 * without matrices and without a floor.
 */
public final class Categorical implements LogitOutput {
    private final int[] categories;
    private final int[] offsets;
    private final int outputs;

    /**
     * @param categories one number for all variables, or one for each column of the last axis; then the logits of all columns
     *     are contiguous
     */
    public Categorical(int... categories) {
        this.categories = categories.clone();
        offsets = new int[categories.length];
        int sum = 0;
        for (int i = 0; i < categories.length; i++) {
            offsets[i] = sum;
            sum = Math.addExact(sum, categories[i]);
        }
        outputs = sum;
    }

    @Override
    public void write(ObjectNode definition) {
        // Members with default values are left out.
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public int first(int position, int stage, int least) {
        return offsets[offsets.length == 1 ? 0 : position % offsets.length] + least;
    }

    @Override
    public int perDigit(int digitWidth) {
        return digitWidth;
    }

    @Override
    public void check(Process process) {
        if (!Arrays.equals(categories, process.space().categories())) {
            throw new IllegalArgumentException(
                    "logits for " + Arrays.toString(categories) + " categories do not fit items of " + process.space());
        }
        if (process.unitSize() != 1) {
            throw new IllegalArgumentException("categorical distributions need one variable at a time");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Categorical that && Arrays.equals(categories, that.categories);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(categories);
    }
}
