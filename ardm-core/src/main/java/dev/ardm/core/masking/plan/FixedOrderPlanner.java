package dev.ardm.core.masking.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Finds the cheapest schedule of a budget of network calls for one fixed order, as a coder needs it. The price of a group
 * depends on which positions it holds, so it is measured, and no structure of the prices is taken for granted. Candidates
 * for the starts of groups are limited to those at which costs were measured, so that dynamic programming (Hoogeboom et al.
 * 2022, section 3.1) finds the exact optimum among them in O(budget x candidates^2).
 *
 * <p>For random orders, where the price of a group depends only on its first step and its size, see {@link
 * OrderAgnosticPlanner}.
 */
public final class FixedOrderPlanner {
    private final int[] candidates;
    private final double[][] prefix;
    private final int steps;

    /**
     * @param candidates increasing steps at which a group may start, the first of them 0
     * @param costs for each candidate s the expected cost in bits of generating step k from a call at s, for k = s, s + 1,
     *     ..., steps - 1
     */
    public FixedOrderPlanner(int[] candidates, double[][] costs, int steps) {
        Schedule.of(candidates, steps);
        if (costs.length != candidates.length) {
            throw new IllegalArgumentException("one row of costs for each candidate is needed");
        }
        this.candidates = candidates.clone();
        this.steps = steps;
        this.prefix = new double[candidates.length][];
        for (int i = 0; i < candidates.length; i++) {
            if (costs[i].length != steps - candidates[i]) {
                throw new IllegalArgumentException("candidate " + candidates[i] + " needs " + (steps - candidates[i])
                        + " costs, got " + costs[i].length);
            }
            prefix[i] = new double[costs[i].length + 1];
            for (int k = 0; k < costs[i].length; k++) {
                prefix[i][k + 1] = prefix[i][k] + costs[i][k];
            }
        }
    }

    /** Cost in bits of generating everything from one candidate up to the next start. */
    private double group(int candidate, int end) {
        return prefix[candidate][end - candidates[candidate]];
    }

