package dev.ardm.core.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The cheapest schedules of one stage for every number of calls up to a limit, by dynamic programming over a curve that does
 * not increase: with cost(k, t) the least cost of generating steps 0 to t-1 in k groups, none empty,
 *
 * <pre>cost(k, t) = min over s &lt; t of cost(k-1, s) + (t-s) L_s</pre>
 *
 * (Hoogeboom et al. 2022, section 3.1). For each k the candidates s are lines in t whose slopes L_s do not increase, so their
 * lower envelope is built and walked along as t grows (the convex-hull trick): O(calls x steps) time instead of O(calls x
 * steps^2). The curve is in integers, so that costs, ties and crossings of lines are exact.
 *
 * <p>Memory: about calls x steps / 4 bytes. Which s is best never decreases with t, so that a {@link MonotoneSequence}
 * holds it.
 */
final class StagePlans {
    private final long[] slopes;
    private final int steps;
    /** Least cost for k + 1 calls. */
    private final long[] costs;
    /** For k + 2 calls: the start of the last group where t = k + 2 + i steps are generated, less k + 1. */
    private final List<MonotoneSequence> lastStarts = new ArrayList<>();

    /**
     * @param curve L_t in some small unit, from 0 up, never increasing, length x largest at most 2^61
     * @param calls largest number of calls, from 1 to the length of the curve
     */
    StagePlans(long[] curve, int calls) {
        slopes = curve;
        steps = curve.length;
        costs = new long[calls];
        Envelope envelope = new Envelope();
        long[] cost = new long[steps + 1];
        for (int t = 1; t <= steps; t++) {
            cost[t] = t * curve[0];
        }
        costs[0] = cost[steps];
        int[] lastStart = new int[steps];
        for (int k = 2; k <= calls; k++) {
            envelope.addGroup(k, cost, lastStart);
            costs[k - 1] = cost[steps];
            lastStarts.add(MonotoneSequence.of(lastStart, steps - k + 1));
        }
    }

    /** The lines that are lowest somewhere, each from an integer on until the next one. */
    private final class Envelope {
        final int[] from = new int[steps];
        final int[] start = new int[steps];
        final long[] slope = new long[steps];
        final long[] intercept = new long[steps];

        /** From the costs of k - 1 groups to those of k, in place. In locals and in one method, which is twice as fast. */
        void addGroup(int k, long[] cost, int[] lastStart) {
            int head = 0;
            int last = -1;
            long before = cost[k - 1];
            long lowestAtEnd = Long.MAX_VALUE;
            for (int t = k; t <= steps; t++) {
                // the line of the groups that start at s
                int s = t - 1;
                long newSlope = slopes[s];
                long atEnd = before + newSlope * (steps - s);
                // no steeper than the last line: if it is no lower at the end it is never lower before
                if (atEnd < lowestAtEnd) {
                    lowestAtEnd = atEnd;
                    long newIntercept = before - newSlope * s;
                    while (last >= head) {
                        int since = Math.max(from[last], t);
                        if (newIntercept + newSlope * since > intercept[last] + slope[last] * since) {
                            break;
                        }
                        last--;
                    }
                    int newFrom =
                            last < head ? t : ceilingQuotient(newIntercept - intercept[last], slope[last] - newSlope);
                    last++;
                    from[last] = newFrom;
                    start[last] = s;
                    slope[last] = newSlope;
                    intercept[last] = newIntercept;
                }
                while (head < last && from[head + 1] <= t) {
                    head++;
                }
                before = cost[t];
                cost[t] = intercept[head] + slope[head] * t;
                lastStart[t - k] = start[head] - (k - 1);
            }
        }
    }

    /** Of positive numbers, below 2^31. Division of doubles is faster than that of longs; it may be off by one. */
    private static int ceilingQuotient(long dividend, long divisor) {
        long quotient = (long) ((double) dividend / (double) divisor);
        while (quotient * divisor < dividend) {
            quotient++;
        }
        while ((quotient - 1) * divisor >= dividend) {
            quotient--;
        }
        return (int) quotient;
    }

    /** Largest number of calls that was planned for. */
    int maxCalls() {
        return costs.length;
    }

    /**
     * Least cost in so many calls, in the unit of the curve. It is convex in the number of calls, because (t-s) L_s is
     * Monge where L does not increase (Aggarwal, Schieber and Tokuyama 1994, Finding a minimum-weight k-link path).
     */
    long cost(int calls) {
        return costs[calls - 1];
    }

    /** The cheapest schedule of exactly so many calls. */
    Schedule schedule(int calls) {
        int[] starts = new int[calls];
        int t = steps;
        for (int k = calls; k > 1; k--) {
            t = lastStarts.get(k - 2).term(t - k) + k - 1;
            starts[k - 1] = t;
        }
        return Schedule.of(starts, steps);
    }
}
