package dev.ardm.core.counts.internal;

import dev.ardm.core.engine.Parallel;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Threads, each with a predictor of its own. A few predictors are kept for the next call, since making one costs more than a short item. Safe for use
 * by several threads.
 *
 * @param <P> what a thread has
 */
public final class Lanes<P> {
    private static final int MOST_IDLE = 8;

    private final Supplier<P> predictors;
    private final BlockingQueue<P> idle;

    /** @param predictors makes what a thread has */
    public Lanes(Supplier<P> predictors) {
        this.predictors = predictors;
        this.idle = new ArrayBlockingQueue<>(MOST_IDLE);
    }

    /** Makes one result of an item, with what a thread has. */
    public interface Task<P, R> {
        R run(P own, int item);
    }

    /** What one thread has for one call. */
    private final class Lane implements AutoCloseable {
        private final P own;
        private boolean whole = true;

        Lane() {
            P kept = idle.poll();
            own = kept != null ? kept : predictors.get();
        }

        <R> R run(Task<P, R> task, int item) {
            whole = false;
            R result = task.run(own, item);
            whole = true;
            return result;
        }

        /** Keeps it, unless a failure left it in the middle of an item. */
        @Override
        public void close() {
            if (whole) {
                idle.offer(own);
            }
        }
    }

    /**
     * Runs a task for each item.
     *
     * @param threads at least 1
     * @param progress receives how many items are done; called from any thread
     */
    public <R> List<R> map(int threads, int count, IntConsumer progress, Task<P, R> task) {
        AtomicInteger done = new AtomicInteger();
        IntFunction<Lane> lanes = ignored -> new Lane();
        return Parallel.map(threads, count, lanes, (lane, k) -> {
            R result = lane.run(task, k);
            progress.accept(done.incrementAndGet());
            return result;
        });
    }
}
