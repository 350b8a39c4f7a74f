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
     * @throws IllegalArgumentException if there are no items, or one is outside the model's space
     */
    Estimate measure(List<Item> items, long seed, IntConsumer progress);

    /**
     * The exact cost by a scorer, of a model that has one plan and no network.
     *
     * @param description of the method
     */
    static Estimator exact(ItemScorer scorer, String description) {
        return new Estimator() {
            @Override
            public String kind() {
                return PLAN;
            }

            @Override
            public int calls() {
                return 1;
            }

            @Override
            public Estimate measure(List<Item> items, long seed, IntConsumer progress) {
                require(items, progress);
                double[] bits = scorer.unitBits(items, progress).stream()
                        .mapToDouble(Estimate::total)
                        .toArray();
                int[] dimensions =
                        items.stream().mapToInt(item -> item.values().length).toArray();
                return Estimate.ofSizes(description, bits, dimensions, 1);
            }
        };
    }

    /**
     * Refuses what nothing can be estimated of.
     *
     * @throws IllegalArgumentException if there are no items
     * @throws NullPointerException if an item or the receiver of progress is null
     */
    static void require(List<Item> items, IntConsumer progress) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("an estimate needs at least one item");
        }
        LikelihoodModel.requireProgress(progress);
        for (int k = 0; k < items.size(); k++) {
            if (items.get(k) == null) {
                throw new NullPointerException("item " + k + " is null");
            }
        }
    }

    /** The same with values of the model's space. */
    default Estimate measureValues(List<int[]> values, long seed, IntConsumer progress) {
        return measure(values.stream().map(Item::of).toList(), seed, progress);
    }
}
