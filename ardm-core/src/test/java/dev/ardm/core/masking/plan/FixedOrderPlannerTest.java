package dev.ardm.core.masking.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FixedOrderPlannerTest {
    /** Loss components as costs: from a call at s, every later step costs L_s. */
    private static FixedOrderPlanner ofComponents(double... components) {
        int steps = components.length;
        int[] candidates = new int[steps];
        double[][] costs = new double[steps][];
        for (int s = 0; s < steps; s++) {
            candidates[s] = s;
            costs[s] = new double[steps - s];
            Arrays.fill(costs[s], components[s]);
        }
        return new FixedOrderPlanner(candidates, costs, steps);
    }

    /** The vector of the official code's only test. */
    @Test
    void knownCosts() {
        FixedOrderPlanner planner = ofComponents(5, 4, 3, 2.85, 2.8);
        double[] expected = {25, 19, 18, 17.7, 17.65};
        for (int budget = 1; budget <= 5; budget++) {
            Schedule schedule = planner.plan(budget);
            assertThat(schedule.calls()).isEqualTo(budget);
            assertThat(planner.cost(schedule)).isCloseTo(expected[budget - 1], within(1e-9));
        }
    }

    /** Each value that is known takes as much off each later one, so that groups cost exactly what is extrapolated. */
    @Test
    void aCallForEachStepIsExtrapolatedBetweenCandidates() {
        int[] candidates = {0, 1, 2, 4, 6, 8, 9};
        double[][] costs = new double[candidates.length][];
        for (int i = 0; i < costs.length; i++) {
            costs[i] = new double[10 - candidates[i]];
            Arrays.fill(costs[i], 7 - 0.5 * candidates[i]);
        }
        FixedOrderPlanner planner = new FixedOrderPlanner(candidates, costs, 10);
        double full = IntStream.range(0, 10).mapToDouble(k -> 7 - 0.5 * k).sum();
        assertThat(planner.cost(Schedule.of(candidates, 10))).isCloseTo(full + 3 * 0.5, within(1e-9));
        assertThat(planner.fullCost()).isCloseTo(full, within(1e-9));
        assertThat(ofComponents(5, 4, 3, 2.85, 2.8).fullCost()).isCloseTo(17.65, within(1e-9));

        Schedule joint = Schedule.of(new int[] {0, 6, 10, 11}, 20);
        assertThat(FixedOrderPlanner.cost(List.of(planner, planner), joint))
                .isCloseTo(6 * 7 + 4 * 4 + 7 + 9 * 6.5, within(1e-9));
    }

    @Test
    void bruteForceAgrees() {
        Random random = new Random(1);
        for (int round = 0; round < 100; round++) {
            int steps = 1 + random.nextInt(8);
            int[] candidates = new int[steps];
            double[][] costs = new double[steps][];
            for (int s = 0; s < steps; s++) {
                candidates[s] = s;
                costs[s] = random.doubles(steps - s).map(x -> Math.round(x * 4)).toArray(); // with ties
            }
            FixedOrderPlanner planner = new FixedOrderPlanner(candidates, costs, steps);
            for (int budget = 1; budget <= steps + 1; budget++) {
                double best = Double.POSITIVE_INFINITY;
                for (int set = 0; set < 1 << (steps - 1); set++) {
                    if (Integer.bitCount(set) + 1 <= budget) {
                        int chosen = set;
                        int[] starts = java.util.stream.IntStream.range(0, steps)
                                .filter(s -> s == 0 || (chosen >> (s - 1) & 1) == 1)
                                .toArray();
                        best = Math.min(best, planner.cost(Schedule.of(starts, steps)));
                    }
                }
                Schedule found = planner.plan(budget);
                assertThat(found.calls()).isLessThanOrEqualTo(budget);
                assertThat(planner.cost(found)).isCloseTo(best, within(1e-9));
            }
        }
    }

    @Test
    void aFlatCurveNeedsOneCall() {
        assertThat(ofComponents(2, 2, 2, 2).plan(3).calls()).isEqualTo(1);
    }

    @Test
    void groupsStartAtCandidatesOnly() {
        double[][] costs = {{4, 4, 4, 4, 4, 4}, {1, 1}};
        Schedule schedule = new FixedOrderPlanner(new int[] {0, 4}, costs, 6).plan(5);
        assertThat(schedule.starts()).containsExactly(0, 4);
    }

    /** Against each budget planned for by itself, in every way to share it. */
    @Test
    void onePassServesAllBudgetsOfSeveralStages() {
        Random random = new Random(3);
        for (int round = 0; round < 50; round++) {
            int steps = 1 + random.nextInt(6);
            FixedOrderPlanner first = ofComponents(random.doubles(steps).toArray());
            FixedOrderPlanner second = ofComponents(random.doubles(steps).toArray());
            List<Integer> budgets =
                    IntStream.rangeClosed(2, 2 * steps + 2).boxed().toList();
            NavigableMap<Integer, Schedule> schedules = FixedOrderPlanner.joint(List.of(first, second), budgets);
            assertThat(schedules.keySet()).containsExactlyElementsOf(budgets);
            for (int budget : budgets) {
                double best = Double.POSITIVE_INFINITY;
                for (int own = 1; own < budget; own++) {
                    best = Math.min(best, first.cost(first.plan(own)) + second.cost(second.plan(budget - own)));
                }
                Schedule found = schedules.get(budget);
                assertThat(found.calls()).isLessThanOrEqualTo(budget);
                assertThat(found.hasStages(2)).isTrue();
                double cost = 0;
                for (int stage = 0; stage < 2; stage++) {
                    int from = stage * steps;
                    int[] own = Arrays.stream(found.starts())
                            .filter(start -> start >= from && start < from + steps)
                            .map(start -> start - from)
                            .toArray();
                    cost += (stage == 0 ? first : second).cost(Schedule.of(own, steps));
                }
                assertThat(cost).isCloseTo(best, within(1e-12));
            }
        }
        // A stage whose every call saves something takes all calls but one for each other stage.
        FixedOrderPlanner steep = ofComponents(4, 2, 1, 0);
        FixedOrderPlanner flat = ofComponents(1, 1, 1, 1);
        assertThat(FixedOrderPlanner.joint(List.of(steep, flat, flat), List.of(6))
                        .get(6)
                        .starts())
                .containsExactly(0, 1, 2, 3, 4, 8);
        assertThat(FixedOrderPlanner.joint(List.of(flat, flat, steep), List.of(5))
                        .get(5)
                        .starts())
                .containsExactly(0, 4, 8, 9, 10);
        FixedOrderPlanner one = ofComponents(1, 0);
        assertThat(FixedOrderPlanner.joint(List.of(one), List.of())).isEmpty();
        assertThatThrownBy(() -> FixedOrderPlanner.joint(List.of(one, one), List.of(3, 1)))
                .hasMessageContaining("2 stages need a call each, got a budget of 1");
    }
}
