package dev.ardm.core.masking;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Verb;
import java.util.List;
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
     * step (Hoogeboom et al. 2022, section 3.1: L_t) is the mean of. The order is random, another one for each item and step.
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
                bits[i] = UnitLosses.mean(generation, process, process.corrupt(place, random), items.get(i))
                        / UnitLosses.LN2;
            }
            return bits;
        });
        return rows.toArray(new double[0][]);
    }

    /**
     * Mean cost of generating each step of an order from calls at chosen steps, for planning.
     *
     * @param plan its order; the schedule is not used
     * @param candidates steps at which the network may be called, all of one stage
     * @param end one past the last step of that stage
     * @return bits: for each candidate s the mean cost of step k given the first s, for k = s, s + 1, ...
     */
    public double[][] inOrder(List<int[]> items, MaskingPlan plan, int[] candidates, int end, IntConsumer progress) {
        FixedPolicy policy = FixedPolicy.of(process, plan);
        List<double[]> rows = evaluator.map(candidates.length, progress, (generation, index) -> {
            boolean[] known = policy.knownBefore(candidates[index]);
            Policy.Step rest = policy.step(candidates[index], end);
            double[] costs = new double[rest.units().length];
            for (int[] item : items) {
                double[] nats = generation.call(item, known, rest).nats(item);
                for (int i = 0; i < costs.length; i++) {
                    costs[i] += nats[i] / UnitLosses.LN2 / items.size();
                }
            }
            return costs;
        });
        return rows.toArray(new double[0][]);
    }
}
