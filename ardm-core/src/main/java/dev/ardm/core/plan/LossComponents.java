package dev.ardm.core.plan;

import java.util.Arrays;

/**
 * The loss components L_t in bits: what it costs on average over items and orders to generate one unit from a network call
 * at step t (Hoogeboom et al. 2022, section 3.1, where the step is counted from 1). There are stages x units steps; a stage
 * is one full order-agnostic pass over the units, and one stage is all of an order-agnostic model. The sum of the curve is
 * the bound on the bits of an item.
 *
 * <p>{@link LossComponentEstimator} makes such curves from observations, {@link OrderAgnosticPlanner} plans with them.
 */
public final class LossComponents {
    private final int stages;
    private final double[] bits;
    private final double[] standardErrors;
    private final int[] counts;
    private final double totalStandardError;

    private LossComponents(
            int stages, double[] bits, double[] standardErrors, int[] counts, double totalStandardError) {
        this.stages = stages;
        this.bits = bits;
        this.standardErrors = standardErrors;
        this.counts = counts;
        this.totalStandardError = totalStandardError;
    }

    /**
     * A curve that was estimated.
     *
     * @param stages number of stages, at least 1
     * @param bits L_t for t = 0, ..., stages x units - 1, in bits, finite and not negative
     * @param standardErrors of each entry in bits, not negative, NaN where unknown
     * @param counts how many observations each entry is the mean of, 0 where it is interpolated
     * @param totalStandardError of the sum of the curve in bits, not negative, NaN if unknown. It does not follow from the
     *     others: entries are correlated where the same items were observed at several steps.
     * @throws IllegalArgumentException if the steps are not a whole number of stages, the lengths differ or a number is out
     *     of its range
     */
    public static LossComponents of(
            int stages, double[] bits, double[] standardErrors, int[] counts, double totalStandardError) {
        if (stages < 1 || bits.length == 0 || bits.length % stages != 0) {
            throw new IllegalArgumentException(bits.length + " steps are not a whole number of " + stages + " stages");
        }
        if (standardErrors.length != bits.length || counts.length != bits.length) {
            throw new IllegalArgumentException(
                    bits.length + " loss components need as many standard errors and counts, got "
                            + standardErrors.length + " and " + counts.length);
        }
        for (int t = 0; t < bits.length; t++) {
            if (!(bits[t] >= 0 && bits[t] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("the loss component of step " + t + " is " + bits[t] + " bits");
            }
            if (standardErrors[t] < 0 || counts[t] < 0) {
                throw new IllegalArgumentException("the loss component of step " + t + " has a standard error of "
                        + standardErrors[t] + " and a count of " + counts[t]);
            }
        }
        if (totalStandardError < 0) {
            throw new IllegalArgumentException("the standard error of the total is " + totalStandardError);
        }
        return new LossComponents(stages, bits.clone(), standardErrors.clone(), counts.clone(), totalStandardError);
    }

    /** A curve that is known without errors or whose errors are unknown: they are NaN, its counts 0. */
    public static LossComponents of(int stages, double[] bits) {
        double[] unknown = new double[bits.length];
        Arrays.fill(unknown, Double.NaN);
        return of(stages, bits, unknown, new int[bits.length], Double.NaN);
    }

    /** Number of stages. */
    public int stages() {
        return stages;
    }

    /** Number of units, each of which a stage generates once. */
    public int units() {
        return bits.length / stages;
    }

    /** Number of steps in all, stages x units. */
    public int steps() {
        return bits.length;
    }

    /** L_t in bits. */
    public double bits(int step) {
        return bits[step];
    }

    /**
     * Standard error of L_t in bits, NaN if unknown. Of an interpolated entry it is interpolated too, which is an upper
     * limit whatever the correlation of its neighbours is, but does not say how far the curve is from a straight line.
     */
    public double standardError(int step) {
        return standardErrors[step];
    }

    /** Number of observations at a step, 0 if its entry is interpolated. */
    public int count(int step) {
        return counts[step];
    }

    /** The curve of one stage, in bits. */
    public double[] stage(int stage) {
        return Arrays.copyOfRange(bits, stage * units(), (stage + 1) * units());
    }

    /** The bound on the bits of an item: the sum over the steps, of all stages. */
    public double total() {
        double total = 0;
        for (double component : bits) {
            total += component;
        }
        return total;
    }

    /** Standard error of {@link #total} in bits, NaN if unknown. */
    public double totalStandardError() {
        return totalStandardError;
    }

    /**
     * Expected bits of an item under any schedule: a group of n units generated from one call at step s costs n L_s
     * (Hoogeboom et al. 2022, section 3.1).
     *
     * @throws IllegalArgumentException if the schedule is for another number of steps or a group reaches from one stage
     *     into the next
     */
    public double cost(Schedule schedule) {
        if (schedule.steps() != bits.length) {
            throw new IllegalArgumentException(
                    "a schedule of " + schedule.steps() + " steps for " + bits.length + " loss components");
        }
        double total = 0;
        for (int call = 0; call < schedule.calls(); call++) {
            int start = schedule.start(call);
            int end = schedule.end(call);
            if (start / units() != (end - 1) / units()) {
                throw new IllegalArgumentException("the call at step " + start + " generates up to step " + (end - 1)
                        + ", beyond the end of its stage of " + units() + " steps");
            }
            total = Math.fma(end - start, bits[start], total);
        }
        return total;
    }

    @Override
    public String toString() {
        return stages + " stages of " + units() + " steps, " + total() + " bits";
    }
}
