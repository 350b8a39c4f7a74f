package dev.ardm.core.masking.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * When the network is called: the increasing list of steps, the first of them 0. Units between two calls (and after
 * the last one) are generated in parallel from the same call (Hoogeboom et al. 2022, section 3.1).
 */
public final class Schedule {
    private final int[] starts;
    private final int steps;

    private Schedule(int[] starts, int steps) {
        this.starts = starts;
        this.steps = steps;
    }

    /**
     * @param starts the steps at which the network is called
     * @param steps number of steps in all
     * @throws IllegalArgumentException if they do not start at 0, do not increase or reach {@code steps}
     */
    public static Schedule of(int[] starts, int steps) {
        if (starts.length == 0 || starts[0] != 0) {
            throw new IllegalArgumentException("a schedule must start at step 0");
        }
        for (int i = 1; i < starts.length; i++) {
            if (starts[i] <= starts[i - 1]) {
                throw new IllegalArgumentException(
                        "a schedule must increase: step " + starts[i] + " after " + starts[i - 1]);
            }
        }
        if (starts[starts.length - 1] >= steps) {
            throw new IllegalArgumentException("a schedule must end before step " + steps);
        }
        return new Schedule(starts.clone(), steps);
    }

    /**
     * Calls spread evenly over the steps; all steps if the budget is larger. Starts are rounded down, on which the bytes of
     * archives without a planned schedule depend; {@link OrderAgnosticPlanner#naive} rounds as the paper's baseline does.
     */
    public static Schedule even(int steps, int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("at least 1 network call is needed, got " + calls);
        }
        int n = Math.min(calls, steps);
        int[] starts = new int[n];
        for (int i = 0; i < n; i++) {
            starts[i] = (int) ((long) i * steps / n);
        }
        return new Schedule(starts, steps);
    }

    /**
     * The schedules of consecutive stages, one after another.
     *
     * @throws IllegalArgumentException if there are none
     */
    static Schedule concatenate(List<Schedule> stages) {
        int[] starts = new int[stages.stream().mapToInt(Schedule::calls).sum()];
        int calls = 0;
        int steps = 0;
        for (Schedule stage : stages) {
            for (int call = 0; call < stage.calls(); call++) {
                starts[calls++] = steps + stage.start(call);
            }
            steps = Math.addExact(steps, stage.steps());
        }
        return of(starts, steps);
    }

    /** One step per call. */
    public static Schedule full(int steps) {
        return even(steps, steps);
    }

    /** A schedule of the same shape for another number of steps, at least 1. */
    public Schedule scaledTo(int newSteps) {
        int[] out = new int[starts.length];
        int count = 1;
        for (int i = 1; i < starts.length; i++) {
            int start = (int) ((long) starts[i] * newSteps / steps);
            if (start > out[count - 1] && start < newSteps) {
                out[count++] = start;
            }
        }
        return new Schedule(Arrays.copyOf(out, count), newSteps);
    }

    /**
     * Calls spread evenly over several stages, and over the steps of each as by {@link #even(int, int)}. At least one call for
     * each stage; what is left over goes to the first stages, one call each.
     *
     * @param calls for all stages together
     */
    public static Schedule even(int stages, int stepsPerStage, int calls) {
        List<Schedule> schedules = new ArrayList<>();
        for (int share : evenSplit(stages, calls)) {
            schedules.add(even(stepsPerStage, Math.max(1, share)));
        }
        return concatenate(schedules);
    }

    /** Calls of each stage where all get the same; what is left over goes to the first, one call each. */
    static int[] evenSplit(int stages, int calls) {
        int[] shares = new int[stages];
        for (int stage = 0; stage < stages; stage++) {
            shares[stage] = calls / stages + (stage < calls % stages ? 1 : 0);
        }
        return shares;
    }

    /** Whether every stage begins with a call. */
    public boolean hasStages(int stages) {
        for (int stage = 1; stage < stages; stage++) {
            if (Arrays.binarySearch(starts, (int) ((long) steps * stage / stages)) < 0) {
                return false;
            }
        }
        return steps % stages == 0;
    }

    /** A schedule of the same shape, stage by stage, for another number of steps of each stage, at least 1. */
    public Schedule scaledTo(int stages, int newStepsPerStage) {
        if (stages == 1) {
            return scaledTo(newStepsPerStage);
        }
        int each = steps / stages;
        int[] out = new int[starts.length];
        int count = 0;
        for (int stage = 0; stage < stages; stage++) {
            int from = stage * each;
            int[] part = Arrays.stream(starts)
                    .filter(start -> start >= from && start - from < each)
                    .map(start -> start - from)
                    .toArray();
            for (int start : new Schedule(part, each).scaledTo(newStepsPerStage).starts) {
                out[count++] = stage * newStepsPerStage + start;
            }
        }
        return new Schedule(Arrays.copyOf(out, count), stages * newStepsPerStage);
    }

    /** Number of network calls. */
    public int calls() {
        return starts.length;
    }

    /** Number of steps in all. */
    public int steps() {
        return steps;
    }

    /** First step of the group that a call generates. */
    public int start(int call) {
        return starts[call];
    }

    /** One past the last step of the group that a call generates. */
    public int end(int call) {
        return call + 1 < starts.length ? starts[call + 1] : steps;
    }

    /** The steps at which the network is called. */
    public int[] starts() {
        return starts.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule that && steps == that.steps && Arrays.equals(starts, that.starts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(starts) + steps;
    }

    @Override
    public String toString() {
        return starts.length + " calls for " + steps + " steps";
    }
}
