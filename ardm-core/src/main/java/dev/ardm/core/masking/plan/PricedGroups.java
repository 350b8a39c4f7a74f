package dev.ardm.core.masking.plan;

import java.util.Arrays;

/**
 * Groups of the steps of one stage where each group has a price in addition to what its steps cost, over a curve that does not
 * increase: with cost(t) the least cost of generating steps 0 to t-1,
 *
 * <pre>cost(t) = price + min over s &lt; t of cost(s) + (t-s) L_s</pre>
 *
 * The candidates s are lines in t whose slopes L_s do not increase, so that their lower envelope is built and walked along as
 * t grows (the convex-hull trick): O(steps) time. The higher the price, the fewer the groups. The curve is in integers, so
 * that costs, ties and crossings of lines are exact.
 */
final class PricedGroups {
    /** Twice the curve, so that there are prices between its integers. */
    private final long[] slopes;

    private final int steps;
    private final int[] from;
    private final int[] start;
    private final long[] slope;
    private final long[] intercept;
    /** For each t the start of the last group of steps 0 to t-1. */
    private final int[] lastStart;

    /** @param curve L_t in some small unit, from 0 up, never increasing, length x largest at most 2^60 */
    PricedGroups(long[] curve) {
        steps = curve.length;
        slopes = Arrays.stream(curve).map(bits -> 2 * bits).toArray();
        from = new int[steps];
        start = new int[steps];
        slope = new long[steps];
        intercept = new long[steps];
        lastStart = new int[steps + 1];
    }

    int steps() {
        return steps;
    }

    /** Above all prices at which more than one group pays. */
    long highestPrice() {
        return steps * slopes[0] + 1;
    }

    /** The cost of groups without their price, in units of the curve. */
    long cost(int[] starts) {
        long cost = 0;
        for (int i = 0; i < starts.length; i++) {
            int end = i + 1 < starts.length ? starts[i + 1] : steps;
            cost += (end - starts[i]) * (slopes[starts[i]] / 2);
        }
        return cost;
    }

    /**
     * The starts of the cheapest groups.
     *
     * @param price of a group in half units, at most {@link #highestPrice}. If it is odd their number is unique: a group
     *     more saves whole units
     */
    int[] cheapest(long price) {
        walk(price);
        int groups = 0;
        for (int t = steps; t > 0; t = lastStart[t]) {
            groups++;
        }
        int[] starts = new int[groups];
        for (int t = steps; t > 0; t = lastStart[t]) {
            starts[--groups] = lastStart[t];
        }
        return starts;
    }

    /** Fills {@link #lastStart}. In one method and in locals, which is twice as fast. */
    private void walk(long price) {
        // The envelope: the lines that are lowest somewhere, each from an integer on until the next one.
        int head = 0;
        int last = -1;
        long before = 0;
        long lowestAtEnd = Long.MAX_VALUE;
        for (int t = 1; t <= steps; t++) {
            // the line of the groups that start at s
            int s = t - 1;
            long newSlope = slopes[s];
            long atEnd = before + newSlope * (steps - s);
            // no steeper than the last line: if it is not lower at the end, it is never lower before
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
                int newFrom = last < head ? t : ceilingQuotient(newIntercept - intercept[last], slope[last] - newSlope);
                last++;
                from[last] = newFrom;
                start[last] = s;
                slope[last] = newSlope;
                intercept[last] = newIntercept;
            }
            while (head < last && from[head + 1] <= t) {
                head++;
            }
            before = price + intercept[head] + slope[head] * t;
            lastStart[t] = start[head];
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

    /**
     * Makes a path of any number of groups between those of two that are both cheapest at one price, as cheap as they are:
     * the beginning of the one with more groups, and the end of the other. They change over where a group of the one is
     * within a group of the other, which costs nothing because (t-s) L_s is Monge where L does not increase (Aggarwal,
     * Schieber and Tokuyama 1994, Finding a minimum-weight k-link path in graphs with the concave Monge property).
     *
     * @param groups from {@code fewer.length} to {@code more.length}
     */
    static int[] between(int[] fewer, int[] more, int groups) {
        int ahead = groups - fewer.length;
        int i = 0;
        while (i + 1 < fewer.length && more[i + 1 + ahead] > fewer[i + 1]) {
            i++;
        }
        int[] starts = Arrays.copyOf(more, groups);
        System.arraycopy(fewer, i + 1, starts, i + 1 + ahead, fewer.length - i - 1);
        return starts;
    }
}
