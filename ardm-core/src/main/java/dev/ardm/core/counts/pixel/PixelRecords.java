package dev.ardm.core.counts.pixel;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.core.counts.internal.ItemPredictor;
import dev.ardm.core.decision.StackReader;
import dev.ardm.core.decision.StackWriter;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.RecordCoder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Codes images as records: all have the values of the space, so none needs an end. */
record PixelRecords(PixelLikelihood model, LearntImages<PixelPredictor> learnt) implements RecordCoder {
    @Override
    public int learntCount() {
        return learnt.count();
    }

    @Override
    public int[] learnt(int number) {
        return learnt.image(number);
    }

    @Override
    public List<Symbols> encode(List<int[]> records, IntConsumer progress) {
        return model.all(records.size(), progress, (predictor, k) -> {
            int[] values = records.get(k);
            model.space().check(values);
            StackWriter writer = new StackWriter();
            predictor.code(position -> writer, values.clone());
            writer.trim();
            return writer::copy;
        });
    }

    @Override
    public List<Optional<int[][]>> decode(List<RecordGroup> groups, IntConsumer progress) {
        AtomicInteger done = new AtomicInteger();
        return model.all(groups.size(), LikelihoodModel.NO_PROGRESS, (predictor, k) -> {
            RecordGroup group = groups.get(k);
            Optional<int[][]> records = decoded(predictor, group);
            progress.accept(done.addAndGet(group.size()));
            return records;
        });
    }

    private Optional<int[][]> decoded(ItemPredictor predictor, RecordGroup group) {
        byte[] stream = Objects.requireNonNull(group.stream());
        try {
            AnsStack stack = CheckedStream.open(stream, 0, stream.length);
            StackReader reader = new StackReader(stack);
            int[][] records = new int[group.size()][model.space().dimensions()];
            for (int[] record : records) {
                predictor.code(position -> reader, record);
            }
            CheckedStream.close(stack, CheckedStream.checkOf(group.sides(), records));
            return Optional.of(records);
        } catch (DamagedException e) {
            return Optional.empty(); // The caller names the item and the place.
        }
    }
}
