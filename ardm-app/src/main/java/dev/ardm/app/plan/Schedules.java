package dev.ardm.app.plan;

import dev.ardm.app.Listener;
import dev.ardm.core.masking.CallCosts;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.plan.CallCurve;
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
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plans the schedules of the spread order, which models ship with. */
public final class Schedules {
    private static final int[] BUDGETS = {1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256};
    /** The later steps of a stage are measured at intervals of this share of it. */
    private static final int INTERVALS = 96;

    private Schedules() {}

    /**
     * What planning came to.
     *
     * @param schedules by the most calls that each may take
     * @param costs what they cost on the items they were planned with
     */
    public record Planned(Map<Integer, Schedule> schedules, CallCurve costs) {
        /** A model with these in addition to its own. */
        public MaskingModel addedTo(MaskingModel model) {
            Map<Integer, Schedule> all = new TreeMap<>(model.schedules());
            all.putAll(schedules);
            return model.withSchedules(all)
                    .withScheduleCosts(model.scheduleCosts()
                            .map(before -> before.with(costs))
                            .orElse(costs));
        }
    }

    /** How many items schedules are planned with: costs of large ones vary less, and take longer. */
    public static int itemsToPlanWith(Process process) {
        return Math.max(24, Math.min(200, 150_000 / process.steps()));
    }

    /**
     * The cheapest schedules of the spread order for the usual budgets, and what they cost.
     *
     * @param items held-out items to measure costs on; not the ones that results are reported on
     */
    public static Planned plan(MaskingModel model, List<int[]> items, int threads, Listener listener) {
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
     * The cheapest schedules of the spread order for chosen budgets and what they cost, the more starts to choose from the larger they are.
     *
     * @param budgets from the number of stages to the number of steps less 1; not empty
     */
    public static Planned plan(
            LikelihoodModel likelihood, List<int[]> items, Collection<Integer> budgets, Listener listener) {
        int intervals = Math.max(INTERVALS, 2 * Collections.max(budgets));
        CallCosts costs = CallCosts.of(likelihood);
        return plan(costs, items, budgets, candidates(costs.process().generatedUnits(), intervals), listener);
    }

    private static Planned plan(
            CallCosts measured, List<int[]> items, Collection<Integer> budgets, int[] candidates, Listener listener) {
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
        Map<Integer, Schedule> schedules = FixedOrderPlanner.joint(stages, budgets);
        double values = items.stream()
                .mapToInt(item ->
                        item.length == process.space().dimensions() ? process.generatedDimensions() : item.length)
                .average()
                .orElse(1);
        NavigableMap<Integer, Double> bits = new TreeMap<>();
        schedules.forEach((calls, schedule) -> bits.put(calls, FixedOrderPlanner.cost(stages, schedule) / values));
        double full = stages.stream().mapToDouble(FixedOrderPlanner::fullCost).sum() / values;
        return new Planned(schedules, new CallCurve(Math.max(0, full), (int) Math.ceil(values), bits));
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
