package dev.ardm.core.archive;

import dev.ardm.core.Item;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Items waiting to be committed. Numbers them in the order of arrival and hands them on in groups. Any number of
 * threads put, one takes.
 */
final class AppendQueue {
    private final String store;
    private final StoreOptions options;
    private final long delayNanos;
    /** With this many waiting, waiting for more gains nothing. */
    private final int most;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition work = lock.newCondition();
    private final Condition progress = lock.newCondition();

    /** Linked: adding without memory for one more leaves it unchanged. */
    private final Queue<PendingItem> waiting = new LinkedBlockingQueue<>();
    /** When the first waiting item arrived, or the last group was taken, whichever is later; see {@link System#nanoTime}. */
    private long since;

    private long next;
    private long committed;
    /** All items before this one must be committed without delay. */
    private long urgent;

    private boolean closed;
    private @Nullable Throwable failure;

    /**
     * An empty queue.
     *
     * @param store for messages
     * @param next the number of the first item that will come
     */
    AppendQueue(String store, StoreOptions options, long next) {
        this.store = store;
        this.options = options;
        this.delayNanos = TimeUnit.NANOSECONDS.convert(options.groupDelay()); // of longer ones the longest there is
        this.most = Math.min(options.groupItems(), options.queueItems());
        this.next = next;
        this.committed = next;
        this.urgent = next;
    }

    /**
     * Puts an item in, as soon as there is room.
     *
     * @throws IOException if the store has failed, or the thread is interrupted while it waits
     * @throws IllegalStateException if it is closed
     */
    PendingItem put(Item item) throws IOException {
        lock.lock();
        try {
            requireGood();
            while (!closed && waiting.size() >= options.queueItems()) {
                await(room);
                requireGood();
            }
            if (closed) {
                throw new IllegalStateException(store + ": the store is closed");
            }
            PendingItem pending = new PendingItem(item, next, new CompletableFuture<>());
            waiting.add(pending);
            next++;
            if (waiting.size() == 1) {
                since = System.nanoTime();
            }
            if (waiting.size() == 1 || waiting.size() == most) {
                work.signalAll();
            }
            return pending;
        } finally {
            lock.unlock();
        }
    }

    /** Throws the error that the store failed with. */
    void requireGood() throws IOException {
        lock.lock();
        try {
            if (failure != null) {
                throw failed(failure);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The error for a caller after a failure; a new one for each caller, because stack traces are changed. */
    IOException failed(Throwable cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new IOException(store + ": nothing more can be appended: " + why, cause);
    }

    private void await(Condition condition) throws InterruptedIOException {
        try {
            condition.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(store + ": interrupted");
        }
    }

    /** The next group, as soon as it is due; an empty one after the last, when the queue is closed. */
    List<PendingItem> take() throws InterruptedException {
        lock.lock();
        try {
            while (!due()) {
                if (waiting.isEmpty()) {
                    work.await();
                } else {
                    work.awaitNanos(left());
                }
            }
            List<PendingItem> group = new ArrayList<>(Math.min(options.groupItems(), waiting.size()));
            while (group.size() < options.groupItems() && !waiting.isEmpty()) {
                group.add(waiting.remove());
            }
            since = System.nanoTime();
            room.signalAll();
            return group;
        } finally {
            lock.unlock();
        }
    }

    private boolean due() {
        if (waiting.isEmpty()) {
            return closed;
        }
        return closed || waiting.size() >= most || waiting.element().number() < urgent || left() <= 0;
    }

    private long left() {
        return delayNanos - (System.nanoTime() - since);
    }

    /** All items before this one are committed. */
    void committed(long before) {
        lock.lock();
        try {
            committed = before;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number of items that are durable. */
    long committed() {
        lock.lock();
        try {
            return committed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all items put in so far are committed, and has them committed at once. */
    void flush() throws IOException {
        lock.lock();
        try {
            requireGood();
            long wanted = next;
            urgent = wanted;
            work.signalAll();
            while (committed < wanted) {
                requireGood();
                await(progress);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Refuses further items. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Gives up. Allocates nothing, because memory may have run out. {@link #abandoned} returns the waiting items. */
    void fail(Throwable cause) {
        lock.lock();
        try {
            failure = cause;
            room.signalAll();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next abandoned item; null after the last one. */
    @Nullable
    PendingItem abandoned() {
        return waiting.poll();
    }
}
