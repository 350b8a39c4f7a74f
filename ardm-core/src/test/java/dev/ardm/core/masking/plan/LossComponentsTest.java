package dev.ardm.core.masking.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LossComponentsTest {
    @Test
    void observationsAreAveragedAndInterpolatedWithinStages() {
        LossComponentEstimator estimator = new LossComponentEstimator(2, 5);
        estimator.observe(0, 1, 6);
        estimator.observe(1, 1, 8);
        estimator.observe(0, 3, 2);
        estimator.observe(1, 3, 4);
        estimator.observe(0, 5, 1);
        estimator.observe(1, 5, 1);
        LossComponents curve = estimator.estimate();
        assertThat(curve.stages()).isEqualTo(2);
        assertThat(curve.units()).isEqualTo(5);
        assertThat(curve.stage(0)).containsExactly(7, 7, 5, 3, 3);
        assertThat(curve.stage(1)).containsExactly(1, 1, 1, 1, 1);
        assertThat(curve.total()).isEqualTo(30);
        assertThat(new int[] {curve.count(0), curve.count(1), curve.count(2)}).containsExactly(0, 2, 0);
        // each mean of two that differ by 2 has a standard error of 1
        assertThat(curve.standardError(1)).isCloseTo(1, within(1e-12));
        assertThat(curve.standardError(2)).isCloseTo(1, within(1e-12));
        assertThat(curve.standardError(7)).isZero();
        // item 0 lies below both means: 2.5 times 1 from either, fully correlated
        assertThat(curve.totalStandardError()).isCloseTo(5, within(1e-12));
    }

    @Test
    void independentItemsAddTheirVariances() {
        LossComponentEstimator estimator = new LossComponentEstimator(1, 5);
        estimator.observe(0, 1, 6);
        estimator.observe(1, 1, 8);
        estimator.observe(2, 3, 2);
        estimator.observe(3, 3, 4);
        assertThat(estimator.estimate().totalStandardError()).isCloseTo(2.5 * Math.sqrt(2), within(1e-12));
    }

    @Test
    void repeatedObservationsOfAnItemAreNoFurtherItems() {
        LossComponentEstimator estimator = new LossComponentEstimator(1, 1);
        for (int repeat = 0; repeat < 10; repeat++) {
            estimator.observe(7, 0, 6);
            estimator.observe(-8, 0, 8);
        }
        LossComponents curve = estimator.estimate();
        assertThat(curve.bits(0)).isEqualTo(7);
        assertThat(curve.count(0)).isEqualTo(20);
        assertThat(curve.standardError(0)).isCloseTo(1, within(1e-12));
        assertThat(curve.totalStandardError()).isCloseTo(1, within(1e-12));
    }

    @Test
    void aSingleItemBorrowsItsVariance() {
        LossComponentEstimator estimator = new LossComponentEstimator(1, 3);
        estimator.observe(0, 0, 6);
        estimator.observe(1, 0, 8);
        estimator.observe(2, 1, 5);
        estimator.observe(3, 2, 1);
        estimator.observe(4, 2, 5);
        LossComponents curve = estimator.estimate();
        // variances of one item: 2 and 8, 5 between them
        assertThat(curve.standardError(1)).isCloseTo(Math.sqrt(5), within(1e-12));
        assertThat(curve.totalStandardError()).isCloseTo(Math.sqrt(1 + 5 + 4), within(1e-12));

        LossComponentEstimator lone = new LossComponentEstimator(1, 2);
        lone.observe(0, 0, 3);
        assertThat(lone.estimate().standardError(1)).isNaN();
        assertThat(lone.estimate().totalStandardError()).isNaN();
        assertThat(lone.estimate().total()).isEqualTo(6);
    }

    /** Estimates of many synthetic data sets scatter as their standard errors say, on a grid and with shared items. */
    @Test
    void standardErrorsAreThoseOfRepetition() {
        Random random = new Random(6);
        double squares = 0;
        double variances = 0;
        double truth = 0;
        for (int t = 0; t < 9; t++) {
            truth += 9 - t;
        }
        int repetitions = 400;
        for (int repetition = 0; repetition < repetitions; repetition++) {
            LossComponentEstimator estimator = new LossComponentEstimator(1, 9);
            for (int item = 0; item < 20; item++) {
                double difficulty = 0.3 * random.nextGaussian();
                for (int t = 0; t < 9; t += 4) {
                    if (random.nextInt(4) > 0) {
                        estimator.observe(item, t, Math.max(0, 9 - t + difficulty + 0.1 * random.nextGaussian()));
                    }
                }
            }
            LossComponents curve = estimator.estimate();
            squares += (curve.total() - truth) * (curve.total() - truth);
            variances += curve.totalStandardError() * curve.totalStandardError();
        }
        assertThat(squares / variances).isBetween(0.8, 1.25);
    }

    @Test
    void everyStageMustBeObserved() {
        LossComponentEstimator estimator = new LossComponentEstimator(3, 4);
        estimator.observe(0, 0, 1);
        estimator.observe(0, 8, 1);
        assertThatThrownBy(estimator::estimate)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("stage 1 of 3 (steps 4 to 7) was never observed");
        assertThatThrownBy(() -> estimator.observe(5, 12, 1)).hasMessageContaining("step 12 of 12");
        assertThatThrownBy(() -> estimator.observe(5, 2, Double.NaN)).hasMessageContaining("step 2 of item 5");
        assertThatThrownBy(() -> estimator.observe(5, 2, -1)).hasMessageContaining("-1.0 bits");
        assertThatThrownBy(() -> new LossComponentEstimator(0, 4)).hasMessageContaining("0 stages");
    }

    @Test
    void schedulesArePricedByWhereTheirGroupsStart() {
        LossComponents curve = LossComponents.of(2, new double[] {5, 4, 3, 6, 2, 1});
        assertThat(curve.cost(Schedule.full(6))).isEqualTo(curve.total()).isEqualTo(21);
        assertThat(curve.cost(Schedule.of(new int[] {0, 1, 3}, 6))).isEqualTo(5 + 2 * 4 + 3 * 6);
        assertThat(OrderAgnosticPlanner.cost(curve, Schedule.of(new int[] {0, 3}, 6)))
                .isEqualTo(33);
        assertThatThrownBy(() -> curve.cost(Schedule.of(new int[] {0, 2}, 6)))
                .hasMessageContaining("the call at step 2 generates up to step 5");
        assertThatThrownBy(() -> curve.cost(Schedule.full(5))).hasMessageContaining("5 steps for 6");
    }

    @Test
    void refusesWhatIsNoCurve() {
        assertThatThrownBy(() -> LossComponents.of(2, new double[5])).hasMessageContaining("2 stages");
        assertThatThrownBy(() -> LossComponents.of(1, new double[] {1, Double.POSITIVE_INFINITY}))
                .hasMessageContaining("step 1");
        assertThatThrownBy(() -> LossComponents.of(1, new double[] {1, -1})).hasMessageContaining("step 1");
        assertThatThrownBy(() -> LossComponents.of(1, new double[2], new double[1], new int[2], 0))
                .hasMessageContaining("1 and 2");
        assertThatThrownBy(() -> LossComponents.of(1, new double[1], new double[] {-1}, new int[1], 0))
                .hasMessageContaining("standard error of -1.0");
    }

    @Test
    void pricesHaveTheStandardErrorOfAMeanOverItems() {
        Random random = new Random(7);
        int items = 9;
        LossComponentEstimator estimator = new LossComponentEstimator(2, 6);
        int[] observed = {0, 2, 5, 6, 7, 11};
        double[][] bits = new double[items][observed.length];
        for (int item = 0; item < items; item++) {
            for (int i = 0; i < observed.length; i++) {
                bits[item][i] = 5 * random.nextDouble();
                estimator.observe(item, observed[i], bits[item][i]);
            }
        }
        Schedule schedule = Schedule.of(new int[] {0, 1, 3, 6, 8}, 12);
        // weights of the observed steps: groups of 1, 2, 3, 2 and 4, where 1, 3 and 8 lie between observed steps
        double[] weights = {1 + 2 / 2.0, 2 / 2.0 + 3 * 2 / 3.0, 3 / 3.0, 2, 4 * 3 / 4.0, 4 / 4.0};
        double[] prices = new double[items];
        double mean = 0;
        for (int item = 0; item < items; item++) {
            for (int i = 0; i < weights.length; i++) {
                prices[item] += weights[i] * bits[item][i];
            }
            mean += prices[item] / items;
        }
        double squares = 0;
        for (double price : prices) {
            squares += (price - mean) * (price - mean);
        }
        LossComponents curve = estimator.estimate();
        assertThat(curve.cost(schedule)).isCloseTo(mean, within(1e-9));
        assertThat(estimator.costStandardError(schedule))
                .isCloseTo(Math.sqrt(squares / (items - 1) / items), within(1e-9))
                .isLessThan(curve.costStandardErrorLimit(schedule));
        assertThat(estimator.costStandardError(Schedule.full(12))).isCloseTo(curve.totalStandardError(), within(1e-12));
        assertThatThrownBy(() -> estimator.costStandardError(Schedule.of(new int[] {0, 5}, 12)))
                .hasMessageContaining("beyond the end of its stage");
    }

    @Test
    void curvesComeBackFromTheirKnownSteps() {
        LossComponents curve = LossComponents.interpolated(
                2,
                4,
                new int[] {1, 3, 6},
                new double[] {8, 4, 1},
                new double[] {1, 3, Double.NaN},
                new int[] {5, 6, 7},
                2);
        assertThat(curve.stage(0)).containsExactly(8, 8, 6, 4);
        assertThat(curve.stage(1)).containsExactly(1, 1, 1, 1);
        assertThat(curve.standardError(2)).isEqualTo(2);
        assertThat(curve.standardError(4)).isNaN();
        assertThat(new int[] {curve.count(0), curve.count(1), curve.count(6)}).containsExactly(0, 5, 7);
        double[] one = {1};
        int[] count = {1};
        for (int[] steps : new int[][] {{-1}, {8}}) {
            assertThatThrownBy(() -> LossComponents.interpolated(2, 4, steps, one, one, count, 0))
                    .hasMessageContaining("steps must increase");
        }
        assertThatThrownBy(() -> LossComponents.interpolated(2, 4, new int[] {2}, one, one, count, 0))
                .hasMessageContaining("stage 1 of 2");
        assertThatThrownBy(() -> LossComponents.interpolated(1, 4, new int[] {2, 3}, one, one, count, 0))
                .hasMessageContaining("2 steps with 1 loss components");
    }
}
