package dev.ardm.core.model;

import dev.ardm.core.Item;
import java.util.List;
import java.util.function.IntConsumer;

/** Measures the likelihood of items in one of the ways that a model has. */
public interface Estimator {
    /** The kind that bounds the likelihood from above, or estimates it, at little cost. */
    String BOUND = "bound";

    /** The kind that measures exactly what a coder pays by the plan. */
    String PLAN = "order_and_schedule";

    /** What it is called in options and in JSON, such as {@code bound}. */
    String kind();

    /** Network calls that it spends on each item; on an item of another size than the model's, on each window at most. */
    int calls();

    /**
     * Measures items.
     *
     * @param seed of whatever is random in it
     * @param progress receives how many items or windows are done; called from any thread
     * @throws IllegalArgumentException if an item is outside the model's space
     */
    Estimate measure(List<Item> items, long seed, IntConsumer progress);

    /** The same with values of the model's space. */
    default Estimate measureValues(List<int[]> values, long seed, IntConsumer progress) {
        return measure(values.stream().map(Item::of).toList(), seed, progress);
    }
}
