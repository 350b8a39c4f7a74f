package dev.ardm.core.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the pieces of one operation after another. The caller is one of them. Pieces are taken by whoever is free, and a thread
 * that the operating system suspends delays no other unless it has a piece. Pieces write to places of their own, so that nothing depends on
 * who takes which.
 *
 * <p>Between operations the others first spin, because waking a thread takes longer than most operations, and then
 * sleep. For use by one thread.
 */
final class Team implements AutoCloseable {
    /** How long a thread waits for the next operation before it sleeps. */
    private static final long PATIENCE_NANOS = 100_000;

    /** Turns of waiting between two looks at the clock. */
    private static final int TURNS = 64;

    private final Member[] others;
    private volatile Operation current = new Operation(0, (piece, thread) -> {});
    private volatile boolean closed;

    /** A piece of an operation. */
    interface Piece {
        /**
         * @param index which piece
         * @param thread which thread of the team runs it, in [0, size)
         */
        void run(int index, int thread);
    }

    /**
     * @param size number of threads, at least 1, the caller's included
     */
    Team(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a team needs at least one thread, got " + size);
        }
        others = new Member[size - 1];
        for (int i = 0; i < others.length; i++) {
            others[i] = new Member(i + 1);
            others[i].start();
        }
    }

    /** Number of threads. */
    int size() {
        return others.length + 1;
    }

    /** Runs pieces {@code 0..count-1}; returns when all are done. The first failure of a piece is thrown when none runs any more. */
    void run(int count, Piece piece) {
        if (others.length == 0 || count <= 1) {
            for (int i = 0; i < count; i++) {
                piece.run(i, 0);
            }
            return;
        }
        Operation operation = new Operation(count, piece);
        current = operation;
        for (Member member : others) {
            if (member.asleep) {
                LockSupport.unpark(member);
            }
        }
        operation.help(0);
        operation.await();
    }

    /** Ends the threads. */
    @Override
    public void close() {
        closed = true;
        for (Member member : others) {
            LockSupport.unpark(member);
        }
    }

    private static final class Operation {
        private final int count;
        private final Piece piece;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private volatile @Nullable Throwable failure;

        Operation(int count, Piece piece) {
            this.count = count;
            this.piece = piece;
        }

        void help(int thread) {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                try {
                    if (failure == null) {
                        piece.run(i, thread);
                    }
                } catch (Throwable e) {
                    failure = e;
                } finally {
                    done.incrementAndGet();
                }
            }
        }

        void await() {
            for (int turn = 0; done.get() < count; turn++) {
                if (turn < TURNS * TURNS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield(); // somebody else may need the processor to finish
                }
            }
            Throwable thrown = failure;
            if (thrown instanceof RuntimeException e) {
                throw e;
            }
            if (thrown instanceof Error e) {
                throw e;
            }
        }
    }

    private final class Member extends Thread {
        private final int index;
        private volatile boolean asleep;

        Member(int index) {
            super("ardm-team-" + index);
            this.index = index;
            setDaemon(true);
        }

        @Override
        public void run() {
            Operation last = null;
            while (!closed) {
                Operation operation = current;
                if (operation == last) {
                    operation = next(operation);
                }
                operation.help(index);
                last = operation;
            }
        }

        /** The operation after one that was seen. */
        private Operation next(Operation seen) {
            long until = System.nanoTime() + PATIENCE_NANOS;
            while (current == seen && !closed) {
                for (int turn = 0; turn < TURNS && current == seen; turn++) {
                    Thread.onSpinWait();
                }
                if (System.nanoTime() - until > 0) {
                    asleep = true;
                    while (current == seen && !closed) {
                        LockSupport.park(Team.this);
                    }
                    asleep = false;
                }
            }
            return current;
        }
    }
}
