package dev.ardm.core.masking;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.RecordCoder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Codes items of a causal network as records: all have the values of the space, so none needs an end. Groups are decoded side by side. */
final class CausalRecords implements RecordCoder {
    private final Evaluator evaluator;
    private final Process process;
    private final FixedPolicy policy;

    /** @param plan of sequential calls */
    CausalRecords(Evaluator evaluator, MaskingPlan plan) {
        this.evaluator = evaluator;
        this.process = evaluator.process();
        this.policy = FixedPolicy.of(process, plan);
    }

    @Override
    public int learntCount() {
        return 0;
    }

    @Override
    public int[] learnt(int number) {
        throw new IndexOutOfBoundsException("a network contains no items");
    }

    @Override
    public List<Symbols> encode(List<int[]> records, IntConsumer progress) {
        records.forEach(process.space()::check);
        return evaluator.map(records.size(), progress, (generation, k) -> {
            int[] values = records.get(k).clone();
            SymbolIntervals intervals = new SymbolIntervals(policy.steps() * generation.symbols(0));
            int[] begin = {0};
            for (int number = 0; number < generation.evaluations(policy); number++) {
                int first = generation.firstSymbol(policy, begin, number);
                generation.evaluation(values, policy, number).code(values, intervals.from(first));
            }
            return intervals::push;
        });
    }

    @Override
    public List<Optional<int[][]>> decode(List<RecordGroup> groups, IntConsumer progress) {
        AtomicInteger done = new AtomicInteger();
        return evaluator.inGroups(
                groups.size(),
                (generation, from, to) -> SideBySide.all(groups.subList(from, to).stream()
                        .map(group -> new Decoding(generation, group, () -> progress.accept(done.incrementAndGet())))
                        .toList()));
    }

    /** The decoding of a group, record by record. */
    private final class Decoding extends SideBySide<int[][]> {
        private final Generation generation;
        private final RecordGroup group;
        private final Runnable recordDone;
        private final int[][] records;
        private int index;
        private @Nullable AnsStack stack;
        private @Nullable Walk walk;

        Decoding(Generation generation, RecordGroup group, Runnable recordDone) {
            this.generation = generation;
            this.group = group;
            this.recordDone = recordDone;
            records = new int[group.size()][process.space().dimensions()];
        }

        @Override
        int[][] decoded() {
            return records;
        }

        @Override
        Walk walk() {
            return Objects.requireNonNull(walk);
        }

        @Override
        boolean open() throws DamagedException {
            byte[] stream = Objects.requireNonNull(group.stream());
            stack = CheckedStream.open(stream, 0, stream.length);
            return begin();
        }

        /** Begins with the next record, if there is one; else the stream must end as it should. */
        private boolean begin() throws DamagedException {
            if (index == records.length) {
                CheckedStream.close(Objects.requireNonNull(stack), CheckedStream.checkOf(group.sides(), records));
                return false;
            }
            walk = generation.walk(records[index], policy);
            return true;
        }

        @Override
        boolean decode(Call call) throws DamagedException {
            AnsStack from = Objects.requireNonNull(stack);
            walk().decide(call, (distribution, symbol) -> WindowCalls.pop(from, distribution));
            if (walk().more()) {
                return true;
            }
            recordDone.run();
            index++;
            return begin();
        }
    }
}
