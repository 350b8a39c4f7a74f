package dev.ardm.app.score;

import dev.ardm.app.Listener;
import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.util.List;

/**
 * Measures bits per dimension by every way that a model has.
 *
 * @param passes random draws for each item where a way draws at random
 * @param seed of those draws
 */
public record Evaluation(LikelihoodModel model, Plan plan, int passes, long seed, Listener listener) {
    /** The way that takes a network call for each value. */
    public static final String ONE_BY_ONE = "order";

    /** What the loss components in the model file predict for any items. */
    private static final String PREDICTED = "predicted_for_random_order";

    /** Receives results one after the other. */
    public interface Sink {
        /** @param kind see {@link Estimator#kind} */
        void accept(String kind, Estimate estimate);
    }

    /**
     * Measures items of the model's size, those with labels given their labels.
     *
     * @param labelled whether some have
     * @param oneByOne whether the way that takes a call for each value is used, which is slow
     */
    public void values(GivenLabels items, boolean labelled, boolean oneByOne, Sink sink) {
        boolean full = true;
        for (Estimator estimator : model.estimators(plan, ItemLayout.VALUES, passes)) {
            String kind = estimator.kind();
            full &= !kind.equals(ONE_BY_ONE);
            if (kind.equals(PREDICTED) && !labelled) { // It was measured without labels, on other items.
                sink.accept(kind, estimator.measure(List.of(), seed, LikelihoodModel.NO_PROGRESS));
            } else if (!kind.equals(PREDICTED) && (!kind.equals(ONE_BY_ONE) || oneByOne)) {
                try (Listener.Task task = listener.begin("eval", items.size())) {
                    sink.accept(kind, items.measure(model, seed, task, given -> given.estimator(kind, plan, passes)));
                }
            }
        }
    }

    /** Measures whole items of any size: what a coder pays for them, window by window. */
    public void whole(List<Item> items, ItemLayout layout, String kind, Sink sink) {
        Estimator estimator = model.estimators(plan, layout, passes).get(0);
        try (Listener.Task task = listener.begin("eval", items.size())) {
            sink.accept(kind, estimator.measure(items, seed, task));
        }
    }
}
