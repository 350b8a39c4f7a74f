package dev.ardm.app.train;

import dev.ardm.app.weights.WeightStorage;
import dev.ardm.train.TrainingSettings;
import org.jspecify.annotations.Nullable;

/**
 * How long a run trains, first with weights as they are, and in the rest of its time with rounded ones.
 *
 * @param rounded the length of the second part; null if there is none
 */
record Lengths(TrainingSettings first, @Nullable TrainingSettings rounded) {
    /** Of a run. Measured: as much as training on would give, and two thirds of what rounding loses. */
    private static final double ROUNDED = 0.15;

    /** In less, rounded weights do not become better. */
    private static final int LEAST_STEPS = 200;

    private static final double LEAST_MINUTES = 0.5;

    static Lengths of(RunOptions options) {
        TrainingSettings all = options.settings();
        if (options.stored().kind() != WeightStorage.Kind.CODED
                || all.steps() > 0 && all.steps() < LEAST_STEPS
                || all.steps() == 0 && all.minutes() < LEAST_MINUTES) {
            return new Lengths(all, null);
        }
        TrainingSettings rounded = all.part(ROUNDED);
        return new Lengths(
                all.steps() > 0 ? all.withLength(all.steps() - rounded.steps(), 0) : all.part(1 - ROUNDED), rounded);
    }
}
