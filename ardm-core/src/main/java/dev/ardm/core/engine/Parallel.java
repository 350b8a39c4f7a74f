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

/**
 * Runs independent tasks on several threads, each with its own context. Results do not depend on the number of
 * threads, because a task sees only its index and a context without memory.
 */
public final class Parallel {
    private Parallel() {}

    /** A task on a thread's context. */
    public interface Task<C, R> {
        R run(C context, int index) throws Exception;
    }

    /**
     * Results of tasks {@code 0..count-1}, in this order. While there are enough tasks, each thread has its own; the last few, fewer than
     * there are threads, share the threads evenly, if their context knows how to use several.
     *
     * @param threads number of threads, at least 1
     * @param context makes the context of a task that may use that many threads; closed at the end
     * @throws RuntimeException the failure of a task as it was thrown; checked exceptions are the cause of an {@link
     *     IllegalStateException}. Tasks that have not begun by then are skipped; those that have begun are waited for.
     */
    public static <C extends AutoCloseable, R> List<R> map(
            int threads, int count, IntFunction<C> context, Task<C, R> task) {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread is needed, got " + threads);
        }
        Object[] results = new Object[count];
        int apart = count / threads * threads;
        run(threads, 1, 0, apart, context, task, results);
        int rest = count - apart;
        if (rest > 0) {
            run(rest, threads / rest, apart, count, context, task, results);
        }
        List<R> out = new ArrayList<>(count);
        for (Object result : results) {
            @SuppressWarnings("unchecked")
            R typed = (R) result;
            out.add(typed);
        }
        return out;
    }

    /** Runs tasks {@code from..end-1} on that many threads, each of which may use that many of its own. */
    private static <C extends AutoCloseable, R> void run(
            int threads, int each, int from, int end, IntFunction<C> context, Task<C, R> task, Object[] results) {
        AtomicInteger next = new AtomicInteger(from);
        Runnable worker = () -> {
            try (C own = context.apply(each)) {
                for (int i = next.getAndIncrement(); i < end; i = next.getAndIncrement()) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new CancellationException("interrupted");
                    }
                    results[i] = task.run(own, i);
                }
            } catch (RuntimeException | Error e) {
                next.set(end); // the others finish what they have begun
                throw e;
            } catch (Exception e) {
                next.set(end);
                throw new IllegalStateException(e.getMessage(), e);
            }
        };
        int used = Math.min(threads, end - from);
        if (used == 1) {
            worker.run();
        } else if (used > 1) {
            runAll(used, worker);
        }
    }

    private static void runAll(int threads, Runnable worker) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, runnable -> {
            Thread thread = new Thread(runnable, "ardm-worker");
            thread.setDaemon(true);
            return thread;
        });
        Throwable failure = null; // of the first thread that had one
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                futures.add(pool.submit(worker));
            }
            for (Future<?> future : futures) {
                try {
                    future.get();
                } catch (ExecutionException e) {
                    if (failure == null) {
                        failure = e.getCause();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } finally {
            pool.shutdownNow();
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }
}
