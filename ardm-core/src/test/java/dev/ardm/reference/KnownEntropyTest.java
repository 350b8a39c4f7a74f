package dev.ardm.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.masking.CallCosts;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.plan.FixedOrderPlanner;
import dev.ardm.core.masking.plan.LossComponentEstimator;
import dev.ardm.core.masking.plan.LossComponents;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Monotonization;
import dev.ardm.core.masking.plan.OrderAgnosticPlanner;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.SafeTensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Estimators, planners, sampler, filler and coder of a model of four variables of three values, against sums over all its items, sets
 * and orders.
 */
class KnownEntropyTest {
    private static final int VARIABLES = 4;
    private static final int[] STEPS = {0, 1, 2, 3};

    private static LikelihoodModel model;
    private static Enumeration exact;
    private static ReferenceDefinition definition;
    private static List<int[]> items;

    @BeforeAll
    static void enumerate() throws IOException {
        MaskingModel file = TinyModels.random(Space.image(2, 2, 1, 3), 2);
        ReferenceModel reference = ReferenceModel.read(Production.modelFile(file, SafeTensors.Type.F32));
        model = file.open(1);
        exact = new Enumeration(reference);
        definition = reference.definition();
        items = exact.items();
    }

    /** The bits of an item by a plan, whose order and groups are read from its bytes. */
    private static double bits(int[] item, MaskingPlan plan) throws ReferenceException {
        ReferencePlan read = ReferencePlan.read(plan.toBytes(), definition);
        return exact.bits(item, read.order(), read.calls());
    }

    private static double[] bits(List<int[]> of, MaskingPlan plan) throws ReferenceException {
        double[] bits = new double[of.size()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = bits(of.get(i), plan);
        }
        return bits;
    }

    /** Plans of all orders and of all schedules, each order with some of them, in turn. */
    private static List<MaskingPlan> plans() throws ReferenceException {
        List<MaskingPlan> plans = new ArrayList<>();
        TreeSet<String> orders = new TreeSet<>();
        int pairs = 0;
        for (int seed = 0; orders.size() < 24; seed++) {
            MaskingPlan full = MaskingPlan.random(seed, Schedule.full(VARIABLES));
            if (orders.add(Arrays.toString(
                    ReferencePlan.read(full.toBytes(), definition).order()))) {
                for (int[] starts : Enumeration.schedules(VARIABLES)) {
                    if (pairs++ % 5 == 0) {
                        plans.add(MaskingPlan.random(seed, Schedule.of(starts, VARIABLES)));
                    }
                }
            }
        }
        plans.add(MaskingPlan.spread(Schedule.of(new int[] {0, 1, 3}, VARIABLES)));
        plans.add(MaskingPlan.natural(Schedule.of(new int[] {0, 2}, VARIABLES)));
        return plans;
    }

    private static Estimate measure(String kind, Plan plan, int passes, List<int[]> of, long seed) {
        return model.estimator(kind, plan, passes).measureValues(of, seed, LikelihoodModel.NO_PROGRESS);
    }

    @Test
    void conditionalsAreThoseOfTheNetwork() {
        for (int known = 0; known < (1 << VARIABLES) - 1; known++) {
            boolean[] flags = new boolean[VARIABLES];
            for (int i = 0; i < VARIABLES; i++) {
                flags[i] = Enumeration.isIn(known, i);
            }
            for (int variable = 0; variable < VARIABLES; variable++) {
                if (!flags[variable]) {
                    List<double[]> found = model.conditionals(items, flags, variable, LikelihoodModel.NO_PROGRESS);
                    for (int i = 0; i < items.size(); i++) {
                        assertThat(found.get(i))
                                .containsExactly(exact.conditional(items.get(i), known, variable), within(1e-6));
                    }
                }
            }
        }
    }

    /** Also that all probabilities of a plan add up to 1, and the standard error over items. */
    @Test
    void thePlanIsWhatItsGroupsCost() throws ReferenceException {
        for (MaskingPlan plan : plans()) {
            double[] bits = bits(items, plan);
            assertThat(Arrays.stream(bits).map(b -> Math.pow(2, -b)).sum()).isCloseTo(1, within(1e-9));
            Estimate estimate = measure(Estimator.PLAN, plan, 1, items, 0);
            assertThat(VARIABLES * estimate.bitsPerDimension()).isCloseTo(Enumeration.mean(bits), within(1e-5));
            assertThat(VARIABLES * estimate.standardError()).isCloseTo(Enumeration.standardError(bits), within(1e-5));
            assertThat(estimate.callsPerItem()).isEqualTo(plan.calls());
            if (plan.calls() < VARIABLES) {
                double[] ofOrder = bits(items, new MaskingPlan(plan.kind(), plan.seed(), Schedule.full(VARIABLES)));
                Estimate order = measure("order", plan, 1, items, 0);
                assertThat(VARIABLES * order.bitsPerDimension()).isCloseTo(Enumeration.mean(ofOrder), within(1e-5));
                assertThat(VARIABLES * order.standardError())
                        .isCloseTo(Enumeration.standardError(ofOrder), within(1e-5));
            }
        }
    }

