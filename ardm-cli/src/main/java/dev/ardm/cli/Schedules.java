package dev.ardm.cli;

import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.plan.Planner;
import dev.ardm.core.plan.Schedule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plans the schedules a model ships with. */
final class Schedules {
    private static final int[] BUDGETS = {1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256};

    private Schedules() {}

    /**
     * The cheapest schedules of the spread order for the usual budgets.
     *
     * @param items held-out items to measure costs on; not the ones that results are reported on
     */
    static Map<Integer, Schedule> plan(Model model, List<int[]> items, int threads) {
        ArdmModel likelihood = new ArdmModel(model, threads);
        int steps = model.space().dimensions();
        int[] candidates = candidates(steps);
        double[][] costs;
        try (Progress progress = new Progress("plan", candidates.length)) {
            costs = likelihood.stepCosts(items, Plan.spread(Schedule.full(steps)), candidates, progress);
        }
        Planner planner = new Planner(candidates, costs, steps);
        Map<Integer, Schedule> schedules = new TreeMap<>();
        for (int budget : BUDGETS) {
            if (budget < steps && budget <= candidates.length) {
                schedules.put(budget, planner.plan(budget));
            }
        }
        return schedules;
    }

    /** All of the first steps, then ever sparser: early groups are small. */
    static int[] candidates(int steps) {
        TreeSet<Integer> chosen = new TreeSet<>();
        double step = 0;
        while (step < steps) {
            chosen.add((int) step);
            step += Math.max(1, Math.min(step / 24, steps / 96.0));
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }
}
