package dev.ardm.core.engine;

import dev.ardm.core.network.Ops;

/** A computation in terms of a network's operations: the evaluation of a network on an input, or of a part of one. */
public interface Piece {
    /** Its result. It reads its input now, on this thread. */
    <T> T run(Ops<T> ops);
}
