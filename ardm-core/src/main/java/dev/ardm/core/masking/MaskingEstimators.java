package dev.ardm.core.masking;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.masking.call.FixedPolicy;
import dev.ardm.core.masking.plan.LossComponents;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.ItemScorer;
import dev.ardm.core.model.LikelihoodModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * The estimators of a masking model, on its threads: the order-agnostic bound (Hoogeboom et al. 2022, equation 3) with one random
 * step and order for each item and pass; the exact cost of one order and schedule, which is what a coder with that plan pays;
 * the exact likelihood for that order, one unit a call; and what the loss components in the model file predict.
 */
final class MaskingEstimators {
    private static final String GIVEN_LABELS = ", given labels";

    private final Evaluator evaluator;
    private final Process process;
    private final MaskingPlan plan;
    private final ItemLayout layout;
    private final int passes;
    private final Supplier<ItemScorer> scorer;

    /** See {@link LikelihoodModel#estimators}. */
    MaskingEstimators(
            Evaluator evaluator, MaskingPlan plan, ItemLayout layout, int passes, Supplier<ItemScorer> scorer) {
        if (passes < 1) {
            throw new IllegalArgumentException("at least one pass is needed, got " + passes);
        }
        this.evaluator = evaluator;
        this.process = evaluator.process();
        this.plan = plan;
        this.layout = layout;
        this.passes = passes;
        this.scorer = scorer;
    }

    List<Estimator> all() {
        if (layout.anySize()) {
            return List.of(new Named(Estimator.PLAN, plan.calls(), (items, seed, progress) -> scored(items, progress)));
        }
        List<Estimator> all = new ArrayList<>();
        all.add(new Named(Estimator.BOUND, passes, (items, seed, progress) -> bound(values(items), seed, progress)));
        all.add(new Named(Estimator.PLAN, plan.calls(), (items, seed, progress) -> forPlan(values(items), progress)));
        if (plan.calls() < process.steps() && !plan.wavefronts()) {
            all.add(new Named("order", process.steps(), (items, seed, progress) -> forOrder(values(items), progress)));
        }
        if (!process.causal() && !evaluator.hasLabel()) { // They were measured without labels.
            evaluator
                    .model()
                    .lossComponents()
                    .ifPresent(curve -> all.add(
                            new Named("predicted_for_random_order", 0, (items, seed, progress) -> predicted(curve))));
        }
        return all;
    }

    private interface Measure {
        Estimate of(List<Item> items, long seed, IntConsumer progress);
    }

    private record Named(String kind, int calls, Measure by) implements Estimator {
        @Override
        public Estimate measure(List<Item> items, long seed, IntConsumer progress) {
            if (calls > 0) { // What was measured before needs no items.
                Estimator.require(items, progress);
            }
            return by.of(items, seed, progress);
        }
    }

    private List<int[]> values(List<Item> items) {
        items.forEach(item -> evaluator.process(item.values()));
        return items.stream().map(Item::values).toList();
    }

    private Estimate bound(List<int[]> items, long seed, IntConsumer progress) {
        int total = Math.multiplyExact(items.size(), passes);
        // Steps are stratified over all items and passes: it lowers the variance and keeps the mean.
        int[] strata = RandomStream.of(seed, Purpose.EVALUATION, -1).permutation(total);
        List<Double> each = evaluator.map(items.size(), progress, (generation, index) -> {
            double sum = 0;
            for (int pass = 0; pass < passes; pass++) {
                int draw = pass * items.size() + index;
                RandomStream random = RandomStream.of(seed, Purpose.EVALUATION, draw);
                double place = Math.min((strata[draw] + random.nextDouble()) / total, Math.nextDown(1.0));
                Process own = evaluator.process(items.get(index));
                sum += UnitLosses.mean(generation, own, own.corrupt(place, random), items.get(index));
            }
            return sum / passes / UnitLosses.LN2 * process.stages() / process.unitSize();
        });
        String s = passes == 1 ? "" : "s";
        return estimate(
                name("Monte-Carlo bound, " + passes + " random step" + s + " and order" + s + " per item"),
                each.stream().mapToDouble(Double::doubleValue).toArray(),
                items,
                passes);
    }

