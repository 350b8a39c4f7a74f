package dev.ardm.core.masking.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderAgnosticPlannerTest {
    private static OrderAgnosticPlanner planner(int stages, double... curve) {
        return new OrderAgnosticPlanner(LossComponents.of(stages, curve), Monotonization.SORTED);
    }

    /** The vector of the official code's only test. */
    @Test
    void knownCosts() {
        OrderAgnosticPlanner planner = planner(1, 5, 4, 3, 2.85, 2.8);
        double[] expected = {25, 19, 18, 17.7, 17.65};
        for (int calls = 1; calls <= 5; calls++) {
            Schedule schedule = planner.plan(calls);
            assertThat(schedule.calls()).isEqualTo(calls);
            assertThat(planner.curve().cost(schedule)).isCloseTo(expected[calls - 1], within(1e-12));
        }
        assertThat(planner.plan(6)).isEqualTo(Schedule.full(5));
    }

    /** Least cost of each number of calls over all schedules, at place calls; with no stage left without a call. */
    private static double[] bruteForce(LossComponents curve, boolean even) {
        double[] best = new double[curve.steps() + 1];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        int units = curve.units();
        sets:
        for (int set = 0; set < 1 << curve.steps(); set++) {
            int chosen = set;
            for (int stage = 0; stage < curve.stages(); stage++) {
                if ((set >> stage * units & 1) == 0) {
                    continue sets;
                }
            }
            int calls = Integer.bitCount(set);
            if (even) {
                for (int stage = 0; stage < curve.stages(); stage++) {
                    int share = calls / curve.stages() + (stage < calls % curve.stages() ? 1 : 0);
                    if (Integer.bitCount(set >> stage * units & (1 << units) - 1) != share) {
                        continue sets;
                    }
                }
            }
            int[] starts = IntStream.range(0, curve.steps())
                    .filter(s -> (chosen >> s & 1) == 1)
                    .toArray();
            // priced here, not by the code under test
            double cost = 0;
            for (int i = 0; i < starts.length; i++) {
                int end = i + 1 < starts.length ? starts[i + 1] : curve.steps();
                cost += (end - starts[i]) * curve.bits(starts[i]);
            }
            best[calls] = Math.min(best[calls], cost);
        }
        return best;
    }

    /** Small integers have many ties and exact costs; the other half of the instances has none. */
    @ParameterizedTest
    @EnumSource(Monotonization.class)
    void bruteForceAgrees(Monotonization monotonization) {
        Random random = new Random(1);
        for (int round = 0; round < 600; round++) {
            int stages = 1 + random.nextInt(3);
            int units = 1 + random.nextInt(stages == 1 ? 10 : stages == 2 ? 5 : 3);
            boolean ties = round % 2 == 0;
            int values = 1 + random.nextInt(6);
            double[] bits = random.doubles((long) stages * units)
                    .map(x -> ties ? Math.floor(x * values) : 3 * x)
                    .toArray();
            double tolerance = ties && monotonization == Monotonization.SORTED ? 0 : 1e-9;
            OrderAgnosticPlanner planner = new OrderAgnosticPlanner(LossComponents.of(stages, bits), monotonization);
            double[] best = bruteForce(planner.curve(), false);
            double[] bestEven = bruteForce(planner.curve(), true);
            for (int calls = stages; calls <= stages * units; calls++) {
                Schedule joint = planner.plan(calls);
                assertThat(joint.calls()).isEqualTo(calls);
                assertThat(joint.steps()).isEqualTo(stages * units);
                for (int stage = 0; stage < stages; stage++) {
                    assertThat(joint.starts()).contains(stage * units);
                }
                assertThat(planner.curve().cost(joint)).isCloseTo(best[calls], within(tolerance));
                Schedule even = planner.planEvenSplit(calls);
                assertThat(even.calls()).isEqualTo(calls);
                assertThat(planner.curve().cost(even)).isCloseTo(bestEven[calls], within(tolerance));
            }
        }
    }

    /** Longer curves than subsets can be listed for: against the plain dynamic program. */
    @Test
    void thePlainDynamicProgramAgrees() {
        Random random = new Random(2);
        for (int round = 0; round < 40; round++) {
            int steps = 20 + random.nextInt(100);
            boolean ties = round % 2 == 0;
            double[] bits = random.doubles(steps)
                    .map(x -> ties ? Math.floor(x * x * 20) : -Math.log(x))
                    .toArray();
            OrderAgnosticPlanner planner = planner(1, bits);
            LossComponents curve = planner.curve();
            double[] cost = new double[steps + 1];
            Arrays.fill(cost, Double.POSITIVE_INFINITY);
            cost[0] = 0;
            for (int calls = 1; calls <= steps; calls++) {
                double[] next = new double[steps + 1];
                Arrays.fill(next, Double.POSITIVE_INFINITY);
                for (int t = calls; t <= steps; t++) {
                    for (int s = calls - 1; s < t; s++) {
                        next[t] = Math.min(next[t], cost[s] + (t - s) * curve.bits(s));
                    }
                }
                cost = next;
                Schedule schedule = planner.plan(calls);
                assertThat(schedule.calls()).isEqualTo(calls);
                assertThat(curve.cost(schedule)).isCloseTo(cost[steps], within(ties ? 0 : 1e-9));
            }
        }
    }

    @Test
    void extremesOfScaleMakeNoDifference() {
        double[] bits = {7, 5, 5, 3, 1, 0.5, 0};
        for (double scale : new double[] {Double.MIN_NORMAL, 1e-100, 1e100, Double.MAX_VALUE / 64}) {
            double[] scaled = Arrays.stream(bits).map(x -> x * scale).toArray();
            for (int calls = 1; calls <= 7; calls++) {
                OrderAgnosticPlanner planner = planner(1, bits);
                assertThat(planner.curve().cost(planner(1, scaled).plan(calls)))
                        .isEqualTo(planner.curve().cost(planner.plan(calls)));
            }
        }
        assertThat(planner(2, 0, 0, 0, 0).plan(3).calls()).isEqualTo(3);
        assertThat(planner(1, 2, 2, 2, 2).plan(3).calls()).isEqualTo(3);
    }

    /** O(steps) for each price tried: the quadratic program would take days. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aMillionSteps() {
        int steps = 1_000_000;
        double[] bits = new double[steps];
        for (int t = 0; t < steps; t++) {
            bits[t] = 1 + 7 / Math.sqrt(1 + t / 100.0);
        }
        LossComponents curve = LossComponents.of(1, bits);
        OrderAgnosticPlanner planner = new OrderAgnosticPlanner(curve, Monotonization.SORTED);
        double cost = curve.cost(planner.plan(1));
        assertThat(cost).isEqualTo(8.0 * steps);
        for (int calls : new int[] {2, 10, 50, 100}) {
            Schedule schedule = planner.plan(calls);
            assertThat(schedule.calls()).isEqualTo(calls);
            assertThat(curve.cost(schedule))
                    .isLessThan(cost)
                    .isGreaterThan(curve.total())
                    .isLessThan(curve.cost(Schedule.even(steps, calls)));
            // no start can be moved to its advantage
            int[] starts = schedule.starts();
            for (int i = 1; i < calls; i++) {
                for (int by : new int[] {-1000, -1, 1, 1000}) {
                    int[] moved = starts.clone();
                    moved[i] += by;
                    if (moved[i] > starts[i - 1] && moved[i] < (i + 1 < calls ? starts[i + 1] : steps)) {
                        assertThat(curve.cost(Schedule.of(moved, steps)))
                                .isGreaterThanOrEqualTo(curve.cost(schedule) - 1e-6);
                    }
                }
            }
            cost = curve.cost(schedule);
        }
    }

    @Test
    void callsGoToTheStageThatGainsMost() {
        OrderAgnosticPlanner planner = planner(2, 1, 1, 1, 1, 9, 5, 2, 1);
        assertThat(planner.plan(4).starts()).containsExactly(0, 4, 5, 6);
        assertThat(planner.planEvenSplit(4).calls()).isEqualTo(4);
        assertThat(planner.planEvenSplit(5).starts()).contains(0, 4).hasSize(5);
        assertThat(planner.curve().cost(planner.plan(4)))
                .isLessThan(planner.curve().cost(planner.planEvenSplit(4)));
    }

    @Test
    void monotonizationWorksWithinStages() {
        LossComponents noisy = LossComponents.of(2, new double[] {2, 5, 4, 3, 7, 7});
        assertThat(Monotonization.SORTED.of(noisy).stage(0)).containsExactly(5, 4, 2);
        assertThat(Monotonization.SORTED.of(noisy).stage(1)).containsExactly(7, 7, 3);
        assertThat(Monotonization.ISOTONIC.of(noisy).stage(0)).containsExactly(11 / 3.0, 11 / 3.0, 11 / 3.0);
        assertThat(Monotonization.ISOTONIC.of(noisy).total()).isCloseTo(noisy.total(), within(1e-12));
    }

    @Test
    void theNaiveScheduleRoundsHalfToEven() {
        assertThat(OrderAgnosticPlanner.naive(10, 4).starts()).containsExactly(0, 2, 5, 8);
        assertThat(OrderAgnosticPlanner.naive(2, 10, 7).starts()).containsExactly(0, 2, 5, 8, 10, 13, 17);
        assertThat(OrderAgnosticPlanner.naive(2, 3, 100).calls()).isEqualTo(6);
        for (int steps = 1; steps < 60; steps++) {
            for (int calls = 1; calls <= steps; calls++) {
                int[] starts = OrderAgnosticPlanner.naive(steps, calls).starts();
                for (int i = 0; i < calls; i++) {
                    assertThat(starts[i]).isEqualTo((int) Math.rint((double) (i * steps) / calls));
                }
            }
        }
    }

    @Test
    void refusesFewerCallsThanStages() {
        LossComponents curve = LossComponents.of(3, new double[12]);
        OrderAgnosticPlanner planner = new OrderAgnosticPlanner(curve, Monotonization.SORTED);
        assertThatThrownBy(() -> planner.plan(2))
                .hasMessage("at least one network call is needed for each stage: 2 for 3 stages");
        assertThatThrownBy(() -> planner.planEvenSplit(2)).hasMessageContaining("each stage");
        assertThatThrownBy(() -> OrderAgnosticPlanner.naive(2, 5, 1)).hasMessageContaining("each stage");
    }
}
