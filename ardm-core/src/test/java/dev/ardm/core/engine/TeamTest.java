package dev.ardm.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TeamTest {
    /** Runs one piece on each thread at once, which needs all of them, and returns the threads. */
    private static Thread[] together(Team team) {
        Thread[] threads = new Thread[team.size()];
        CyclicBarrier barrier = new CyclicBarrier(team.size());
        team.run(team.size(), (piece, thread) -> {
            threads[thread] = Thread.currentThread();
            meet(barrier);
        });
        return threads;
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sixteen threads are more than the processors of most machines that run this. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16})
    void everyPieceRunsOnceAndNoThreadRunsTwoAtATime(int size) {
        try (Team team = new Team(size)) {
            assertThat(team.size()).isEqualTo(size);
            for (int count : new int[] {0, 1, 2, size, 7, 1000}) {
                AtomicIntegerArray runs = new AtomicIntegerArray(count);
                AtomicIntegerArray busy = new AtomicIntegerArray(size);
                AtomicInteger collisions = new AtomicInteger();
                team.run(count, (piece, thread) -> {
                    collisions.addAndGet(busy.getAndIncrement(thread));
                    runs.incrementAndGet(piece);
                    busy.decrementAndGet(thread);
                });
                for (int piece = 0; piece < count; piece++) {
                    assertThat(runs.get(piece))
                            .as("piece %d of %d", piece, count)
                            .isEqualTo(1);
                }
                assertThat(collisions).hasValue(0);
            }
        }
    }

    /** Plain writes of pieces are seen by the caller, and those of the caller by the next pieces. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 16})
    void operationsSeeWhatThoseBeforeWrote(int size) {
        try (Team team = new Team(size)) {
            int[] values = new int[37];
            int operations = 3000;
            for (int i = 0; i < operations; i++) {
                int expected = i;
                team.run(values.length, (piece, thread) -> {
                    // From another place, which another thread has probably written.
                    if (values[(piece + 5) % values.length] >= expected) {
                        values[piece] = values[piece] + 1;
                    }
                });
            }
            assertThat(values).containsOnly(operations);
        }
    }

    @Test
    void theCallerIsThreadNoughtAndAThreadKeepsItsNumber() {
        try (Team team = new Team(4)) {
            Thread[] threads = together(team);
            assertThat(threads).doesNotHaveDuplicates();
            assertThat(threads[0]).isSameAs(Thread.currentThread());
            assertThat(together(team)).containsExactly(threads);
        }
    }

    /** Pauses around the moment at which threads go to sleep, when a call to wake up is lost most easily. */
    @Test
    void sleepingThreadsWake() {
        Random random = new Random(1);
        try (Team team = new Team(3)) {
            for (int i = 0; i < 300; i++) {
                together(team);
                LockSupport.parkNanos(random.nextInt(200_000));
            }
            LockSupport.parkNanos(50_000_000);
            together(team);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void aFailureIsThrownWhenNoPieceRunsAnyMore(int size) {
        try (Team team = new Team(size)) {
            for (Throwable failure :
                    new Throwable[] {new IllegalStateException("no"), new StackOverflowError(), new AssertionError()}) {
                AtomicInteger running = new AtomicInteger();
                Throwable thrown = catchThrowable(() -> team.run(200, (piece, thread) -> {
                    running.incrementAndGet();
                    try {
                        LockSupport.parkNanos(1000);
                        if (piece == 20) {
                            Engines.fail(failure);
                        }
                    } finally {
                        running.decrementAndGet();
                    }
                }));
                assertThat(running).hasValue(0);
                assertThat(thrown).isSameAs(failure);
                together(team); // continues as if nothing had been
            }
        }
    }

    /** Of several failures one is thrown, and pieces that have not begun are left out. */
    @Test
    void aFailureEndsAnOperationEarly() {
        try (Team team = new Team(3)) {
            AtomicInteger begun = new AtomicInteger();
            assertThatThrownBy(() -> team.run(1_000_000, (piece, thread) -> {
                        begun.incrementAndGet();
                        throw new IllegalStateException("piece");
                    }))
                    .hasMessage("piece");
            assertThat(begun.get()).isBetween(1, 3);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 50_000_000})
    void closingEndsTheThreads(long sleepNanos) throws InterruptedException {
        Team team = new Team(5);
        Thread[] threads = together(team);
        LockSupport.parkNanos(sleepNanos);
        team.close();
        for (int i = 1; i < threads.length; i++) {
            threads[i].join(30_000);
            assertThat(threads[i].isAlive()).isFalse();
        }
        // The caller is left, and does everything.
        AtomicInteger done = new AtomicInteger();
        team.run(10, (piece, thread) -> done.addAndGet(thread == 0 ? 1 : 100));
        assertThat(done).hasValue(10);
    }

    @Test
    void anInterruptedCallerFinishesAndStaysInterrupted() {
        try (Team team = new Team(3)) {
            AtomicInteger done = new AtomicInteger();
            Thread.currentThread().interrupt();
            team.run(50, (piece, thread) -> done.incrementAndGet());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(done).hasValue(50);
        }
    }

    @Test
    void interruptedThreadsGoOn() {
        try (Team team = new Team(3)) {
            for (Thread thread : together(team)) {
                thread.interrupt();
            }
            assertThat(Thread.interrupted()).isTrue();
            LockSupport.parkNanos(20_000_000);
            AtomicInteger done = new AtomicInteger();
            for (int i = 0; i < 100; i++) {
                team.run(7, (piece, thread) -> done.incrementAndGet());
            }
            assertThat(done).hasValue(700);
        }
    }

    @Test
    void aTeamOfNobodyIsRefused() {
        assertThatThrownBy(() -> new Team(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
