package dev.ardm.core.counts.internal;

import dev.ardm.core.engine.Parallel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Threads, each with a predictor of its own. */
public final class Lanes {
    private Lanes() {}

    /** Makes one result of an item, with what a thread has. */
    public interface Task<P, R> {
        R run(P own, int item);
    }

    private record Lane<P>(P own) implements AutoCloseable {
        @Override
        public void close() {}
    }

    /**
     * Runs a task for each item.
     *
     * @param threads at least 1
     * @param predictors makes what a thread has
     * @param progress receives how many items are done; called from any thread
     */
    public static <P, R> List<R> map(
            int threads, Supplier<P> predictors, int count, IntConsumer progress, Task<P, R> task) {
        AtomicInteger done = new AtomicInteger();
        IntFunction<Lane<P>> lanes = ignored -> new Lane<>(predictors.get());
        return Parallel.map(threads, count, lanes, (lane, k) -> {
            R result = task.run(lane.own, k);
            progress.accept(done.incrementAndGet());
            return result;
        });
    }
}
