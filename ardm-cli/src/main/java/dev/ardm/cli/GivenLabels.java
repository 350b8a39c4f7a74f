package dev.ardm.cli;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.model.Estimate;
import dev.ardm.data.ItemSet;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** Items by their labels, each scored by the model given its label. */
final class GivenLabels {
    private final SortedMap<Integer, List<int[]>> groups;

    private GivenLabels(SortedMap<Integer, List<int[]>> groups) {
        this.groups = groups;
    }

    /** The items of a set; those without a label are a group of their own. */
    static GivenLabels of(ItemSet set) {
        SortedMap<Integer, List<int[]>> groups = new TreeMap<>();
        for (int i = 0; i < set.size(); i++) {
            groups.computeIfAbsent(set.label(i), label -> new ArrayList<>()).add(set.item(i));
        }
        return new GivenLabels(groups);
    }

    /** Number of items. */
    int size() {
        return groups.values().stream().mapToInt(List::size).sum();
    }

    /** Measures some items. */
    interface Estimator {
        /**
         * @param given the model given the label of the items, or none
         * @param progress told how many of all items are done
         */
        Estimate measure(ArdmModel given, List<int[]> items, long seed, IntConsumer progress);
    }

    /** The estimate over all items, with its standard error. */
    Estimate measure(ArdmModel model, long seed, IntConsumer progress, Estimator estimator) {
        if (groups.isEmpty()) {
            return estimator.measure(model, List.of(), seed, progress);
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
            estimates.add(estimator.measure(
                    labelled ? model.labelled(label) : model, items, own, done -> progress.accept(start + done)));
            before[0] += items.size();
        });
        return Estimate.pooled(estimates);
    }
}
