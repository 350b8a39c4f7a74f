package dev.ardm.core.masking.plan;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
     * @param counts number of observations of each entry, 0 where it is interpolated
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

    /**
     * A curve that is known at some steps of each stage: between them it is interpolated linearly within its stage, standard
     * errors as well, and continued as it is before the first and after the last.
     *
     * @param stages number of stages, at least 1
     * @param units number of units, each of which a stage generates once
     * @param steps the steps that are known, increasing
     * @param bits L_t at those steps, in bits
     * @param standardErrors at those steps in bits, NaN where unknown
     * @param counts number of observations of each of them
     * @param totalStandardError of the sum of the curve in bits, NaN if unknown
     * @throws IllegalArgumentException if lengths differ, steps do not increase or are outside the curve, a stage has
     *     no step, or a number is out of its range
     */
    public static LossComponents interpolated(
            int stages,
            int units,
            int[] steps,
            double[] bits,
            double[] standardErrors,
            int[] counts,
            double totalStandardError) {
        if (stages < 1 || units < 1) {
            throw new IllegalArgumentException(stages + " stages of " + units + " steps");
        }
        if (bits.length != steps.length || standardErrors.length != steps.length || counts.length != steps.length) {
            throw new IllegalArgumentException(steps.length + " steps with " + bits.length + " loss components, "
                    + standardErrors.length + " standard errors and " + counts.length + " counts");
        }
        int length = Math.multiplyExact(stages, units);
        for (int i = 0; i < steps.length; i++) {
            if (steps[i] >= length || steps[i] < 0 || (i > 0 && steps[i] <= steps[i - 1])) {
                throw new IllegalArgumentException("steps must increase from 0 up to " + (length - 1) + " at most, got "
                        + steps[i] + (i > 0 ? " after " + steps[i - 1] : " first"));
            }
        }
        double[] curve = new double[length];
        double[] errors = new double[length];
        int[] allCounts = new int[length];
        int right = 0;
        for (int stage = 0; stage < stages; stage++) {
            int first = right;
            int end = (stage + 1) * units;
            if (first == steps.length || steps[first] >= end) {
                throw new IllegalArgumentException(
                        "no loss component of stage " + stage + " of " + stages + " is known");
            }
            for (int t = stage * units; t < end; t++) {
                if (right < steps.length && steps[right] < t && steps[right] < end) {
                    right++;
                }
                boolean beyond = right == steps.length || steps[right] >= end;
                int after = beyond ? right - 1 : right;
                int before = beyond || right == first || steps[right] == t ? after : right - 1;
                double share = after == before ? 0 : (double) (t - steps[before]) / (steps[after] - steps[before]);
                curve[t] = interpolate(bits[before], bits[after], share);
                errors[t] = interpolate(standardErrors[before], standardErrors[after], share);
                allCounts[t] = steps[before] == t ? counts[before] : 0;
            }
            right = right < steps.length && steps[right] < end ? right + 1 : right;
        }
        return of(stages, curve, errors, allCounts, totalStandardError);
    }

    /** Exact at both ends, so that what was observed stays what it is. */
    static double interpolate(double left, double right, double share) {
        return share == 0 ? left : share == 1 ? right : Math.fma(share, right - left, left);
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
     * Standard error of L_t in bits, NaN if unknown. Interpolated for an interpolated entry: an upper
     * limit for any correlation of its neighbours, which does not include the distance of the curve from a straight line.
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
        return weighted(schedule, bits);
    }

    /**
     * An upper limit of the standard error of {@link #cost} on this curve, in bits, NaN if unknown: reached if the errors of all
     * steps are fully correlated. With the observations, {@link
     * LossComponentEstimator#costStandardError} is exact.
     *
     * @throws IllegalArgumentException as {@link #cost}
     */
    public double costStandardErrorLimit(Schedule schedule) {
        return weighted(schedule, standardErrors);
    }

    private double weighted(Schedule schedule, double[] values) {
        checkSchedule(schedule, stages, units());
        double total = 0;
        for (int call = 0; call < schedule.calls(); call++) {
            int start = schedule.start(call);
            total = Math.fma(schedule.end(call) - start, values[start], total);
        }
        return total;
    }

    static void checkSchedule(Schedule schedule, int stages, int units) {
        if (schedule.steps() != stages * units) {
            throw new IllegalArgumentException(
                    "a schedule of " + schedule.steps() + " steps for " + stages * units + " loss components");
        }
        for (int call = 0; call < schedule.calls(); call++) {
            int start = schedule.start(call);
            int last = schedule.end(call) - 1;
            if (start / units != last / units) {
                throw new IllegalArgumentException("the call at step " + start + " generates up to step " + last
                        + ", beyond the end of its stage of " + units + " steps");
            }
        }
    }

    /** Equal bits for bits, errors and counts; NaN equals NaN. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LossComponents that
                && stages == that.stages
                && Arrays.equals(bits, that.bits)
                && Arrays.equals(standardErrors, that.standardErrors)
                && Arrays.equals(counts, that.counts)
                && Double.compare(totalStandardError, that.totalStandardError) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(stages, Arrays.hashCode(bits), Arrays.hashCode(standardErrors), Arrays.hashCode(counts));
    }

    @Override
    public String toString() {
        return stages + " stages of " + units() + " steps, " + total() + " bits";
    }
}
