package dev.ardm.app.plan;

import dev.ardm.app.Listener;
import dev.ardm.app.report.Figure;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.plan.LossComponentEstimator;
import dev.ardm.core.masking.plan.LossComponents;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Monotonization;
import dev.ardm.core.masking.plan.OrderAgnosticPlanner;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans for random orders, from the loss components alone ({@link OrderAgnosticPlanner}; Hoogeboom et al. 2022, section 3.1).
 * Realised costs are those of one random order for each item.
 *
 * @param curve the loss components
 * @param observations what they were estimated from; null if they come from a model file
 * @param seed of the orders in which plans are tried
 */
public record RandomBudgets(
        LossComponents curve, @Nullable LossComponentEstimator observations, Monotonization monotonization, long seed)
        implements BudgetPlanner {
    @Override
    public Plans plan(LikelihoodModel likelihood, Parts parts, int[] budgets, Listener listener) {
        OrderAgnosticPlanner planner = new OrderAgnosticPlanner(curve, monotonization);
        List<PlannedBudget> planned = new ArrayList<>();
        for (int calls : budgets) {
            Schedule naive = OrderAgnosticPlanner.naive(curve.stages(), curve.units(), calls);
            Schedule cheapest = planner.plan(calls);
            int dimensions = MaskingModel.of(likelihood).process().generatedDimensions();
            planned.add(new PlannedBudget(
                    calls,
                    price(planner.curve(), naive, dimensions),
                    price(planner.curve(), cheapest, dimensions),
                    realised(likelihood, parts.judging(), cheapest, listener),
                    cheapest));
        }
        return new Plans(planned, null);
    }

    /** Prices are those on the curve made monotone, which the planner knows; errors those of the curve as it was measured. */
    private Figure price(LossComponents monotone, Schedule schedule, int dimensions) {
        double error = observations == null
                ? curve.costStandardErrorLimit(schedule)
                : observations.costStandardError(schedule);
        return new Figure(monotone.cost(schedule) / dimensions, error / dimensions);
    }

    private Estimate realised(LikelihoodModel likelihood, List<int[]> items, Schedule schedule, Listener listener) {
        List<Estimate> ofItems = new ArrayList<>();
        try (Listener.Task progress = listener.begin("try", items.size())) {
            for (int i = 0; i < items.size(); i++) {
                long order = RandomStream.of(seed, Purpose.EVALUATION, i).nextLong();
                ofItems.add(likelihood
                        .estimator(Estimator.PLAN, MaskingPlan.random(order, schedule), 1)
                        .measureValues(List.of(items.get(i)), 0, LikelihoodModel.NO_PROGRESS));
                progress.accept(i + 1);
            }
        }
        return BudgetPlanner.mean(
                "exact log-likelihood for one random order of each item and this schedule", ofItems, schedule.calls());
    }

    @Override
    public String method() {
        return "order-agnostic planner, loss components made monotone by "
                + (monotonization == Monotonization.SORTED ? "sorting" : "isotonic regression");
    }

    @Override
    public String prediction() {
        return "from the loss components"
                + (observations == null
                        ? "; standard errors are upper limits, because single observations are not stored"
                        : "");
    }
}
