package dev.ardm.core.masking;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.core.counts.NextValueCounts;
import dev.ardm.core.masking.call.Call;
import dev.ardm.core.model.RecordCoder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Codes items of a causal network as records. Groups are decoded side by side, each record by record. */
abstract class NetworkRecords implements RecordCoder {
    private final Evaluator evaluator;
    private final List<int[]> learnt;

    NetworkRecords(Evaluator evaluator) {
        this.evaluator = evaluator;
        NextValueCounts counts = evaluator.model().definition().counts();
        learnt = counts == null ? List.of() : counts.learntItems();
    }

    /** A record that is being decoded. */
    interface Growing {
        /** Its next call. */
        Walk walk();

        /** Decodes what a call decides; whether more is left. */
        boolean decode(Call call, AnsStack stack) throws DamagedException;

        /** Its values, when nothing is left. */
        int[] values();
    }

    /**
     * Begins to decode a record.
     *
     * @param most values that it may have
     */
    abstract Growing begin(Generation generation, int most);

    /** {@inheritDoc} A network contains none, the counts that it works with may. */
    @Override
    public final int learntCount() {
        return learnt.size();
    }

    @Override
    public final int[] learnt(int number) {
        return learnt.get(number).clone();
    }

    @Override
    public final List<Optional<int[][]>> decode(List<RecordGroup> groups, IntConsumer progress) {
        AtomicInteger done = new AtomicInteger();
        return evaluator.inGroups(
                groups.size(),
                (generation, from, to) -> SideBySide.all(groups.subList(from, to).stream()
                        .map(group -> new Decoding(generation, group, () -> progress.accept(done.incrementAndGet())))
                        .toList()));
    }

    /** The decoding of a group. */
    private final class Decoding extends SideBySide<int[][]> {
        private final Generation generation;
        private final RecordGroup group;
        private final Runnable recordDone;
        private final int[][] records;
        private int index;
        private @Nullable AnsStack stack;
        private @Nullable Growing record;

        Decoding(Generation generation, RecordGroup group, Runnable recordDone) {
            this.generation = generation;
            this.group = group;
            this.recordDone = recordDone;
            records = new int[group.size()][];
        }

        @Override
        int[][] decoded() {
            return records;
        }

        @Override
        Walk walk() {
            return Objects.requireNonNull(record).walk();
        }

        @Override
        boolean open() throws DamagedException {
            byte[] stream = Objects.requireNonNull(group.stream());
            stack = CheckedStream.open(stream, 0, stream.length);
            return next();
        }

        /** Begins with the next record, if there is one; else the stream must end as it should. */
        private boolean next() throws DamagedException {
            if (index == records.length) {
                CheckedStream.close(Objects.requireNonNull(stack), CheckedStream.checkOf(group.sides(), records));
                return false;
            }
            record = begin(generation, group.most());
            return true;
        }

        @Override
        boolean decode(Call call) throws DamagedException {
            Growing now = Objects.requireNonNull(record);
            if (now.decode(call, Objects.requireNonNull(stack))) {
                return true;
            }
            records[index++] = now.values();
            recordDone.run();
            return next();
        }
    }
}
