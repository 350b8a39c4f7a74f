package dev.ardm.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ParallelTest {
    /** Knows what it was made for, that it is closed once, and that no two tasks use it at a time. */
    private static final class Context implements AutoCloseable {
        final int threads;
        final AtomicInteger tasks = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();
        private final AtomicInteger users = new AtomicInteger();

        Context(int threads) {
            this.threads = threads;
        }

        void enter() {
            assertThat(users.incrementAndGet()).isEqualTo(1);
            assertThat(closed).hasValue(0);
            tasks.incrementAndGet();
        }

        void leave() {
            users.decrementAndGet();
        }

        @Override
        public void close() {
            assertThat(users).hasValue(0);
            closed.incrementAndGet();
        }
    }

    private final List<Context> contexts = Collections.synchronizedList(new ArrayList<>());
    private final IntFunction<Context> make = threads -> {
        Context context = new Context(threads);
        contexts.add(context);
        return context;
    };

    private void assertAllClosed() {
        assertThat(contexts).allSatisfy(context -> assertThat(context.closed).hasValue(1));
    }

    @Test
    void resultsAreInOrder() {
        for (int threads = 1; threads <= 9; threads++) {
            for (int count = 0; count <= 20; count++) {
                contexts.clear();
                List<Integer> results = Parallel.map(threads, count, make, (context, i) -> {
                    context.enter();
                    Thread.onSpinWait();
                    context.leave();
                    return i * i;
                });
                assertThat(results)
                        .isEqualTo(IntStream.range(0, count)
                                .map(i -> i * i)
                                .boxed()
                                .toList());
                assertAllClosed();
                assertThat(contexts.stream()
                                .mapToInt(context -> context.tasks.get())
                                .sum())
                        .isEqualTo(count);
            }
        }
    }

    @Test
    void theLastFewTasksShareTheThreads() {
        for (int threads = 1; threads <= 9; threads++) {
            for (int count = 0; count <= 20; count++) {
                contexts.clear();
                Parallel.map(threads, count, make, (context, i) -> {
                    context.enter();
                    context.leave();
                    return i;
                });
                int last = count % threads;
                int shared = last == 0 ? 0 : threads / last;
                // Those of single threads first: as many as threads, unless there are too few tasks for that.
                int alone = count < threads ? 0 : threads;
                assertThat(contexts.subList(0, alone)).allMatch(context -> context.threads == 1);
                assertThat(contexts.subList(alone, contexts.size()))
                        .hasSize(last)
                        .allMatch(context -> context.threads == shared);
            }
        }
    }

    /** No two tasks of a thread's own run on one context while the others wait: each thread has a task. */
    @Test
    void asManyTasksRunAtATimeAsThereAreThreads() {
        CountDownLatch all = new CountDownLatch(4);
        List<Boolean> met = Parallel.map(4, 4, make, (context, i) -> {
            all.countDown();
            return all.await(30, TimeUnit.SECONDS);
        });
        assertThat(met).containsOnly(true);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aFailureIsThrownAsItIsAndWhenNothingRunsAnyMore(int threads) {
        for (Throwable failure : new Throwable[] {new IllegalStateException("no"), new AssertionError("no")}) {
            contexts.clear();
            AtomicInteger running = new AtomicInteger();
            AtomicInteger begun = new AtomicInteger();
            Throwable thrown = catchThrowable(() -> Parallel.map(threads, 1000, make, (context, i) -> {
                running.incrementAndGet();
                begun.incrementAndGet();
                try {
                    long until = System.nanoTime() + 2_000_000;
                    while (System.nanoTime() - until < 0) {
                        Thread.onSpinWait(); // work that no interrupt ends
                    }
                    if (i == 7) {
                        Engines.fail(failure);
                    }
                    return i;
                } finally {
                    running.decrementAndGet();
                }
            }));
            assertThat(running).hasValue(0);
            assertThat(thrown).isSameAs(failure);
            assertThat(begun.get()).isBetween(8, 500);
            assertAllClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aCheckedExceptionIsTheCause(int threads) {
        IOException failure = new IOException("disk");
        assertThatThrownBy(() -> Parallel.map(threads, 9, make, (context, i) -> {
                    if (i == 4) {
                        throw failure;
                    }
                    return i;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("disk")
                .hasCause(failure);
        assertAllClosed();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void contextsMayFail(int threads) {
        IllegalArgumentException failure = new IllegalArgumentException("context");
        assertThatThrownBy(() -> Parallel.map(
                        threads,
                        6,
                        each -> {
                            throw failure;
                        },
                        (context, i) -> i))
                .isSameAs(failure);
        AutoCloseable unclosable = () -> {
            throw new IOException("close");
        };
        assertThatThrownBy(() -> Parallel.map(threads, 6, each -> unclosable, (context, i) -> i))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("close");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anInterruptEndsItAndIsKept(int threads) {
        AtomicInteger begun = new AtomicInteger();
        Thread caller = Thread.currentThread();
        assertThatThrownBy(() -> Parallel.map(threads, 9999, make, (context, i) -> {
                    if (begun.incrementAndGet() == 5) {
                        caller.interrupt();
                    }
                    TimeUnit.MICROSECONDS.sleep(1);
                    return i;
                }))
                .isInstanceOf(threads == 1 ? RuntimeException.class : CancellationException.class);
        assertThat(begun.get()).isLessThan(9999);
        assertThat(threads == 1 || Thread.currentThread().isInterrupted()).isTrue();
        Thread.interrupted();
    }

    @Test
    void noThreadsAreRefused() {
        assertThatThrownBy(() -> Parallel.map(0, 1, make, (context, i) -> i))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
