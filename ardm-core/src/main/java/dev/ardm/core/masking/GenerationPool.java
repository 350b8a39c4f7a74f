package dev.ardm.core.masking;

import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.engine.UnconditionalCache;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The generations of a model given a label. Those of one thread are used again, so that decoding one item after another does not
 * allocate their arrays anew. Safe for use by several threads.
 */
final class GenerationPool {
    private static final int MOST_IDLE = 8;

    private final MaskingModel model;
    private final ItemEngine engine;
    private final int label;
    private final UnconditionalCache unconditional = new UnconditionalCache();
    private final BlockingQueue<Generation> idle = new ArrayBlockingQueue<>(MOST_IDLE);

    /**
     * @param label what everything is generated given, or {@link dev.ardm.core.masking.network.NetworkInput#UNLABELLED}
     */
    GenerationPool(MaskingModel model, ItemEngine engine, int label) {
        this.model = model;
        this.engine = engine;
        this.label = label;
    }

    /** Another pool of the model, given a label. */
    GenerationPool given(int other) {
        return new GenerationPool(model, engine, other);
    }

    MaskingModel model() {
        return model;
    }

    int label() {
        return label;
    }

    UnconditionalCache unconditional() {
        return unconditional;
    }

    /** A generation that evaluates on that many threads; closing it gives it back. */
    Generation take(int threads) {
        Generation kept = threads == 1 ? idle.poll() : null;
        return kept != null ? kept : new Generation(model, engine, threads, this);
    }

    /**
     * Takes back a generation of one thread.
     *
     * @return whether it is kept
     */
    boolean keep(Generation generation) {
        return idle.offer(generation);
    }
}
