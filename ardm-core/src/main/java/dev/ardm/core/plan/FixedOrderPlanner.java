package dev.ardm.core.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
            throw new IllegalArgumentException("at least one network call is needed, got " + calls);
        }
        int n = candidates.length;
        int budget = Math.min(calls, n);
        // best[i]: cheapest way to generate all steps from candidate i on, in the calls considered so far
        double[] best = new double[n];
        int[][] next = new int[budget][n];
        for (int i = 0; i < n; i++) {
            best[i] = group(i, steps);
            next[0][i] = n;
        }
        for (int extra = 1; extra < budget; extra++) {
            double[] better = best.clone();
            Arrays.fill(next[extra], -1);
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
        int[] starts = new int[budget];
        int count = 0;
        int at = 0;
        for (int left = budget - 1; at < n && left >= 0; left--) {
            int follower = next[left][at];
            if (follower == -1) {
                continue; // one call fewer is as good
            }
            starts[count++] = candidates[at];
            at = follower;
        }
        return Schedule.of(Arrays.copyOf(starts, count), steps);
    }

    /**
     * The cheapest schedule of several stages of equally many steps, with at most {@code calls} calls for all of them together
     * and at least one for each.
     */
    public static Schedule joint(List<FixedOrderPlanner> stages, int calls) {
        int most = calls - stages.size() + 1;
        if (most < 1) {
            throw new IllegalArgumentException(stages.size() + " stages need a call each, got a budget of " + calls);
        }
        int count = stages.size();
        Schedule[][] plans = new Schedule[count][];
        // best[b]: cheapest way to generate the stages so far in b calls; taken: calls of the last of them
        double[] best = new double[calls + 1];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        best[0] = 0;
        int[][] taken = new int[count][calls + 1];
        for (int stage = 0; stage < count; stage++) {
            int limit = Math.min(most, stages.get(stage).candidates.length);
            plans[stage] = new Schedule[limit + 1];
            double[] better = new double[calls + 1];
            Arrays.fill(better, Double.POSITIVE_INFINITY);
            for (int own = 1; own <= limit; own++) {
                plans[stage][own] = stages.get(stage).plan(own);
                double cost = stages.get(stage).cost(plans[stage][own]);
                for (int before = 0; before + own <= calls; before++) {
                    if (best[before] + cost < better[before + own]) {
                        better[before + own] = best[before] + cost;
                        taken[stage][before + own] = own;
                    }
                }
            }
            best = better;
        }
        int budget = count;
        for (int b = count; b <= calls; b++) {
            budget = best[b] < best[budget] ? b : budget;
        }
        List<Integer> starts = new ArrayList<>();
        int steps = stages.get(0).steps;
        for (int stage = count - 1; stage >= 0; stage--) {
            int own = taken[stage][budget];
            for (int start : plans[stage][own].starts()) {
                starts.add(stage * steps + start);
            }
            budget -= own;
        }
        return Schedule.of(starts.stream().sorted().mapToInt(Integer::intValue).toArray(), count * steps);
    }

    /** Expected cost in bits of a schedule whose starts are all candidates. */
    public double cost(Schedule schedule) {
        double total = 0;
        for (int call = 0; call < schedule.calls(); call++) {
            int candidate = Arrays.binarySearch(candidates, schedule.start(call));
            if (candidate < 0) {
                throw new IllegalArgumentException("no costs were measured at step " + schedule.start(call));
            }
            total += group(candidate, schedule.end(call));
        }
        return total;
    }
}