    /** The index of the nearest of some values, which must be near. */
    private static int nearest(double value, double[] values) {
        int nearest = 0;
        for (int k = 1; k < values.length; k++) {
            nearest = Math.abs(values[k] - value) < Math.abs(values[nearest] - value) ? k : nearest;
        }
        assertThat(values[nearest]).isCloseTo(value, within(1e-5));
        return nearest;
    }

    /** Its one draw of an item is uniform in the number of known variables, and then in the set of them. */
    @Test
    void theBoundIsTheMeanOverStepsAndSets() {
        int[] item = {2, 0, 1, 1};
        double sum = 0;
        List<Double> values = new ArrayList<>();
        List<Double> expected = new ArrayList<>();
        int seeds = 4_000;
        for (int n = 0; n < VARIABLES; n++) {
            sum += exact.lossComponent(item, n);
            for (int known : exact.sets(n)) {
                values.add(exact.meanBits(item, known));
                expected.add(seeds / (double) VARIABLES / exact.sets(n).size());
            }
        }
        assertThat(sum).as("order-agnostic bound").isCloseTo(exact.bound(item), within(1e-12));
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        int[] counts = new int[all.length];
        for (int seed = 0; seed < seeds; seed++) {
            counts[
                    nearest(
                            measure(Estimator.BOUND, model.plan(1), 1, List.of(item), seed)
                                    .bitsPerDimension(),
                            all)]++;
        }
        double chiSquared = Enumeration.chiSquared(
                counts, expected.stream().mapToDouble(Double::doubleValue).toArray());
        assertThat(chiSquared).isLessThan(46); // 14 degrees of freedom: beyond with a probability of 3e-5
    }

    /** As many draws as steps meet each step once, over items and passes. */
    @Test
    void theBoundsStepsAreStratified() {
        int[] item = {2, 0, 1, 1};
        double[] sums = {0};
        for (int n = 0; n < VARIABLES; n++) {
            double[] before = sums;
            sums = exact.sets(n).stream()
                    .flatMapToDouble(known -> Arrays.stream(before).map(sum -> sum + exact.meanBits(item, known)))
                    .toArray();
        }
        for (int seed = 0; seed < 30; seed++) {
            for (int passes : new int[] {1, 2, 4}) {
                Estimate estimate = measure(
                        Estimator.BOUND, model.plan(1), passes, Collections.nCopies(VARIABLES / passes, item), seed);
                nearest(VARIABLES * estimate.bitsPerDimension(), sums);
            }
        }
    }

