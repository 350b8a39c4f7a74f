package dev.ardm.core.masking;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.masking.call.FixedPolicy;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Verb;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;

/** Measures what planners of schedules want to know: what units cost that come from a network call at some step. */
public final class CallCosts {
    private final Evaluator evaluator;
    private final Process process;

    private CallCosts(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.process = evaluator.process();
    }

    /**
     * Costs of a model's calls.
     *
     * @throws IllegalArgumentException if the model lacks {@link Verb#PLAN}
     */
    public static CallCosts of(LikelihoodModel model) {
        model.require(Verb.PLAN);
        if (model instanceof ArdmModel masking) {
            return new CallCosts(masking.evaluator());
        }
        throw new IllegalArgumentException("schedules are those of masking models");
    }

    /** How the model generates items. */
    public Process process() {
        return process;
    }

    /**
     * Mean cross entropy in bits of a masked unit at a step of the generation, for each item: what the loss component of that
     * step (Hoogeboom et al. 2022, section 3.1: L_t) is the mean of. The order is random, another one for each item and step. Of an item
     * that is shorter than the model's, as large a part is known.
     *
     * @param steps steps of the process, in [0, {@code process().steps()})
     * @return for each step the values of all items
     */
    public double[][] inRandomOrders(List<int[]> items, int[] steps, long seed, IntConsumer progress) {
        List<double[]> rows = evaluator.map(steps.length, progress, (generation, index) -> {
            double[] bits = new double[items.size()];
            for (int i = 0; i < bits.length; i++) {
                RandomStream random = RandomStream.of(seed, Purpose.EVALUATION, (long) steps[index] * items.size() + i);
                double place = (steps[index] + 0.5) / process.steps();
                Process own = evaluator.process(items.get(i));
                bits[i] = UnitLosses.mean(generation, own, own.corrupt(place, random), items.get(i)) / UnitLosses.LN2;
            }
            return bits;
        });
        return rows.toArray(new double[0][]);
    }

    /**
     * Mean cost of generating each step of an order from calls at chosen steps, for planning. The steps of an item that is shorter than the
     * model's are where a schedule that is scaled to it has them.
     *
     * @param plan its order; the schedule is not used
     * @param candidates steps at which the network may be called, all of one stage
     * @param end one past the last step of that stage
     * @return bits: for each candidate s the mean cost of step k given the first s, for k = s, s + 1, ...
     */
    public double[][] inOrder(List<int[]> items, MaskingPlan plan, int[] candidates, int end, IntConsumer progress) {
        Order order = plan.order(process);
        Map<Integer, FixedPolicy> policies = new HashMap<>();
        for (int[] item : items) {
            policies.computeIfAbsent(item.length, n -> FixedPolicy.of(evaluator.process(item), plan, order));
        }
        int units = process.generatedUnits();
        int stage = candidates.length == 0 ? 0 : candidates[0] / units;
        List<double[]> rows = evaluator.map(candidates.length, progress, (generation, index) -> {
            double[] costs = new double[end - candidates[index]];
            for (int[] item : items) {
                int own = evaluator.process(item).generatedUnits();
                FixedPolicy policy = Objects.requireNonNull(policies.get(item.length));
                int first = (int) ((long) (candidates[index] - stage * units) * own / units);
                int from = stage * own + first;
                double[] nats = generation
                        .call(item, policy.knownBefore(from), policy.step(from, (stage + 1) * own))
                        .nats(item);
                for (int i = 0; i < nats.length; i++) {
                    // The last of the order's steps that are this one of the item, when a schedule is scaled to it.
                    int step = (int) (((first + i + 1L) * units + own - 1) / own) - 1;
                    costs[stage * units + step - candidates[index]] += nats[i] / UnitLosses.LN2 / items.size();
                }
            }
            return costs;
        });
        return rows.toArray(new double[0][]);
    }
}
