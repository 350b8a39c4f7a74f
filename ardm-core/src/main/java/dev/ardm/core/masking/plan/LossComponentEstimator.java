package dev.ardm.core.masking.plan;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Estimates {@link LossComponents} from observations: for an item and a step t, with t units of the stage known, the mean
 * cross entropy in bits over the masked units, whose expectation over items and orders is L_t (Hoogeboom et al. 2022,
 * section 3.1). Observe held-out items, with the weights that will be used. Every step or a sparse grid of steps may be
 * observed; between them the curve is interpolated linearly within its stage, and continued as it is before the first and
 * after the last.
 *
 * <p>The same item may be observed at any number of steps, any number of times: standard errors are those of a mean over
 * items (clustered by item), the total's as well. A step seen on a single item borrows its variance from its neighbours.
 *
 * <p>16 bytes for each observation. Not thread-safe; sums are taken in the order of the items and, for one item, of the
 * observations.
 */
public final class LossComponentEstimator {
    private final int stages;
    private final int units;
    private int[] steps = new int[64];
    private int[] items = new int[64];
    private double[] bits = new double[64];
    private int size;

    /**
     * @param stages number of stages, at least 1
     * @param units number of units, at least 1
     */
    public LossComponentEstimator(int stages, int units) {
        if (stages < 1 || units < 1 || (long) stages * units > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(stages + " stages of " + units + " units");
        }
        this.stages = stages;
        this.units = units;
    }

    /**
     * Adds an observation.
     *
     * @param item which item, any number that is its own
     * @param step stage x units + number of units that are known in the stage
     * @param crossEntropy mean over the masked units in bits, finite and not negative
     */
    public void observe(int item, int step, double crossEntropy) {
        if (step < 0 || step >= stages * units) {
            throw new IllegalArgumentException("step " + step + " of " + stages * units);
        }
        if (!(crossEntropy >= 0 && crossEntropy < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a cross entropy of " + crossEntropy + " bits at step " + step + " of item " + item);
        }
        if (size == steps.length) {
            int capacity = Math.addExact(size, size >> 1);
            steps = Arrays.copyOf(steps, capacity);
            items = Arrays.copyOf(items, capacity);
            bits = Arrays.copyOf(bits, capacity);
        }
        steps[size] = step;
        items[size] = item;
        bits[size++] = crossEntropy;
    }

    /**
     * The curve as observed up to now.
     *
     * @throws IllegalStateException if a stage was never observed
     */
    public LossComponents estimate() {
        int[] byItem = byItem();
        Knots knots = new Knots(byItem);
        int[] observed = IntStream.range(0, stages * units)
                .filter(t -> knots.count[t] > 0)
                .toArray();
        double[] everyStep = new double[stages * units];
        Arrays.fill(everyStep, 1);
        return LossComponents.interpolated(
                stages,
                units,
                observed,
                IntStream.of(observed).mapToDouble(t -> knots.mean[t]).toArray(),
                IntStream.of(observed)
                        .mapToDouble(t -> Math.sqrt(knots.variance[t]))
                        .toArray(),
                IntStream.of(observed).map(t -> knots.count[t]).toArray(),
                Math.sqrt(variance(byItem, knots, knots.shares(everyStep))));
    }

    /**
     * Standard error in bits of the price of a schedule on the curve as observed up to now ({@link LossComponents#cost}), over
     * items: what one item adds at several steps is taken together.
     *
     * @throws IllegalStateException if a stage was never observed
     * @throws IllegalArgumentException as {@link LossComponents#cost}
     */
    public double costStandardError(Schedule schedule) {
        LossComponents.checkSchedule(schedule, stages, units);
        double[] groups = new double[stages * units];
        for (int call = 0; call < schedule.calls(); call++) {
            groups[schedule.start(call)] = schedule.end(call) - schedule.start(call);
        }
        int[] byItem = byItem();
        Knots knots = new Knots(byItem);
        return Math.sqrt(variance(byItem, knots, knots.shares(groups)));
    }

    /** The observations ordered by item; those of one item in order of arrival. */
    private int[] byItem() {
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            keys[i] = (long) items[i] << 32 | i;
        }
        Arrays.sort(keys);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }

