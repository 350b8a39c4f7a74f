package dev.ardm.cli;

import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.plan.FixedOrderPlanner;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.plan.Schedule;
import dev.ardm.core.process.Process;
import java.util.ArrayList;
import java.util.Arrays;
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
        Process process = model.process();
        int units = process.generatedUnits();
        int[] candidates = candidates(units);
        List<FixedOrderPlanner> stages = new ArrayList<>();
        try (Progress progress = new Progress("plan", process.stages() * candidates.length)) {
            for (int stage = 0; stage < process.stages(); stage++) {
                int first = stage * units;
                int before = stage * candidates.length;
                double[][] costs = likelihood.stepCosts(
                        items,
                        Plan.spread(likelihood.fullSchedule()),
                        Arrays.stream(candidates).map(c -> first + c).toArray(),
                        first + units,
                        done -> progress.accept(before + done));
                stages.add(new FixedOrderPlanner(candidates, costs, units));
            }
        }
        Map<Integer, Schedule> schedules = new TreeMap<>();
        for (int budget : BUDGETS) {
            if (budget >= process.stages()
                    && budget < process.steps()
                    && budget <= process.stages() * candidates.length) {
                schedules.put(budget, FixedOrderPlanner.joint(stages, budget));
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
