package dev.ardm.core.model;

import dev.ardm.core.Item;
import java.util.List;
import java.util.function.IntConsumer;

/** Measures the likelihood of items by one method. */
public interface Estimator {
    /** The kind that estimates the negative log-likelihood, or an upper bound of it, at little cost. */
    String BOUND = "bound";

    /** The kind that measures the exact cost of coding by the plan. */
    String PLAN = "order_and_schedule";

    /** Its name in options and JSON, such as {@code bound}. */
    String kind();

    /** Network calls per item; for items of another size than the model's, the most per window. */
    int calls();

    /**
     * Measures items.
     *
     * @param seed of its random draws
     * @param progress receives how many items or windows are done; called from any thread
     * @throws IllegalArgumentException if an item is outside the model's space
     */
    Estimate measure(List<Item> items, long seed, IntConsumer progress);

    /** The same with values of the model's space. */
    default Estimate measureValues(List<int[]> values, long seed, IntConsumer progress) {
        return measure(values.stream().map(Item::of).toList(), seed, progress);
    }
}
