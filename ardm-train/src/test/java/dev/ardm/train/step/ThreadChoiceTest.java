package dev.ardm.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The choice on machines of which the time of a step is known for every number of threads. */
class ThreadChoiceTest {
    private final List<Integer> set = new ArrayList<>();

    private ThreadChoice choice(int most) {
        set.add(most);
        return new ThreadChoice(most, set::add);
    }

    /** Takes steps as long as they take with the number of threads that was set last; returns the seconds. */
    private double run(ThreadChoice choice, int steps, IntToDoubleFunction time) {
        double seconds = 0;
        for (int i = 0; i < steps; i++) {
            double step = time.applyAsDouble(set.get(set.size() - 1));
            seconds += step;
            int before = choice.threads();
            assertThat(choice.stepTook(step)).isEqualTo(choice.threads() != before);
        }
        return seconds;
    }

    @Test
    void allThreadsWorkWhereTheyAreFastest() {
        ThreadChoice choice = choice(16);
        double seconds = run(choice, 2_000, threads -> 1.6 / threads);
        assertThat(choice.threads()).isEqualTo(16);
        assertThat(set.get(set.size() - 1)).isIn(16, 8);
        assertThat(set).doesNotContain(4, 2, 1);
        assertThat(seconds).isLessThan(1.06 * 2_000 * 0.1);
    }

    @Test
    void fewerWorkWhereProcessorsAreTaken() {
        for (int fastest : List.of(6, 3, 1)) {
            set.clear();
            ThreadChoice choice = choice(6);
            double seconds = run(choice, 1_000, threads -> threads > fastest ? 1 : 0.6 / threads);
            assertThat(choice.threads()).isEqualTo(fastest);
            assertThat(seconds).isLessThan(1.5 * 1_000 * 0.6 / fastest);
        }
    }

    /** Within a dozen slow steps, and back within a few trials. */
    @Test
    void theyFollowWhatOthersDo() {
        ThreadChoice choice = choice(8);
        run(choice, 200, threads -> 0.8 / threads);
        assertThat(choice.threads()).isEqualTo(8);
        double busy = run(choice, 100, threads -> threads > 1 ? 2 : 0.8);
        assertThat(choice.threads()).isEqualTo(1);
        assertThat(busy).isLessThan(0.6 * 100 * 2);
        run(choice, 400, threads -> 0.8 / threads);
        assertThat(choice.threads()).isEqualTo(8);
    }

    /** Beside something that slows two threads tenfold, trials of them take a small part of the time. */
    @Test
    void whatIsHopelessIsNotTriedForLong() {
        ThreadChoice choice = choice(2);
        double seconds = run(choice, 1_000, threads -> threads == 2 ? 2 : 0.2);
        assertThat(choice.threads()).isEqualTo(1);
        assertThat(seconds).isLessThan(1.15 * 1_000 * 0.2);
    }

    /** A first step that is slow, as after a change, and small differences decide nothing. */
    @Test
    void fewerHaveToBeClearlyFaster() {
        ThreadChoice choice = choice(2);
        int[] step = {0};
        run(choice, 500, threads -> (step[0]++ % 3 == 0 ? 5 : 1) * (threads == 2 ? 1 : 0.97));
        assertThat(choice.threads()).isEqualTo(2);
    }

    @Test
    void oneThreadIsNoChoice() {
        ThreadChoice choice = choice(1);
        run(choice, 300, threads -> 1);
        assertThat(choice.threads()).isEqualTo(1);
        assertThat(set).containsExactly(1);
    }
}
