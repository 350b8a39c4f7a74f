package dev.ardm;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Training that goes on, on a thread that does not keep the program alive.
 *
 * @param <T> a record
 */
public final class TrainingHandle<T> implements AutoCloseable {
    private final Wish wish = new Wish();
    private final CompletableFuture<RecordModel<T>> result = new CompletableFuture<>();
    private final Thread thread;

    /** What a user wants of it meanwhile. */
    static final class Wish {
        private volatile boolean finish;
        private volatile boolean cancel;

        boolean finish() {
            return finish;
        }

        boolean cancel() {
            return cancel;
        }
    }

    /** Trains. */
    interface Work<T> {
        RecordModel<T> train(Wish wish) throws IOException;
    }

    private TrainingHandle(Work<T> work) {
        thread = new Thread(
                () -> {
                    try {
                        result.complete(work.train(wish));
                    } catch (IOException | RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                "ardm-training");
        thread.setDaemon(true);
    }

    static <T> TrainingHandle<T> start(Work<T> work) {
        TrainingHandle<T> handle = new TrainingHandle<>(work);
        handle.thread.start();
        return handle;
    }

    /**
     * The model when it is there; completes exceptionally as {@link Training#to} throws, and with a
     * {@link java.util.concurrent.CancellationException} after {@link #close}.
     */
    public CompletableFuture<RecordModel<T>> result() {
        return result;
    }

    /** Ends training after the step that it is at, and keeps what was learnt: the {@link #result} comes soon. */
    public void finish() {
        wish.finish = true;
    }

    /** Ends training without a model, unless it has ended, and waits for that: until the step that it is at is over. */
    @Override
    public void close() {
        wish.cancel = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