    /** Variance of a weighted sum of the curve; what an item adds at several steps is summed before it is squared. */
    private double variance(int[] byItem, Knots knots, double[] shares) {
        double variance = 0;
        double ofItem = 0;
        for (int i = 0; i < byItem.length; i++) {
            int observation = byItem[i];
            if (i > 0 && items[observation] != items[byItem[i - 1]]) {
                variance = Math.fma(ofItem, ofItem, variance);
                ofItem = 0;
            }
            int t = steps[observation];
            if (knots.items[t] > 1) {
                double unbiased = Math.sqrt(knots.items[t] / (knots.items[t] - 1.0));
                ofItem = Math.fma(shares[t] / knots.count[t] * unbiased, bits[observation] - knots.mean[t], ofItem);
            }
        }
        variance = Math.fma(ofItem, ofItem, variance);
        for (int t = 0; t < shares.length; t++) {
            if (knots.items[t] == 1) {
                variance = Math.fma(shares[t] * shares[t], knots.variance[t], variance);
            }
        }
        return variance;
    }

    /** The steps that were observed, with the mean of the observations and the variance of that mean. */
    private final class Knots {
        final int[] count = new int[stages * units];
        final int[] items = new int[count.length];
        final double[] mean = new double[count.length];
        final double[] variance = new double[count.length];

        Knots(int[] byItem) {
            for (int i = 0; i < size; i++) {
                count[steps[i]]++;
            }
            int[] byStep = byStep(byItem);
            int from = 0;
            for (int t = 0; t < count.length; t++) {
                if (count[t] > 0) {
                    measure(t, byStep, from, from + count[t]);
                    from += count[t];
                }
            }
            for (int stage = 0; stage < stages; stage++) {
                borrowVariances(stage * units, (stage + 1) * units - 1);
            }
        }

        /** Ordered by step and then by item: a counting sort, which is stable. */
        private int[] byStep(int[] byItem) {
            int[] next = new int[count.length];
            for (int t = 1; t < count.length; t++) {
                next[t] = next[t - 1] + count[t - 1];
            }
            int[] order = new int[size];
            for (int observation : byItem) {
                order[next[steps[observation]]++] = observation;
            }
            return order;
        }

        private void measure(int t, int[] order, int from, int to) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += bits[order[i]];
            }
            mean[t] = sum / (to - from);
            double squares = 0;
            double ofItem = 0;
            for (int i = from; i < to; i++) {
                if (i == from || item(order[i]) != item(order[i - 1])) {
                    squares = Math.fma(ofItem, ofItem, squares);
                    ofItem = 0;
                    items[t]++;
                }
                ofItem += (bits[order[i]] - mean[t]) / (to - from);
            }
            squares = Math.fma(ofItem, ofItem, squares);
            variance[t] = items[t] > 1 ? squares * items[t] / (items[t] - 1) : Double.NaN;
        }

        private int item(int observation) {
            return LossComponentEstimator.this.items[observation];
        }

        /** The variance of a mean over one item: interpolated from those of single items at steps with several. */
        private void borrowVariances(int first, int last) {
            int left = -1;
            int right = Integer.MIN_VALUE;
            for (int t = first; t <= last; t++) {
                if (items[t] > 1) {
                    left = t;
                } else if (items[t] == 1) {
                    if (right != -1 && right < t) {
                        right = next(t, last, 2);
                    }
                    double before = left == -1 ? Double.NaN : variance[left] * items[left];
                    double after = right == -1 ? Double.NaN : variance[right] * items[right];
                    if (left == -1 || right == -1) {
                        variance[t] = left == -1 ? after : before;
                    } else {
                        variance[t] = LossComponents.interpolate(before, after, (double) (t - left) / (right - left));
                    }
                }
            }
        }

        /** The weight of each observed step in a weighted sum of the curve: its own, and shares of the steps between. */
        double[] shares(double[] weights) {
            double[] shares = new double[weights.length];
            for (int stage = 0; stage < stages; stage++) {
                int first = stage * units;
                int last = first + units - 1;
                int left = next(first, last, 1);
                if (left == -1) {
                    throw new IllegalStateException("stage " + stage + " of " + stages + " (steps " + first + " to "
                            + last + ") was never observed");
                }
                int right = left;
                for (int t = first; t <= last; t++) {
                    if (t > right) {
                        left = right;
                        int next = next(t, last, 1);
                        right = next == -1 ? Integer.MAX_VALUE : next;
                    }
                    int end = right == Integer.MAX_VALUE ? left : right;
                    double share = end == left ? 0 : (double) (t - left) / (end - left);
                    shares[left] = Math.fma(1 - share, weights[t], shares[left]);
                    shares[end] = Math.fma(share, weights[t], shares[end]);
                }
            }
            return shares;
        }

        /** The first step from {@code from} to {@code last} that was observed on that many items, -1 if none. */
        int next(int from, int last, int atLeast) {
            for (int t = from; t <= last; t++) {
                if (items[t] >= atLeast) {
                    return t;
                }
            }
            return -1;
        }
    }
}