    /** The cheapest schedule of at most {@code calls} calls. */
    public Schedule plan(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("at least 1 network call is needed, got " + calls);
        }
        int budget = Math.min(calls, candidates.length);
        return new Followers(budget).schedule(budget);
    }

    /** The result of dynamic programming for all budgets up to a limit: the successor of each candidate. */
    private final class Followers {
        private static final int SAME_AS_BEFORE = -1;
        /** By budget less 1, then by candidate: the next one, their number if none. */
        private final int[][] next;

        Followers(int limit) {
            int n = candidates.length;
            next = new int[limit][n];
            // best[i]: cheapest way to generate all steps from candidate i on, in the calls considered so far
            double[] best = new double[n];
            for (int i = 0; i < n; i++) {
                best[i] = group(i, steps);
                next[0][i] = n;
            }
            for (int extra = 1; extra < limit; extra++) {
                double[] better = best.clone();
                Arrays.fill(next[extra], SAME_AS_BEFORE);
                for (int i = 0; i < n; i++) {
                    for (int j = i + 1; j < n; j++) {
                        double cost = group(i, candidates[j]) + best[j];
                        if (cost < better[i]) {
                            better[i] = cost;
                            next[extra][i] = j;
                        }
                    }
                }
                best = better;
            }
        }

        /** The cheapest schedule of at most that many calls, from 1 to the limit. */
        Schedule schedule(int budget) {
            int[] starts = new int[budget];
            int count = 0;
            int at = 0;
            for (int left = budget - 1; at < candidates.length && left >= 0; left--) {
                int follower = next[left][at];
                if (follower == SAME_AS_BEFORE) {
                    continue; // one call fewer is as good
                }
                starts[count++] = candidates[at];
                at = follower;
            }
            return Schedule.of(Arrays.copyOf(starts, count), steps);
        }
    }

    /**
     * The cheapest schedules of several stages of equally many steps, each with at most a budget's calls for all stages
     * together and at least one for each. One pass serves all budgets.
     *
     * @param budgets numbers of calls, each at least the number of stages
     * @return a schedule for each budget, in increasing order
     */
    public static NavigableMap<Integer, Schedule> joint(List<FixedOrderPlanner> stages, Collection<Integer> budgets) {
        NavigableMap<Integer, Schedule> schedules = new TreeMap<>();
        if (budgets.isEmpty()) {
            return schedules;
        }
        int count = stages.size();
        int calls = Collections.max(budgets);
        if (Collections.min(budgets) < count) {
            throw new IllegalArgumentException(
                    count + " stages need a call each, got a budget of " + Collections.min(budgets));
        }
        Schedule[][] plans = new Schedule[count][];
        // best[b]: cheapest way to generate the stages so far in b calls; taken: calls of the last of them
        double[] best = new double[calls + 1];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        best[0] = 0;
        int[][] taken = new int[count][calls + 1];
        for (int stage = 0; stage < count; stage++) {
            FixedOrderPlanner planner = stages.get(stage);
            int limit = Math.min(calls - count + 1, planner.candidates.length);
            Followers followers = planner.new Followers(limit);
            plans[stage] = new Schedule[limit + 1];
            double[] better = new double[calls + 1];
            Arrays.fill(better, Double.POSITIVE_INFINITY);
            for (int own = 1; own <= limit; own++) {
                plans[stage][own] = followers.schedule(own);
                double cost = planner.cost(plans[stage][own]);
                for (int before = 0; before + own <= calls; before++) {
                    if (best[before] + cost < better[before + own]) {
                        better[before + own] = best[before] + cost;
                        taken[stage][before + own] = own;
                    }
                }
            }
            best = better;
        }
        for (int budget : budgets) {
            int cheapest = count;
            for (int b = count; b <= budget; b++) {
                cheapest = best[b] < best[cheapest] ? b : cheapest;
            }
            List<Schedule> ofStages = new ArrayList<>();
            for (int stage = count - 1; stage >= 0; stage--) {
                int own = taken[stage][cheapest];
                ofStages.add(0, plans[stage][own]);
                cheapest -= own;
            }
            schedules.put(budget, Schedule.concatenate(ofStages));
        }
        return schedules;
    }

    /**
     * Expected cost in bits of a joint schedule of several stages, whose starts are all candidates.
     *
     * @param stages of equally many steps
     */
    public static double cost(List<FixedOrderPlanner> stages, Schedule joint) {
        double total = 0;
        for (int call = 0; call < joint.calls(); call++) {
            int steps = stages.get(0).steps;
            FixedOrderPlanner stage = stages.get(joint.start(call) / steps);
            int first = joint.start(call) / steps * steps;
            total += stage.cost(joint.start(call) - first, joint.end(call) - first);
        }
        return total;
    }

    /**
     * Expected cost in bits of a call for each step. Between candidates it is extrapolated: what the next group would cost more if the
     * group before it were one with it tells what a value is worth to those after it; within a group of n, each value lacks those
     * before it, (n - 1) / 2 of n on average.
     */
    public double fullCost() {
        double total = 0;
        for (int i = 0; i < candidates.length; i++) {
            int end = i + 1 < candidates.length ? candidates[i + 1] : steps;
            int size = end - candidates[i];
            total += group(i, end);
            if (size > 1 && i + 1 < candidates.length) {
                int after = Math.min(end + size, steps);
                double merged = group(i, after) - group(i, end) - group(i + 1, after);
                total -= Math.max(0, merged) * (size - 1) / (2.0 * size);
            }
        }
        return total;
    }

    /** Expected cost in bits of a schedule whose starts are all candidates. */
    public double cost(Schedule schedule) {
        double total = 0;
        for (int call = 0; call < schedule.calls(); call++) {
            total += cost(schedule.start(call), schedule.end(call));
        }
        return total;
    }

    private double cost(int start, int end) {
        int candidate = Arrays.binarySearch(candidates, start);
        if (candidate < 0) {
            throw new IllegalArgumentException("no costs were measured at step " + start);
        }
        return group(candidate, end);
    }
}
