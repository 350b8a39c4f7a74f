package dev.ardm.core.model;

import dev.ardm.coding.Codec;
import dev.ardm.core.Space;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.process.Process;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * What every verb of ardm needs of a model. Items are given and returned as {@code int[]} of the model's space; nothing
 * returned depends on the number of threads, or on what else is in a list.
 */
public interface LikelihoodModel {
    /** What it is defined on. */
    Space space();

    /** This model on the thread that calls it and no other; itself where that is so already. */
    default LikelihoodModel onOneThread() {
        return this;
    }

    /** How items are generated. */
    Process process();

    /** The best plan of at most so many network calls. */
    Plan plan(int calls);

    /** Hears how many items of a long call are done; called from any thread. */
    IntConsumer NO_PROGRESS = done -> {};

    /**
     * Monte-Carlo estimate of the order-agnostic bound (Hoogeboom et al. 2022, equation 3): for each item and pass one
     * random step and order. An upper bound in expectation; noisy, cheap.
     */
    Estimate bound(List<int[]> items, int passes, long seed, IntConsumer progress);

    /** Exact negative log-likelihood under one order, one variable per network call: as many calls as variables. */
    Estimate exactForOrder(List<int[]> items, Plan order, IntConsumer progress);

    /** Exact negative log-likelihood under one order and schedule: what a coder with this plan pays. */
    Estimate exactForPlan(List<int[]> items, Plan plan, IntConsumer progress);

    /** New items, replayable from the seed on any machine; item k depends on the seed and k only. */
    List<int[]> sample(int count, Plan plan, long seed, IntConsumer progress);

    /**
     * Items with what is unknown drawn from the model given what is known.
     *
     * @param known for each item D flags, true = known
     * @param schedule of the full number of steps; scaled to the number of unknown variables
     */
    List<int[]> fill(List<int[]> items, List<boolean[]> known, Plan plan, long seed, IntConsumer progress);

    /** A codec for single items; for one thread. */
    Codec<int[]> codec(Plan plan);

    /** Self-contained checked streams of items, each of which decodes alone. */
    List<byte[]> encode(List<int[]> items, Plan plan, IntConsumer progress);

    /**
     * Decodes streams; one that does not decode, or whose check fails, gives an empty result.
     *
     * @param streams what {@link #encode} returned
     */
    List<Optional<int[]>> decode(List<byte[]> streams, Plan plan, IntConsumer progress);

    /**
     * A coder of documents: items that have something beside their values, or sequences of any length if the space has one
     * axis.
     *
     * @param context the least number of values that are known at the start of every window but the first, in [0, D)
     * @param restingValue what fills the window of a document of fewer than D values
     */
    DocumentCoder documentCoder(Plan plan, int context, int restingValue);

    /**
     * A coder of images of any size.
     *
     * @param context the least number of pixels by which neighbouring windows overlap, in [0, min(H, W))
     * @param restingValue what fills the window of an image that is smaller
     * @throws IllegalArgumentException if one of them is out of range, the plan does not fit, or the model is conditional,
     *     autoregressive or none of images
     */
    ImageCoder imageCoder(Plan plan, int context, int restingValue);
}
