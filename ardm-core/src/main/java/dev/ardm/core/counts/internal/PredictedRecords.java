package dev.ardm.core.counts.internal;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.core.decision.StackWriter;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.RecordCoder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * Codes records by a model of counts, whose predictors tell where one ends.
 *
 * @param <P> what a thread codes records with
 * @param model whose records they are
 * @param lanes threads that code records
 * @param learntCount number of items that the model contains
 * @param items the values of each
 */
record PredictedRecords<P>(SinglePlanLikelihood<P> model, Lanes<P> lanes, int learntCount, IntFunction<int[]> items)
        implements RecordCoder {
    @Override
    public int[] learnt(int number) {
        return items.apply(number);
    }

    @Override
    public List<Symbols> encode(List<int[]> records, IntConsumer progress) {
        return lanes.map(model.threads(), records.size(), progress, (predictor, k) -> {
            StackWriter writer = model.written(predictor, records.get(k), ItemLayout.RECORDS);
            writer.trim();
            return writer::copy;
        });
    }

    @Override
    public List<Optional<int[][]>> decode(List<RecordGroup> groups, IntConsumer progress) {
        AtomicInteger done = new AtomicInteger();
        return lanes.map(model.threads(), groups.size(), LikelihoodModel.NO_PROGRESS, (predictor, k) -> {
            RecordGroup group = groups.get(k);
            Optional<int[][]> records = decoded(predictor, group);
            progress.accept(done.addAndGet(group.size()));
            return records;
        });
    }

    private Optional<int[][]> decoded(P predictor, RecordGroup group) {
        byte[] stream = Objects.requireNonNull(group.stream());
        try {
            AnsStack stack = CheckedStream.open(stream, 0, stream.length);
            int[][] records = new int[group.size()][];
            for (int i = 0; i < records.length; i++) {
                records[i] = model.values(predictor, stack, group.most());
            }
            CheckedStream.close(stack, CheckedStream.checkOf(group.sides(), records));
            return Optional.of(records);
        } catch (DamagedException e) {
            return Optional.empty(); // The caller names the item and the place.
        }
    }
}
