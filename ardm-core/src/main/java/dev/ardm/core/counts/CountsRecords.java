package dev.ardm.core.counts;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.RecordCoder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Codes records with the symbol that ends an item. */
record CountsRecords(CountsLikelihood model, List<int[]> items) implements RecordCoder {
    @Override
    public int learntCount() {
        return items.size();
    }

    @Override
    public int[] learnt(int number) {
        return items.get(number);
    }

    @Override
    public List<Symbols> encode(List<int[]> records, IntConsumer progress) {
        return model.each(true, records.size(), progress, (predictor, k) -> {
            int[] values = records.get(k);
            CountsModel.requireValues(model.space(), values);
            StackWriter writer = new StackWriter();
            predictor.write(writer, values, false);
            writer.trim();
            return writer::copy;
        });
    }

    @Override
    public List<Optional<int[][]>> decode(List<RecordGroup> groups, IntConsumer progress) {
        AtomicInteger done = new AtomicInteger();
        return model.each(true, groups.size(), LikelihoodModel.NO_PROGRESS, (predictor, k) -> {
            RecordGroup group = groups.get(k);
            Optional<int[][]> records = decoded(predictor, group);
            progress.accept(done.addAndGet(group.size()));
            return records;
        });
    }

    private static Optional<int[][]> decoded(SymbolPredictor predictor, RecordGroup group) {
        byte[] stream = Objects.requireNonNull(group.stream());
        try {
            AnsStack stack = CheckedStream.open(stream, 0, stream.length);
            StackReader reader = StackReader.checked(stack);
            int[][] records = new int[group.size()][];
            for (int i = 0; i < records.length; i++) {
                records[i] = predictor.read(reader, group.most(), false);
            }
            CheckedStream.close(stack, CheckedStream.checkOf(group.sides(), records));
            return Optional.of(records);
        } catch (DamagedException | StackReader.ExhaustedException e) {
            return Optional.empty(); // The caller names the item and the place.
        }
    }
}