    /** Of items drawn anew, the errors of the estimates are as large as they say. */
    @Test
    void standardErrorsAreThoseOfRepetition() throws ReferenceException {
        MaskingPlan plan = MaskingPlan.random(3, Schedule.of(new int[] {0, 1, 3}, VARIABLES));
        double ofPlan = Enumeration.mean(bits(items, plan)) / VARIABLES;
        double ofBound = items.stream().mapToDouble(exact::bound).average().orElseThrow() / VARIABLES;
        double[] squares = new double[2];
        double[] variances = new double[2];
        for (int repetition = 0; repetition < 400; repetition++) {
            RandomStream random = RandomStream.of(1, Purpose.TEST, repetition);
            List<int[]> drawn = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                drawn.add(items.get(random.nextInt(items.size())));
            }
            Estimate[] estimates = {
                measure(Estimator.PLAN, plan, 1, drawn, 0), measure(Estimator.BOUND, plan, 1, drawn, repetition)
            };
            for (int k = 0; k < 2; k++) {
                double error = estimates[k].bitsPerDimension() - (k == 0 ? ofPlan : ofBound);
                squares[k] += error * error;
                variances[k] += estimates[k].standardError() * estimates[k].standardError();
            }
        }
        // A ratio of 1 with a standard deviation of 7 %; the strata make the bound better than its error says.
        assertThat(squares[0] / variances[0]).isBetween(0.75, 1.3);
        assertThat(squares[1] / variances[1]).isBetween(0.4, 1.3);
    }

    /** Every set of a step is as likely, and sets of two steps of an item do not depend on each other. */
    @Test
    void lossComponentsAreMeansOverIndependentSets() {
        int[] item = {2, 0, 1, 1};
        int copies = 3_000;
        double[][] found = CallCosts.of(model)
                .inRandomOrders(Collections.nCopies(copies, item), STEPS, 7, LikelihoodModel.NO_PROGRESS);
        LossComponentEstimator estimator = new LossComponentEstimator(1, VARIABLES);
        double[][] values = new double[VARIABLES][];
        for (int n : STEPS) {
            values[n] = exact.sets(n).stream()
                    .mapToDouble(known -> exact.meanBits(item, known))
                    .toArray();
            for (int copy = 0; copy < copies; copy++) {
                estimator.observe(copy, n, found[n][copy]);
            }
        }
        LossComponents curve = estimator.estimate();
        for (int n : STEPS) {
            assertThat(curve.bits(n))
                    .isCloseTo(exact.lossComponent(item, n), within(5 * curve.standardError(n) + 1e-5));
            for (int m = 0; m < n; m++) {
                int width = values[n].length;
                int[] counts = new int[values[m].length * width];
                for (int copy = 0; copy < copies; copy++) {
                    counts[nearest(found[m][copy], values[m]) * width + nearest(found[n][copy], values[n])]++;
                }
                double[] expected = new double[counts.length];
                Arrays.fill(expected, (double) copies / counts.length);
                double spread = Math.sqrt(2.0 * (counts.length - 1));
                assertThat(Enumeration.chiSquared(counts, expected))
                        .as("steps %s and %s", m, n)
                        .isLessThan(counts.length + 5 * spread + 5);
            }
        }
    }

    /** For one order: measured costs are those of all items, and the schedule is the cheapest of all. */
    @Test
    void theFixedOrderPlannerFindsTheCheapestSchedule() throws ReferenceException {
        for (MaskingPlan order : List.of(
                MaskingPlan.spread(Schedule.full(VARIABLES)), MaskingPlan.random(1, Schedule.full(VARIABLES)))) {
            FixedOrderPlanner planner = new FixedOrderPlanner(
                    STEPS,
                    CallCosts.of(model).inOrder(items, order, STEPS, VARIABLES, LikelihoodModel.NO_PROGRESS),
                    VARIABLES);
            for (int budget = 1; budget <= VARIABLES; budget++) {
                double cheapest = Double.POSITIVE_INFINITY;
                for (int[] starts : Enumeration.schedules(VARIABLES)) {
                    if (starts.length <= budget) {
                        Schedule schedule = Schedule.of(starts, VARIABLES);
                        double cost =
                                Enumeration.mean(bits(items, new MaskingPlan(order.kind(), order.seed(), schedule)));
                        assertThat(planner.cost(schedule)).isCloseTo(cost, within(1e-5));
                        cheapest = Math.min(cheapest, cost);
                    }
                }
                assertThat(planner.cost(planner.plan(budget))).isCloseTo(cheapest, within(1e-5));
            }
        }
    }

    /** For random orders: the price of a schedule is the mean over all orders, and the planned one is the cheapest. */
    @Test
    void theOrderAgnosticPlannerFindsTheCheapestSchedule() {
        double[] components = new double[VARIABLES];
        for (int n : STEPS) {
            components[n] = items.stream()
                    .mapToDouble(item -> exact.lossComponent(item, n))
                    .average()
                    .orElseThrow();
        }
        double[] descending = Arrays.stream(components)
                .boxed()
                .sorted(Collections.reverseOrder())
                .mapToDouble(Double::doubleValue)
                .toArray();
        LossComponents curve = LossComponents.of(1, components);
        OrderAgnosticPlanner planner = new OrderAgnosticPlanner(curve, Monotonization.SORTED);
        for (int budget = 1; budget <= VARIABLES; budget++) {
            double cheapest = Double.POSITIVE_INFINITY;
            for (int[] starts : Enumeration.schedules(VARIABLES)) {
                int[] calls = Arrays.copyOf(starts, starts.length + 1);
                calls[starts.length] = VARIABLES;
                double price = 0;
                for (int[] item : items) {
                    for (int[] order : exact.orders()) {
                        price += exact.bits(item, order, calls) / items.size() / 24;
                    }
                }
                assertThat(curve.cost(Schedule.of(starts, VARIABLES))).isCloseTo(price, within(1e-9));
                double monotone = 0;
                for (int call = 0; call < starts.length; call++) {
                    monotone += (calls[call + 1] - calls[call]) * descending[calls[call]];
                }
                cheapest = starts.length == budget ? Math.min(cheapest, monotone) : cheapest;
            }
            Schedule planned = planner.plan(budget);
            assertThat(planned.calls()).isEqualTo(budget);
            assertThat(planner.curve().cost(planned)).isCloseTo(cheapest, within(1e-9));
        }
    }

    /** Counts of items, by a number of each, are as often as they are likely; rare ones are one cell. */
    private static void requireDistribution(List<int[]> drawn, ToIntFunction<int[]> number, double[] probabilities) {
        assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(1e-9));
        int[] counts = new int[probabilities.length + 1];
        double[] expected = new double[counts.length];
        for (int[] item : drawn) {
            counts[number.applyAsInt(item)]++;
        }
        int rare = probabilities.length;
        expected[rare] = 1e-9;
        int cells = 1;
        for (int k = 0; k < rare; k++) {
            expected[k] = drawn.size() * probabilities[k];
            if (expected[k] < 5) {
                counts[rare] += counts[k];
                expected[rare] += expected[k];
                counts[k] = 0;
                expected[k] = 1e-9;
            } else {
                cells++;
            }
        }
        assertThat(Enumeration.chiSquared(counts, expected)).isLessThan(cells + 4.5 * Math.sqrt(2.0 * cells) + 5);
    }

    private static int number(int[] item) {
        return ((item[0] * 3 + item[1]) * 3 + item[2]) * 3 + item[3];
    }

    @Test
    void samplesAreAsOftenAsTheyAreLikely() throws ReferenceException {
        for (MaskingPlan plan : List.of(
                MaskingPlan.random(5, Schedule.of(new int[] {0, 2}, VARIABLES)),
                MaskingPlan.spread(Schedule.full(VARIABLES)))) {
            double[] probabilities =
                    Arrays.stream(bits(items, plan)).map(b -> Math.pow(2, -b)).toArray();
            List<int[]> drawn = model.sample(4_000, plan, 1, LikelihoodModel.NO_PROGRESS);
            requireDistribution(drawn, KnownEntropyTest::number, probabilities);
        }
    }

    /** Given the known values, in the plan's order of the others. */
    @Test
    void fillingsAreAsOftenAsTheyAreLikely() throws ReferenceException {
        int[] item = {2, 0, 1, 1};
        boolean[] known = {false, true, false, true};
        MaskingPlan plan = MaskingPlan.random(5, Schedule.full(VARIABLES));
        int[] order = ReferencePlan.read(plan.toBytes(), definition).order();
        int[] ofUnknown = Arrays.stream(order).filter(i -> !known[i]).toArray();
        int[] knownFirst = {1, 3, ofUnknown[0], ofUnknown[1]};
        double[] probabilities = new double[81];
        for (int[] filled : items) {
            if (filled[1] == item[1] && filled[3] == item[3]) {
                probabilities[number(filled)] = Math.pow(2, -exact.bits(filled, knownFirst, new int[] {2, 3, 4}));
            }
        }
        List<int[]> drawn = model.fill(
                Collections.nCopies(3_000, item),
                Collections.nCopies(3_000, known),
                plan,
                1,
                LikelihoodModel.NO_PROGRESS);
        requireDistribution(drawn, KnownEntropyTest::number, probabilities);
    }

    /** A stream has the bits of its item, and on average 11.5 more for the check and whole bytes. */
    @Test
    void streamsAreAsLongAsTheirItemsAreUnlikely() throws ReferenceException {
        for (MaskingPlan plan : plans()) {
            List<byte[]> streams = model.encode(items, plan, LikelihoodModel.NO_PROGRESS);
            double more = 0;
            for (int i = 0; i < items.size(); i++) {
                double own = 8.0 * streams.get(i).length - bits(items.get(i), plan);
                assertThat(own).isBetween(6.5, 16.5);
                more += own / items.size();
            }
            assertThat(more).isBetween(10.2, 12.8);
            List<int[]> back = model.decode(streams, plan, LikelihoodModel.NO_PROGRESS).stream()
                    .map(decoded -> decoded.orElseThrow())
                    .toList();
            assertThat(back.toArray()).isEqualTo(items.toArray());
        }
    }
}
