package dev.ardm.core.masking.engine;

import dev.ardm.core.engine.Piece;

/** A network call: a computation of an engine, and what its values mean. */
public interface Evaluation extends Piece {
    /**
     * The network's outputs for the units of the call, one unit after the other. Called once, after {@link #run}.
     *
     * @param values what the computation gave
     */
    float[] outputs(float[] values);
}
