package dev.ardm.app.plan;

import dev.ardm.app.Listener;
import dev.ardm.core.masking.CallCosts;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.plan.FixedOrderPlanner;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.LikelihoodModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plans the schedules of the spread order, which models ship with. */
public final class Schedules {
    private static final int[] BUDGETS = {1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256};
    /** The later steps of a stage are measured at intervals of this share of it. */
    private static final int INTERVALS = 96;

    private Schedules() {}

    /** How many items schedules are planned with: costs of large ones vary less, and take longer. */
    public static int itemsToPlanWith(Process process) {
        return Math.max(24, Math.min(200, 150_000 / process.steps()));
    }

    /**
     * The cheapest schedules of the spread order for the usual budgets.
     *
     * @param items held-out items to measure costs on; not the ones that results are reported on
     */
    public static Map<Integer, Schedule> plan(MaskingModel model, List<int[]> items, int threads, Listener listener) {
        Process process = model.process();
        int[] candidates = candidates(process.generatedUnits(), INTERVALS);
        List<Integer> budgets = Arrays.stream(BUDGETS)
                .filter(budget -> budget >= process.stages()
                        && budget < process.steps()
                        && budget <= process.stages() * candidates.length)
                .boxed()
                .toList();
        return plan(CallCosts.of(model.open(threads)), items, budgets, candidates, listener);
    }

    /**
     * The cheapest schedules of the spread order for chosen budgets, the more starts to choose from the larger they are.
     *
     * @param budgets from the number of stages to the number of steps less 1; not empty
     */
    public static Map<Integer, Schedule> plan(
            LikelihoodModel likelihood, List<int[]> items, Collection<Integer> budgets, Listener listener) {
        int intervals = Math.max(INTERVALS, 2 * Collections.max(budgets));
        CallCosts costs = CallCosts.of(likelihood);
        return plan(costs, items, budgets, candidates(costs.process().generatedUnits(), intervals), listener);
    }

    private static Map<Integer, Schedule> plan(
            CallCosts measured, List<int[]> items, Collection<Integer> budgets, int[] candidates, Listener listener) {
        if (budgets.isEmpty()) {
            return new TreeMap<>();
        }
        Process process = measured.process();
        int units = process.generatedUnits();
        List<FixedOrderPlanner> stages = new ArrayList<>();
        try (Listener.Task progress = listener.begin("plan", process.stages() * candidates.length)) {
            for (int stage = 0; stage < process.stages(); stage++) {
                int first = stage * units;
                int before = stage * candidates.length;
                double[][] costs = measured.inOrder(
                        items,
                        MaskingPlan.spread(Schedule.full(process.steps())),
                        Arrays.stream(candidates).map(c -> first + c).toArray(),
                        first + units,
                        done -> progress.accept(before + done));
                stages.add(new FixedOrderPlanner(candidates, costs, units));
            }
        }
        return FixedOrderPlanner.joint(stages, budgets);
    }

    /** All of the first steps, then ever sparser: early groups are small. */
    public static int[] candidates(int steps, int intervals) {
        TreeSet<Integer> chosen = new TreeSet<>();
        double step = 0;
        while (step < steps) {
            chosen.add((int) step);
            step += Math.max(1, Math.min(step / 24, (double) steps / intervals));
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }
}
