package dev.ardm.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Runs independent tasks on several threads, each thread with its own context. Results do not depend on the number of
 * threads, because a task sees nothing but its index and a context without memory.
 */
public final class Parallel {
    private Parallel() {}

    /** A task on a thread's context. */
    public interface Task<C, R> {
        R run(C context, int index) throws Exception;
    }

    /**
     * Results of tasks {@code 0..count-1}, in this order.
     *
     * @param threads number of threads, at least 1
     * @param context makes the context of a thread
     * @throws RuntimeException a failure of a task as it was thrown; checked exceptions come as the cause of an {@link
     *     IllegalStateException}. Tasks that have not begun by then are left out.
     */
    public static <C, R> List<R> map(int threads, int count, Supplier<C> context, Task<C, R> task) {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread is needed, got " + threads);
        }
        Object[] results = new Object[count];
        AtomicInteger next = new AtomicInteger();
        IntFunction<Runnable> worker = unused -> () -> {
            C own = context.get();
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("interrupted");
                }
                try {
                    results[i] = task.run(own, i);
                } catch (RuntimeException e) {
                    next.set(count); // the others finish what they have begun
                    throw e;
                } catch (Exception e) {
                    next.set(count);
                    throw new IllegalStateException(e.getMessage(), e);
                }
            }
        };
        int used = Math.min(threads, count);
        if (used <= 1) {
            worker.apply(0).run();
        } else {
            runAll(used, worker);
        }
        List<R> out = new ArrayList<>(count);
        for (Object result : results) {
            @SuppressWarnings("unchecked")
            R typed = (R) result;
            out.add(typed);
        }
        return out;
    }

    private static void runAll(int threads, IntFunction<Runnable> worker) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, runnable -> {
            Thread thread = new Thread(runnable, "ardm-worker");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                futures.add(pool.submit(worker.apply(t)));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