    /** The mean of what items cost a dimension; of items of several lengths, that of their dimensions. */
    private static Estimate estimate(String name, double[] each, List<int[]> items, int calls) {
        int[] lengths = items.stream().mapToInt(item -> item.length).toArray();
        if (Arrays.stream(lengths).distinct().count() < 2) {
            return Estimate.of(name, each, calls);
        }
        double[] bits = new double[each.length];
        Arrays.setAll(bits, n -> each[n] * lengths[n]);
        return Estimate.ofSizes(name, bits, lengths, calls);
    }

    private Estimate forOrder(List<int[]> items, IntConsumer progress) {
        MaskingPlan full = new MaskingPlan(plan.kind(), plan.seed(), Schedule.full(process.steps()));
        return exact("exact log-likelihood for one order (" + plan.describe() + ")", items, full, progress);
    }

    private Estimate forPlan(List<int[]> items, IntConsumer progress) {
        return exact(planName(), items, plan, progress);
    }

    private String planName() {
        return "exact log-likelihood for one order and schedule (" + plan.describe() + ", " + plan.calls() + " calls)";
    }

    /** By the coder's windows. */
    private Estimate scored(List<Item> items, IntConsumer progress) {
        double[] bits = scorer.get().unitBits(items, progress).stream()
                .mapToDouble(Estimate::total)
                .toArray();
        int[] dimensions = items.stream().mapToInt(item -> item.values().length).toArray();
        return Estimate.ofSizes(name(planName() + " a window"), bits, dimensions, plan.calls());
    }

    private Estimate exact(String name, List<int[]> items, MaskingPlan by, IntConsumer progress) {
        double[][] nats = stepNats(items, by, progress);
        Estimate whole = estimate(name(name), bitsPerDimension(nats, 0, process.stages()), items, by.calls());
        if (process.stages() == 1) {
            return whole;
        }
        List<Estimate.Term> terms = new ArrayList<>();
        for (int stage = 0; stage < process.stages(); stage++) {
            Estimate part = estimate("", bitsPerDimension(nats, stage, stage + 1), items, by.calls());
            terms.add(new Estimate.Term(
                    "stage " + (stage + 1) + " of " + process.stages(), part.bitsPerDimension(), part.standardError()));
        }
        return whole.withTerms(terms);
    }

    private double[] bitsPerDimension(double[][] nats, int fromStage, int toStage) {
        double[] each = new double[nats.length];
        for (int n = 0; n < each.length; n++) {
            int units = nats[n].length / process.stages();
            double sum = 0;
            for (int step = fromStage * units; step < toStage * units; step++) {
                sum += nats[n][step];
            }
            each[n] = sum / UnitLosses.LN2 / (units * process.unitSize());
        }
        return each;
    }

    /** Nats of each step of each item: one place for each, so that sums have one order. */
    private double[][] stepNats(List<int[]> items, MaskingPlan by, IntConsumer progress) {
        double[][] nats = new double[items.size()][];
        Order order = by.order(process);
        if (process.causal() && (by.wavefronts() || by.calls() == process.steps())) {
            evaluator.map(items.size(), progress, (generation, index) -> {
                int[] item = items.get(index);
                nats[index] =
                        generation.callOfWhole(item, order.ofFirst(item.length)).nats(item);
                return index;
            });
            return nats;
        }
        Map<Integer, FixedPolicy> policies = new HashMap<>();
        for (int[] item : items) {
            policies.computeIfAbsent(item.length, n -> FixedPolicy.of(evaluator.process(item), by, order));
        }
        Arrays.setAll(
                nats, index -> new double[evaluator.process(items.get(index)).steps()]);
        int[] calls = items.stream()
                .mapToInt(item ->
                        Objects.requireNonNull(policies.get(item.length)).calls())
                .toArray();
        evaluator.forEachCall(calls, progress, (generation, index, call) -> {
            int[] item = items.get(index);
            FixedPolicy policy = Objects.requireNonNull(policies.get(item.length));
            double[] own = generation.call(item, policy, call).nats(item);
            System.arraycopy(own, 0, nats[index], policy.firstStep(call), own.length);
        });
        return nats;
    }

    /** Whatever the items are. */
    private Estimate predicted(LossComponents curve) {
        int dimensions = process.generatedDimensions();
        return new Estimate(
                "predicted for a random order and this schedule by the model file's loss components (error at most)",
                curve.cost(plan.schedule()) / dimensions,
                curve.costStandardErrorLimit(plan.schedule()) / dimensions,
                0,
                plan.calls());
    }

    private String name(String estimator) {
        return evaluator.hasLabel() ? estimator + GIVEN_LABELS : estimator;
    }
}
