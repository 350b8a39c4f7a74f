package dev.ardm.core.model;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.plan.Order;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.process.Process;
import java.util.List;
import java.util.function.IntConsumer;

/** Measures what planners of schedules want to know: what units cost that come from a network call at some step. */
final class CallCosts {
    private final ArdmModel model;
    private final Process process;
    private final UnitLosses unitLosses;

    CallCosts(ArdmModel model) {
        this.model = model;
        this.process = model.process();
        this.unitLosses = new UnitLosses(model.model());
    }

    /** See {@link ArdmModel#lossComponents}. */
    double[][] inRandomOrders(List<int[]> items, int[] steps, long seed, IntConsumer progress) {
        if (process.causal()) {
            throw new IllegalArgumentException(
                    "a causal model predicts one variable a call: there are no schedules to plan");
        }
        List<double[]> rows = model.map(steps.length, progress, (generation, index) -> {
            double[] bits = new double[items.size()];
            for (int i = 0; i < bits.length; i++) {
                RandomStream random = RandomStream.of(seed, Purpose.EVALUATION, (long) steps[index] * items.size() + i);
                double place = (steps[index] + 0.5) / process.steps();
                bits[i] = unitLosses.mean(generation, process.corrupt(place, random), items.get(i)) / UnitLosses.LN2;
            }
            return bits;
        });
        return rows.toArray(new double[0][]);
    }

    /** See {@link ArdmModel#stepCosts}. */
    double[][] inOrder(List<int[]> items, Plan plan, int[] candidates, int end, IntConsumer progress) {
        Order order = plan.order(process);
        int units = process.generatedUnits();
        int first = process.given().count();
        List<double[]> rows = model.map(candidates.length, progress, (generation, index) -> {
            int start = candidates[index];
            int stage = start / units;
            boolean[] known = process.given().flags(process.units());
            for (int step = stage * units; step < start; step++) {
                known[order.position(first + step - stage * units)] = true;
            }
            int[] rest = new int[end - start];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = order.position(first + start - stage * units + i);
            }
            double[] costs = new double[rest.length];
            for (int[] item : items) {
                double[] nats = unitLosses.at(generation, item, known, stage, rest);
                for (int i = 0; i < rest.length; i++) {
                    costs[i] += nats[i] / UnitLosses.LN2 / items.size();
                }
            }
            return costs;
        });
        return rows.toArray(new double[0][]);
    }
}
