package dev.ardm.train;

import dev.ardm.core.network.Weights;
import java.io.IOException;

/** Hears how training goes. */
public interface TrainingListener {
    /**
     * A step was taken.
     *
     * @param fraction of the whole training, in [0, 1]
     * @param bitsPerDimension the step's own noisy estimate of the bound on training data
     */
    default void onStep(long step, double fraction, double bitsPerDimension) {}

    /**
     * Fewer or more threads are at work from now on, because steps are faster with that many.
     *
     * @param most of how many
     */
    default void onThreads(int threads, int most) {}

    /**
     * A report is due.
     *
     * @param averaged the averaged weights, as they would ship now
     */
    default void onReport(TrainingReport report, Weights averaged) throws IOException {}
}
