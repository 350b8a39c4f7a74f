package dev.ardm.core.masking;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.masking.call.Call;
import dev.ardm.core.masking.call.FixedPolicy;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.window.EndedWindows;
import dev.ardm.core.masking.window.SequenceWindow;
import dev.ardm.core.model.ItemScorer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** Codes and scores records of any length that contain their end. The windows of a record are known when it is encoded, so each is one evaluation. */
final class EndedRecords extends NetworkRecords implements ItemScorer {
    private final Space space;
    private final Process process;
    private final int end;
    private final EndedWindows windows;
    private final MaskingPlan plan;
    private final Order order;
    private final WindowCalls calls;

    /** @param evaluator of items with their end */
    EndedRecords(Evaluator evaluator) {
        super(evaluator);
        this.space = evaluator.model().space();
        this.process = evaluator.process();
        this.end = space.maxCategories();
        this.windows = new EndedWindows(process.space().dimensions());
        this.plan = MaskingPlan.natural(Schedule.full(process.steps()));
        this.calls = new WindowCalls(evaluator, plan, 0);
        this.order = calls.order();
    }

    /** The items with their ends. */
    private List<Item> ended(Stream<int[]> records) {
        return records.map(values -> {
                    space.checkValues(values);
                    int[] ended = Arrays.copyOf(values, values.length + 1);
                    ended[values.length] = end;
                    return Item.of(ended);
                })
                .toList();
    }

    private void parts(List<Item> ended, Consumer<WindowCalls.Part> receiver) {
        for (int n = 0; n < ended.size(); n++) {
            int[] values = ended.get(n).values();
            for (int w = 0; w < windows.count(values.length); w++) {
                SequenceWindow window = windows.of(values.length, w);
                int start = window.start();
                boolean[] known = new boolean[window.to()];
                Arrays.fill(known, 0, window.from(), true);
                FixedPolicy policy =
                        FixedPolicy.of(process.ofLength(known.length), plan, order, known, window.generated());
                int[] symbols = new int[policy.calls()];
                Arrays.setAll(symbols, call -> calls.symbols((long) start + window.from() + call));
                int[] item = Arrays.copyOfRange(values, start, start + window.to());
                receiver.accept(new WindowCalls.Part(n, item, policy, symbols, unit -> start + unit));
            }
        }
    }

    @Override
    public List<Symbols> encode(List<int[]> records, IntConsumer progress) {
        List<Item> ended = ended(records.stream());
        long all = ended.stream()
                .mapToLong(item -> windows.count(item.values().length))
                .sum();
        IntConsumer done = window -> progress.accept((int) (window * (long) ended.size() / all));
        return Arrays.stream(calls.intervals(ended, done, this::parts))
                .<Symbols>map(intervals -> intervals::push)
                .toList();
    }

    /** {@inheritDoc} The last unit is the end. */
    @Override
    public List<double[]> unitBits(List<Item> items, IntConsumer progress) {
        return calls.unitBits(ended(items.stream().map(Item::values)), progress, this::parts);
    }

    @Override
    public long windows(int length, int[] shape) {
        return windows.count(length + 1);
    }

    /** An item that goes on after a beginning until its end. */
    EndedWalk walk(Generation generation, int[] beginning) {
        return new EndedWalk(generation, windows, end, beginning);
    }

    @Override
    Growing begin(Generation generation, int most) {
        EndedWalk record = walk(generation, new int[0]);
        return new Growing() {
            @Override
            public Walk walk() {
                return record.walk();
            }

            @Override
            public boolean decode(Call call, AnsStack stack) throws DamagedException {
                int value = record.decide(call, (distribution, symbol) -> WindowCalls.pop(stack, distribution));
                if (value != end && record.count() > most) {
                    throw WindowCalls.damaged("an item does not end after " + most + " values");
                }
                return value != end;
            }

            @Override
            public int[] values() {
                return record.values();
            }
        };
    }
}
