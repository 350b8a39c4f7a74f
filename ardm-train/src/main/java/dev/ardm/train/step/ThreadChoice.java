package dev.ardm.train.step;

import java.util.function.IntConsumer;

/**
 * How many threads a step is fastest with. Where other programs use the processors, threads that wait for each other after every
 * operation can be many times slower than one alone. So now and then a few steps are timed with more threads, then with half as many,
 * and so on while that is no slower.
 */
public final class ThreadChoice {
    /** Steps with each number of threads; the first wakes the threads, and the fastest of the others counts. */
    private static final int TIMED = 3;

    /** Steps between two trials, so that these take a small part of the time. */
    private static final int REST = 100;

    /** The same if steps take longer than {@link #SLOW} times what was timed: something has changed. */
    private static final int SHORT_REST = 10;

    private static final double SLOW = 1.5;

    /** Seconds between two trials, at least. */
    private static final double PAUSE = 5;

    /** Fewer threads have to be faster by that much, since others may leave again. */
    private static final double MARGIN = 0.95;

    /** More threads that take that many times as long as those at work are not timed for long. */
    private static final double HOPELESS = 2;

    /** A number of threads that takes that many times as long as the best one ends a trial: still fewer take still longer. */
    private static final double WORSE = 1.25;

    private final int most;
    private final IntConsumer setter;
    private int threads;
    /** In a trial, the number that is timed now; else 0. */
    private int timed;

    private int steps;
    private double seconds;
    /** Seconds of the fastest step with the number that is timed now. */
    private double fastest;

    /** The best number of this trial so far, or of the last one, and its fastest step. */
    private int best;

    private double bestTime;
    /** Seconds of the fastest step with the number that is at work. */
    private double known = Double.POSITIVE_INFINITY;

    /**
     * @param most threads, at least 1
     * @param setter sets the number of threads of the steps to come
     */
    public ThreadChoice(int most, IntConsumer setter) {
        this.most = most;
        this.setter = setter;
        threads = most;
        if (most > 1) {
            begin(most);
        }
    }

    /** The number of threads that was fastest when it was last timed; until then the most. */
    public int threads() {
        return threads;
    }

    /** The most there may be. */
    public int most() {
        return most;
    }

    /**
     * A step has taken so long.
     *
     * @return whether another number of threads than before has been chosen
     */
    public boolean stepTook(double time) {
        if (most == 1) {
            return false;
        }
        steps++;
        if (timed == 0) {
            seconds += time;
            boolean slow = steps >= SHORT_REST && seconds > SLOW * steps * known;
            if (seconds >= PAUSE && (steps >= REST || slow)) {
                begin(Math.min(most, 2 * threads));
            }
            return false;
        }
        boolean hopeless = timed > threads && time > HOPELESS * known;
        if (steps > 1 || hopeless) {
            fastest = Math.min(fastest, time);
        }
        if (steps == TIMED || hopeless) {
            return compare();
        }
        return false;
    }

    /** Begins a trial with that many threads. */
    private void begin(int number) {
        bestTime = Double.POSITIVE_INFINITY;
        time(number);
    }

    private void time(int number) {
        timed = number;
        steps = 0;
        fastest = Double.POSITIVE_INFINITY;
        setter.accept(number);
    }

    private boolean compare() {
        if (fastest < MARGIN * bestTime) {
            best = timed;
            bestTime = fastest;
        }
        if (timed > 1 && fastest < WORSE * bestTime) {
            time(timed / 2);
            return false;
        }
        boolean changed = threads != best;
        threads = best;
        known = bestTime;
        timed = 0;
        steps = 0;
        seconds = 0;
        setter.accept(threads);
        return changed;
    }
}
