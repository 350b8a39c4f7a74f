package dev.ardm.app.plan;

import dev.ardm.app.Text;
import dev.ardm.app.report.Figure;
import dev.ardm.core.masking.plan.CallCurve;
import dev.ardm.core.masking.plan.LossComponents;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code ardm plan} found, as text and as JSON; all costs in bits per dimension.
 *
 * @param measuring number of items that the plans are made from
 * @param judging number of other items, on which the plans were tried
 * @param order {@code spread} or {@code random}
 * @param curve the loss components
 * @param curveSource where they come from, for people
 * @param measured whether they were measured now
 * @param dimensions what bits are divided by
 * @param costs what all schedules of the model cost, those of other budgets too; null for random orders
 */
public record PlanReport(
        int measuring,
        int judging,
        String order,
        BudgetPlanner planner,
        LossComponents curve,
        String curveSource,
        boolean measured,
        int dimensions,
        List<PlannedBudget> budgets,
        @Nullable CallCurve costs) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private int measuredSteps() {
        return (int) IntStream.range(0, curve.steps())
                .filter(t -> curve.count(t) > 0)
                .count();
    }

    private Figure bound() {
        return new Figure(curve.total() / dimensions, curve.totalStandardError() / dimensions);
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "loss components of random orders at %,d of %,d steps (%s): bound %s bits/dim%n",
                measuredSteps(),
                curve.steps(),
                curveSource,
                bound()));
        text.append(String.format(
                Locale.ROOT,
                "%s: %s; predicted: %s (%s); realised: on %s%n",
                order.equals("spread") ? "spread order" : "random orders",
                planner.method(),
                planner.prediction(),
                Text.count(measuring, "item"),
                Text.count(judging, "other item")));
        text.append(String.format(
                Locale.ROOT,
                "%7s  %-20s %-20s %-20s%n",
                "calls",
                "naive, predicted",
                "planned, predicted",
                "planned, realised"));
        for (PlannedBudget budget : budgets) {
            text.append(String.format(
                    Locale.ROOT,
                    "%7d  %-20s %-20s %-20s%n",
                    budget.calls(),
                    budget.naive(),
                    budget.planned(),
                    Figure.of(budget.realised())));
        }
        if (costs != null) {
            text.append(String.format(Locale.ROOT, "%s%n", usual(costs)));
        }
        return text.toString();
    }

    /** How many calls an item gets if nobody says otherwise, and why. */
    private static String usual(CallCurve costs) {
        return String.format(
                        Locale.ROOT, "a call for each step would cost %.4f bits/dim (extrapolated); ", costs.full())
                + (costs.usualCalls().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "%d calls cost at most %.4f more, and are what the model takes by default",
                                costs.usualCalls().getAsInt(),
                                costs.tolerance())
                        : String.format(
                                Locale.ROOT,
                                "no schedule of at most %d calls is within %.4f of it",
                                CallCurve.MOST_USUAL,
                                costs.tolerance()));
    }

    /** The same as a JSON object; errors that are unknown are null. */
    public ObjectNode json() {
        ObjectNode node = JSON.createObjectNode();
        node.put("items_measured", measuring);
        node.put("items_judged", judging);
        node.put("dimensions", dimensions);
        node.put("order", order);
        node.put("planner", planner.method());
        node.put("prediction", planner.prediction());
        ObjectNode components = node.putObject("loss_components");
        components.put("source", curveSource);
        components.put("measured_now", measured);
        components.put("steps", curve.steps());
        components.put("steps_measured", measuredSteps());
        bound().addTo(components);
        if (costs != null) {
            ObjectNode curve = node.putObject("schedule_costs");
            curve.put("full_bits_per_dimension", costs.full());
            costs.usualCalls().ifPresent(calls -> curve.put("usual_calls", calls));
            ObjectNode bits = curve.putObject("bits_per_dimension");
            costs.bits().forEach((calls, cost) -> bits.put(calls.toString(), cost));
        }
        ArrayNode list = node.putArray("budgets");
        for (PlannedBudget budget : budgets) {
            ObjectNode entry = list.addObject();
            entry.put("calls", budget.calls());
            budget.naive().addTo(entry.putObject("naive_predicted"));
            budget.planned().addTo(entry.putObject("planned_predicted"));
            ObjectNode realised = entry.putObject("planned_realised");
            Figure.of(budget.realised()).addTo(realised);
            realised.put("estimator", budget.realised().estimator());
            ArrayNode starts = entry.putArray("schedule");
            for (int start : budget.schedule().starts()) {
                starts.add(start);
            }
        }
        return node;
    }
}
