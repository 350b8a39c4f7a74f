package dev.ardm.core.masking;

import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.engine.UnconditionalCache;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Process;
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
    private final Seen seen;
    private final UnconditionalCache unconditional = new UnconditionalCache();
    private final BlockingQueue<Generation> idle = new ArrayBlockingQueue<>(MOST_IDLE);

    /**
     * @param label what everything is generated given, or {@link dev.ardm.core.masking.network.NetworkInput#UNLABELLED}
     */
    GenerationPool(MaskingModel model, ItemEngine engine, int label) {
        this(
                model,
                engine,
                label,
                new Seen(
                        model.process(),
                        model.network().output(),
                        model.network().ends()));
    }

    private GenerationPool(MaskingModel model, ItemEngine engine, int label, Seen seen) {
        this.model = model;
        this.engine = engine;
        this.label = label;
        this.seen = seen;
    }

    /**
     * What a generation makes of a network's outputs.
     *
     * @param process of the items
     * @param output what the first of the outputs of each unit mean
     * @param ends whether items may be shorter than the space
     */
    record Seen(Process process, OutputDistribution output, boolean ends) {}

    /**
     * Another pool of a model of items that contain their end, for items that do not: they have all values but the end, in proportion to
     * their probabilities.
     */
    GenerationPool withoutEnd() {
        Process values = model.process().on(model.space());
        return new GenerationPool(model, engine, label, new Seen(values, OutputDistribution.of(values), true));
    }

    Seen seen() {
        return seen;
    }

    /** Another pool of the model, given a label. */
    GenerationPool given(int other) {
        return new GenerationPool(model, engine, other, seen);
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
