package dev.ardm.core.model;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.DamagedException;
import dev.ardm.core.plan.Order;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.plan.Schedule;
import dev.ardm.core.process.Process;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Codes and decodes items side by side, each in a stream of its own, on the threads of a model. */
final class ItemStreams {
    private final ArdmModel model;
    private final Process process;
    private final Order order;
    private final Schedule schedule;

    /**
     * @throws IllegalArgumentException if the plan does not fit, or the model is conditional
     */
    ItemStreams(ArdmModel model, Plan plan) {
        model.requireUnconditional();
        this.model = model;
        this.process = model.process();
        this.order = plan.order(process);
        this.schedule = plan.schedule();
    }

    /** See {@link LikelihoodModel#encode}. */
    List<byte[]> encode(List<int[]> items, IntConsumer progress) {
        items.forEach(process.space()::check);
        int[] symbols = new int[items.size()];
        try (Generation sizes = model.generation(1)) {
            Arrays.fill(symbols, sizes.symbolsBefore(process.steps()));
        }
        SymbolIntervals intervals = new SymbolIntervals(symbols);
        DocumentWindow.Task task = new DocumentWindow.Task(new boolean[process.units()], order, schedule);
        model.forEachCall(
                items.size(),
                schedule,
                progress,
                (generation, index, call) -> intervals.note(
                        generation,
                        task,
                        items.get(index),
                        call,
                        index,
                        generation.symbolsBefore(schedule.start(call))));
        return intervals.encode(n -> CheckedStream.checkOf(items.get(n)));
    }

    /** See {@link LikelihoodModel#decode}. */
    List<Optional<int[]>> decode(List<byte[]> streams, IntConsumer progress) {
        return model.map(streams.size(), progress, (generation, index) -> {
            byte[] bytes = streams.get(index);
            try {
                AnsStack stack = CheckedStream.open(bytes, 0, bytes.length);
                int[] item = new int[process.space().dimensions()];
                generation.walk(
                        item,
                        new boolean[process.units()],
                        order,
                        schedule,
                        (distribution, symbol) -> stack.pop(distribution));
                CheckedStream.close(stack, CheckedStream.checkOf(item));
                return Optional.of(item);
            } catch (DamagedException e) {
                return Optional.empty();
            }
        });
    }
}
