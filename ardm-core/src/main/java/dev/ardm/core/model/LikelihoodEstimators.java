package dev.ardm.core.model;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.plan.Order;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.plan.Schedule;
import dev.ardm.core.process.Process;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** The three estimators of {@link LikelihoodModel}, on the threads of a model. */
final class LikelihoodEstimators {
    private static final String GIVEN_LABELS = ", given labels";

    private final ArdmModel model;
    private final Process process;
    private final UnitLosses unitLosses;

    LikelihoodEstimators(ArdmModel model) {
        this.model = model;
        this.process = model.process();
        this.unitLosses = new UnitLosses(model.model());
    }

    /** See {@link LikelihoodModel#bound}. */
    Estimate bound(List<int[]> items, int passes, long seed, IntConsumer progress) {
        if (passes < 1) {
            throw new IllegalArgumentException("at least one pass is needed, got " + passes);
        }
        int total = Math.multiplyExact(items.size(), passes);
        // Steps are stratified over all items and passes: it lowers the variance and keeps the mean.
        int[] strata = RandomStream.of(seed, Purpose.EVALUATION, -1).permutation(total);
        List<Double> each = model.map(items.size(), progress, (generation, index) -> {
            double sum = 0;
            for (int pass = 0; pass < passes; pass++) {
                int draw = pass * items.size() + index;
                RandomStream random = RandomStream.of(seed, Purpose.EVALUATION, draw);
                double place = Math.min((strata[draw] + random.nextDouble()) / total, Math.nextDown(1.0));
                sum += unitLosses.mean(generation, process.corrupt(place, random), items.get(index));
            }
            return sum / passes / UnitLosses.LN2 * process.stages() / process.unitSize();
        });
        String s = passes == 1 ? "" : "s";
        return estimate(
                "Monte-Carlo bound, " + passes + " random step" + s + " and order" + s + " per item", each, passes);
    }

    /** See {@link LikelihoodModel#exactForOrder}. */
    Estimate exactForOrder(List<int[]> items, Plan order, IntConsumer progress) {
        Plan full = new Plan(order.kind(), order.seed(), model.fullSchedule());
        return exact("exact log-likelihood for one order (" + name(order) + ")", items, full, progress);
    }

    /** See {@link LikelihoodModel#exactForPlan}. */
    Estimate exactForPlan(List<int[]> items, Plan plan, IntConsumer progress) {
        return exact(
                "exact log-likelihood for one order and schedule (" + name(plan) + ", "
                        + plan.schedule().calls() + " calls)",
                items,
                plan,
                progress);
    }

    private static String name(Plan plan) {
        return switch (plan.kind()) {
            case SPREAD -> "spread";
            case NATURAL -> "natural";
            case RANDOM -> "random, seed " + plan.seed();
        };
    }

    private Estimate exact(String name, List<int[]> items, Plan plan, IntConsumer progress) {
        List<Double> each = new ArrayList<>();
        for (double[] steps : stepNats(items, plan, progress)) {
            double sum = 0;
            for (double step : steps) {
                sum += step;
            }
            each.add(sum / UnitLosses.LN2 / process.generatedDimensions());
        }
        return estimate(name, each, plan.schedule().calls());
    }

    /** Nats of each step of each item: one place for each, so that sums have one order. */
    private double[][] stepNats(List<int[]> items, Plan plan, IntConsumer progress) {
        Order order = plan.order(process);
        Schedule schedule = plan.schedule();
        boolean[] given = process.given().flags(process.units());
        double[][] nats = new double[items.size()][];
        if (process.causal() && schedule.calls() == schedule.steps()) {
            model.map(items.size(), progress, (generation, index) -> {
                nats[index] = unitLosses.inOrder(generation, items.get(index), order);
                return index;
            });
            return nats;
        }
        Arrays.setAll(nats, index -> new double[process.steps()]);
        model.forEachCall(items.size(), schedule, progress, (generation, index, call) -> {
            int[] step = {schedule.start(call)};
            int[] item = items.get(index);
            generation.call(
                    item,
                    given,
                    order,
                    schedule,
                    call,
                    (unit, stage, outputs, offset) ->
                            nats[index][step[0]++] = generation.likelihood().nats(outputs, offset, item, unit, stage));
        });
        return nats;
    }

    private Estimate estimate(String name, List<Double> each, int calls) {
        return Estimate.of(
                model.hasLabel() ? name + GIVEN_LABELS : name,
                each.stream().mapToDouble(Double::doubleValue).toArray(),
                calls);
    }
}
