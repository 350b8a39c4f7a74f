package dev.ardm.app.train;

import dev.ardm.app.Listener;
import dev.ardm.app.data.TrainingData;
import dev.ardm.core.Space;
import dev.ardm.core.counts.ChosenItems;
import dev.ardm.core.counts.CountsOptions;
import dev.ardm.core.counts.NextValueCounts;
import dev.ardm.core.family.CountsModels;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.network.CountLogs;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Splits;
import dev.ardm.train.CountedItems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Learns the counts that tell a network how likely each value is, so that it learns only what they do not know. In training it is told what
 * counts say that did not learn the item: of few values, those of other folds; of many, those of another part of the items, of which the
 * network sees nothing.
 *
 * @param counts for the network while it is trained; null if there are none
 * @param split items for the network, with counts that did not learn them
 * @param complete counts of all items, those held out too, for the finished model; null if there are none
 */
record NetworkCounts(
        @Nullable NextValueCounts counts,
        Splits.Split split,
        @Nullable NextValueCounts complete) {
    /** Of more values than this, folds would take longer to count than they gain. */
    private static final long MOST_FOLDED = 1 << 21;

    private static final int FOLDS = 8;

    /** Of many values, the network gets one item of so many. */
    private static final int EVERY = 4;

    /** Bytes of counts in a model file, unless another number is asked for: they are ready within a second. */
    private static final int USUAL_BYTES = 2 << 20;

    /** None: the network learns the items alone. */
    static NetworkCounts none(Splits.Split split) {
        return new NetworkCounts(null, split, null);
    }

    /** A definition of a network with the counts. */
    MaskingDefinition in(MaskingDefinition definition) {
        return counts == null ? definition : definition.withCounts(counts);
    }

    /**
     * Learns them.
     *
     * @param definition of a network that needs them, of any size
     * @param bytes the most that they take in the model file; 0 for the usual number
     */
    static NetworkCounts learn(
            MaskingDefinition definition, TrainingData data, Splits.Split split, int bytes, Listener listener) {
        Space space = data.format().space();
        ItemSet training = split.training();
        long values = 0;
        for (int k = 0; k < training.size(); k++) {
            values += training.length(k);
        }
        boolean folded = values <= MOST_FOLDED;
        int parts = folded ? FOLDS : EVERY;
        boolean rows = CountsModels.ofOneSize(space, data.format().layout());
        CountsOptions options = new CountsOptions(Optional.empty(), rows ? 0 : bytes == 0 ? USUAL_BYTES : bytes);
        List<NextValueCounts> learnt = new ArrayList<>();
        try (Listener.Task progress = listener.begin("count", folded ? FOLDS + 2 : 3)) {
            for (int part = 0; part < (folded ? FOLDS : 1); part++) {
                int fold = folded ? part : EVERY - 1;
                learnt.add(learn(space, data, training, k -> k % parts != fold, options));
                progress.accept(part + 1);
            }
            NextValueCounts all = folded ? learn(space, data, training, k -> true, options) : learnt.get(0);
            progress.accept(learnt.size() + 1);
            NextValueCounts complete = folded ? learn(space, data, data.items(), k -> true, options) : all;
            progress.accept(learnt.size() + 2);
            List<CountLogs> logs = learnt.stream()
                    .map(counts -> new CountLogs(counts, definition.process().space()))
                    .toList();
            ItemSet own = folded
                    ? training
                    : training.subset(IntStream.range(0, training.size())
                            .filter(k -> k % EVERY == EVERY - 1)
                            .toArray());
            return new NetworkCounts(
                    all,
                    new Splits.Split(
                            new CountedItems(own, logs),
                            new CountedItems(
                                    split.validation(),
                                    List.of(new CountLogs(
                                            all, definition.process().space())))),
                    complete);
        }
    }

    private static NextValueCounts learn(
            Space space, TrainingData data, ItemSet items, LongPredicate which, CountsOptions options) {
        Iterable<int[]> all = () -> IntStream.range(0, items.size())
                .mapToObj(k -> outside(space, items.present(k)))
                .iterator();
        return CountsModels.learnNextValues(space, data.format().layout(), ChosenItems.of(all, which), options);
    }

    /** An item without its end, which is a value of items that contain it. */
    private static int[] outside(Space space, int[] item) {
        return item.length > 0 && item[item.length - 1] == space.maxCategories()
                ? Arrays.copyOf(item, item.length - 1)
                : item;
    }
}
