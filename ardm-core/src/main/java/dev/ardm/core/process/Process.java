package dev.ardm.core.process;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;

/** What a partly generated item looks like and what is predicted next. */
public interface Process {
    /** The space of the items. */
    Space space();

    /** Number of steps of a whole generation, one variable each. */
    int steps();

    /**
     * Draws the training corruption of one example.
     *
     * @param place where in [0, 1) the example's step lies; a batch spreads its examples evenly over it (stratified
     *     steps), which lowers the variance of the loss
     * @param random the example's own stream
     * @return which variables are known; at least one is not
     */
    boolean[] corrupt(double place, RandomStream random);
}
