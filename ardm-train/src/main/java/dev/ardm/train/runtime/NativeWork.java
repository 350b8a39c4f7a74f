package dev.ardm.train.runtime;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.javacpp.Pointer;

/**
 * A piece of work in LibTorch by one thread. When a program ends, Java runs the destructors of native libraries while other threads go on, and one
 * that computes with them crashes. So at the end no new piece begins, and the program waits a while for those that have begun: they end at the next
 * operation.
 */
public final class NativeWork implements AutoCloseable {
    /** The most that the end of a program waits. The longest operation is the backward pass, which usually takes a part of a second. */
    private static final long MOST_SECONDS = 20;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition DONE = LOCK.newCondition();
    private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);

    private static int begun;
    private static boolean hooked;
    private static volatile boolean ending;
    private static volatile boolean loaded;

    private NativeWork() {}

    /**
     * Begins a piece. Loads the libraries if need be. A thread may begin pieces within one.
     *
     * @throws ProgramEndsException if the program ends
     */
    public static NativeWork begin() {
        NativeWork work = new NativeWork();
        int[] depth = DEPTH.get();
        if (depth[0] == 0) {
            enter();
        }
        depth[0]++;
        if (depth[0] == 1) {
            try {
                NativeLibraries.load();
                loaded = true;
            } catch (Throwable e) {
                work.close();
                throw e;
            }
        }
        return work;
    }

    private static void enter() {
        LOCK.lock();
        try {
            if (!hooked) {
                Runtime.getRuntime().addShutdownHook(new Thread(NativeWork::end, "ardm-native-work"));
                hooked = true;
            }
            check();
            begun++;
        } catch (IllegalStateException e) {
            throw e instanceof ProgramEndsException ? e : new ProgramEndsException();
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * To be called between operations.
     *
     * @throws ProgramEndsException if the program ends
     */
    public static void check() {
        if (ending) {
            throw new ProgramEndsException();
        }
    }

    private static void end() {
        LOCK.lock();
        try {
            ending = true;
            long left = TimeUnit.SECONDS.toNanos(MOST_SECONDS);
            while (begun > 0 && left > 0) {
                left = DONE.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            LOCK.unlock();
        }
        if (loaded) {
            Pointer.interruptDeallocatorThread(); // it frees what Java has collected, by native code too
        }
    }

    @Override
    public void close() {
        int[] depth = DEPTH.get();
        depth[0]--;
        if (depth[0] > 0) {
            return;
        }
        LOCK.lock();
        try {
            begun--;
            DONE.signalAll();
        } finally {
            LOCK.unlock();
        }
    }
}
