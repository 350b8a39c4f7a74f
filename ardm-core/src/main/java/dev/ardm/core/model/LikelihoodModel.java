package dev.ardm.core.model;

import dev.ardm.coding.ArchivedItem;
import dev.ardm.coding.Codec;
import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Item;
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
    /** What distinguishes it from every other model: 32 bytes, see {@link Model#id}. */
    byte[] id();

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

    /**
     * A coder of items.
     *
     * @throws IllegalArgumentException if the layout or the plan does not fit, or the model is conditional: an archive does not
     *     keep the condition
     */
    ItemCoder coder(Plan plan, ItemLayout layout);

    /** The streams of values of the space, see {@link ItemCoder#encode}. */
    default List<byte[]> encode(List<int[]> values, Plan plan, IntConsumer progress) {
        return coder(plan, ItemLayout.VALUES)
                .encode(values.stream().map(Item::of).toList(), progress);
    }

    /** The values of the space that streams hold, see {@link ItemCoder#decode}. */
    default List<Optional<int[]>> decode(List<byte[]> streams, Plan plan, IntConsumer progress) {
        int length = space().dimensions();
        return coder(plan, ItemLayout.VALUES)
                .decode(
                        streams.stream()
                                .map(stream -> ArchivedItem.coded(new byte[0], new int[0], length, stream))
                                .toList(),
                        progress);
    }

    /** A scorer of items; errors as those of {@link #coder}. */
    ItemScorer scorer(Plan plan, ItemLayout layout);
}
