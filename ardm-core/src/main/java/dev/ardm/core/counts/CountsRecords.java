package dev.ardm.core.counts;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.core.decision.StackReader;
import dev.ardm.core.decision.StackWriter;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.RecordCoder;
import java.util.Arrays;
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
            int[][] records = new int[group.size()][];
            for (int i = 0; i < records.length; i++) {
                records[i] = read(predictor, stack, group.most(), true);
            }
            CheckedStream.close(stack, CheckedStream.checkOf(group.sides(), records));
            return Optional.of(records);
        } catch (DamagedException e) {
            return Optional.empty(); // The caller names the item and the place.
        }
    }

    /**
     * Reads the values of an item of a checked stream.
     *
     * @param claimed the number of values; of an item that ends by itself the most
     * @throws DamagedException if the stream ends too early, or the item too late
     */
    static int[] read(SymbolPredictor predictor, AnsStack stack, int claimed, boolean ends) throws DamagedException {
        StackReader reader = new StackReader(stack);
        int[] values = new int[Math.min(claimed, 64)];
        predictor.begin();
        for (int i = 0; i < claimed || ends; i++) {
            // No writer leaves a smaller head than it began with.
            if (stack.words() == 0 && stack.head() < 1 << CheckedStream.MIN_CHECK_BITS) {
                throw DamagedException.inStream(0, "the stream ends too early");
            }
            int symbol = predictor.code(reader, 0, false);
            if (symbol == SymbolPredictor.END) {
                return Arrays.copyOf(values, i);
            }
            if (i == claimed) {
                throw DamagedException.inStream(0, "an item does not end after " + claimed + " values");
            }
            if (i == values.length) {
                values = Arrays.copyOf(values, (int) Math.min(claimed, 2L * i));
            }
            values[i] = symbol;
        }
        return values;
    }
}
