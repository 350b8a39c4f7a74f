package dev.ardm.core.masking.process;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The part of an item that a network sees, and the part that it must predict.
 *
 * @param stage the stage of the generation, from 0 on
 * @param known flag of each variable: known as precisely as this stage makes it
 * @param predicted flag of each unit: a target of the loss; at least one is
 * @param order units in the order of generation, for networks that need it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Corruption(int stage, boolean[] known, boolean[] predicted, int @Nullable [] order) {
    /** The same without the first units as targets. */
    public Corruption after(int units) {
        if (units == 0) {
            return this;
        }
        boolean[] later = predicted.clone();
        Arrays.fill(later, 0, units, false);
        return new Corruption(stage, known, later, order);
    }

    /** Number of units to predict. */
    public int count() {
        int count = 0;
        for (boolean flag : predicted) {
            count += flag ? 1 : 0;
        }
        return count;
    }
}
