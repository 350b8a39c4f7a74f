package dev.ardm.app.plan;

import dev.ardm.app.Listener;
import dev.ardm.core.masking.plan.CallCurve;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.LikelihoodModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans budgets of network calls for one kind of order, and measures what comes of it. */
public interface BudgetPlanner {
    /**
     * The items to plan with.
     *
     * @param measuring items that the plans are made from
     * @param judging other items, on which the plans are tried
     */
    record Parts(List<int[]> measuring, List<int[]> judging) {}

    /**
     * Planned budgets.
     *
     * @param costs what the schedules cost beside a call for each step, on the items that they are made from; null if that was not measured
     */
    record Plans(List<PlannedBudget> budgets, @Nullable CallCurve costs) {}

    /**
     * Plans budgets and prices the schedules.
     *
     * @param budgets increasing numbers of calls, from one for each stage to one less than steps
     */
    Plans plan(LikelihoodModel likelihood, Parts parts, int[] budgets, Listener listener);

    /** How it plans, for people. */
    String method();

    /** How its predictions are meant, for people. */
    String prediction();

    /** Over the items of an estimate of each, in bits per dimension. */
    static Estimate mean(String estimator, List<Estimate> ofItems, int calls) {
        double mean = 0;
        for (Estimate estimate : ofItems) {
            mean += estimate.bitsPerDimension() / ofItems.size();
        }
        double squares = 0;
        for (Estimate estimate : ofItems) {
            double distance = estimate.bitsPerDimension() - mean;
            squares = Math.fma(distance, distance, squares);
        }
        double error = ofItems.size() < 2 ? Double.NaN : Math.sqrt(squares / (ofItems.size() - 1.0) / ofItems.size());
        return new Estimate(estimator, mean, error, ofItems.size(), calls);
    }
}
