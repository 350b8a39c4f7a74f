package dev.ardm.app.plan;

import dev.ardm.app.Listener;
import dev.ardm.app.report.Figure;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.plan.CallCurve;
import dev.ardm.core.masking.plan.FixedOrderPlanner;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Plans for the spread order, in which the coder generates: from costs measured in that very order ({@link
 * FixedOrderPlanner}), since what a group costs there depends on which positions it holds.
 */
public final class SpreadBudgets implements BudgetPlanner {
    @Override
    public Plans plan(LikelihoodModel likelihood, Parts parts, int[] budgets, Listener listener) {
        Process process = MaskingModel.of(likelihood).process();
        Schedules.Planned found = Schedules.plan(
                likelihood, parts.measuring(), Arrays.stream(budgets).boxed().toList(), listener);
        List<PlannedBudget> planned = new ArrayList<>();
        NavigableMap<Integer, Double> costs = new TreeMap<>();
        for (int calls : budgets) {
            Schedule even = Schedule.even(process.stages(), process.generatedUnits(), calls);
            Schedule chosen = found.schedules().getOrDefault(calls, even);
            Estimate naive = exact(likelihood, parts.measuring(), even, listener);
            Estimate predicted = chosen.equals(even) ? naive : exact(likelihood, parts.measuring(), chosen, listener);
            if (predicted.bitsPerDimension() > naive.bitsPerDimension()) {
                // The planner has its choice of starts, and those of the even schedule may not be among them.
                chosen = even;
                predicted = naive;
            }
            costs.put(calls, predicted.bitsPerDimension());
            planned.add(new PlannedBudget(
                    calls,
                    Figure.of(naive),
                    Figure.of(predicted),
                    exact(likelihood, parts.judging(), chosen, listener),
                    chosen));
        }
        return new Plans(
                planned, new CallCurve(found.costs().full(), found.costs().dimensions(), costs));
    }

    private static Estimate exact(LikelihoodModel likelihood, List<int[]> items, Schedule schedule, Listener listener) {
        try (Listener.Task progress = listener.begin("price", items.size())) {
            return likelihood
                    .estimator(Estimator.PLAN, MaskingPlan.spread(schedule), 1)
                    .measureValues(items, 0, progress);
        }
    }

    @Override
    public String method() {
        return "fixed-order planner";
    }

    @Override
    public String prediction() {
        return "exact cost in the spread order on the items used for planning";
    }
}
