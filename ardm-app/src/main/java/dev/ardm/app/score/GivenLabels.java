package dev.ardm.app.score;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.model.Condition;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.ItemSet;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Items by their labels, each scored by the model given its label. */
public final class GivenLabels {
    private final SortedMap<Integer, List<int[]>> groups;

    private GivenLabels(SortedMap<Integer, List<int[]>> groups) {
        this.groups = groups;
    }

    /**
     * The items of a set; those without a label are a group of their own.
     *
     * @param ends whether without values that only fill them: for models with {@link LikelihoodModel#ends}
     */
    public static GivenLabels of(ItemSet set, boolean ends) {
        SortedMap<Integer, List<int[]>> groups = new TreeMap<>();
        for (int i = 0; i < set.size(); i++) {
            groups.computeIfAbsent(set.label(i), label -> new ArrayList<>()).add(ends ? set.present(i) : set.item(i));
        }
        return new GivenLabels(groups);
    }

    /** Number of items. */
    public int size() {
        return groups.values().stream().mapToInt(List::size).sum();
    }

    /**
     * The estimate over all items, with its standard error.
     *
     * @param estimator of the model given the label of some items, or none
     */
    public Estimate measure(
            LikelihoodModel model, long seed, IntConsumer progress, Function<LikelihoodModel, Estimator> estimator) {
        if (groups.isEmpty()) {
            return estimator.apply(model).measure(List.of(), seed, progress);
        }
        List<Estimate> estimates = new ArrayList<>();
        int[] before = {0};
        groups.forEach((label, items) -> {
            int start = before[0];
            boolean labelled = label != ItemSet.UNLABELLED;
            // Groups must not share their draws: their errors would not be independent.
            long own = labelled
                    ? RandomStream.of(seed, Purpose.EVALUATION, -2L - label).nextLong()
                    : seed;
            LikelihoodModel given = labelled ? model.given(Condition.label(label)) : model;
            estimates.add(estimator.apply(given).measureValues(items, own, done -> progress.accept(start + done)));
            before[0] += items.size();
        });
        return Estimate.pooled(estimates);
    }
}
