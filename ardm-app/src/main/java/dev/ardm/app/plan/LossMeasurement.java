package dev.ardm.app.plan;

import dev.ardm.app.Listener;
import dev.ardm.core.masking.CallCosts;
import dev.ardm.core.masking.plan.LossComponentEstimator;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.LikelihoodModel;
import java.util.List;
import java.util.stream.IntStream;

/** Measures the loss components L_t of a model (Hoogeboom et al. 2022, section 3.1) on a grid of steps. */
public final class LossMeasurement {
    /** Stages of at most that many steps are measured at all of them. */
    private static final int ALL_STEPS = 128;

    private LossMeasurement() {}

    /** Steps of each stage that are measured if nothing else is asked for. */
    public static int usualGrid(int units) {
        return Math.min(units, ALL_STEPS);
    }

    /**
     * The steps of all stages at which the curve is measured: all, or that many of each stage, from its first on, the denser the
     * earlier, because the curve bends at its start and early groups are small. A sparse grid stops half an interval before
     * the end: the very last steps are means over one or two units, and their noise would stand for a whole interval.
     *
     * @param points at least 2 unless a stage has one step only; no more than a stage has steps are used
     */
    public static int[] grid(int stages, int units, int points) {
        int count = Math.min(points, units);
        int[] ofStage = new int[count];
        for (int i = 1; i < count; i++) {
            int quadratic = (int) ((units - 1) * 4L * i * i / ((2L * count - 1) * (2L * count - 1)));
            ofStage[i] = Math.max(quadratic, ofStage[i - 1] + 1);
        }
        return IntStream.range(0, stages)
                .flatMap(stage -> IntStream.of(ofStage).map(t -> stage * units + t))
                .toArray();
    }

    /** Observes every item at every step of a grid, each time in another random order. */
    public static LossComponentEstimator measure(
            LikelihoodModel likelihood, List<int[]> items, int[] steps, long seed, Listener listener) {
        CallCosts costs = CallCosts.of(likelihood);
        Process process = costs.process();
        LossComponentEstimator estimator = new LossComponentEstimator(process.stages(), process.generatedUnits());
        double[][] bits;
        try (Listener.Task progress = listener.begin("loss components", steps.length)) {
            bits = costs.inRandomOrders(items, steps, seed, progress);
        }
        for (int i = 0; i < steps.length; i++) {
            for (int item = 0; item < items.size(); item++) {
                // What is nearly certain may come out a rounding error below zero.
                estimator.observe(item, steps[i], Math.max(0, bits[i][item]));
            }
        }
        return estimator;
    }
}
