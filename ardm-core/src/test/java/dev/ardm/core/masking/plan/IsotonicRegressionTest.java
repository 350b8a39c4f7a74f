package dev.ardm.core.masking.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IsotonicRegressionTest {
    private static double squares(double[] values, double[] weights, double[] fit) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * (values[i] - fit[i]) * (values[i] - fit[i]);
        }
        return sum;
    }

    @Test
    void poolsWhatIncreases() {
        assertThat(IsotonicRegression.nonIncreasing(new double[] {5, 1, 3, 3, 0, 2}, new double[] {1, 1, 1, 2, 3, 1}))
                .containsExactly(5, 2.5, 2.5, 2.5, 0.5, 0.5);
        assertThatThrownBy(() -> IsotonicRegression.nonIncreasing(new double[2], new double[] {1, 0}))
                .hasMessageContaining("weight 1");
        assertThatThrownBy(() -> IsotonicRegression.nonIncreasing(new double[2], new double[1]))
                .hasMessageContaining("2 values with 1 weights");
    }

    @Test
    void isMonotoneIdempotentAndKeepsTheWeightedSum() {
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            int length = random.nextInt(40);
            double[] values = random.doubles(length)
                    .map(x -> random.nextBoolean() ? Math.floor(4 * x) : x)
                    .toArray();
            double[] weights = random.doubles(length).map(x -> x + 0.1).toArray();
            double[] fit = IsotonicRegression.nonIncreasing(values, weights);
            double before = 0;
            double after = 0;
            for (int i = 0; i < length; i++) {
                assertThat(i == 0 || fit[i] <= fit[i - 1]).isTrue();
                before += weights[i] * values[i];
                after += weights[i] * fit[i];
            }
            assertThat(after).isCloseTo(before, within(1e-12));
            assertThat(IsotonicRegression.nonIncreasing(fit, weights)).containsExactly(fit);
        }
    }

    /** The best fit on a grid of all non-increasing sequences is no better. */
    @Test
    void isTheNearestMonotoneSequence() {
        Random random = new Random(4);
        for (int round = 0; round < 50; round++) {
            double[] values = random.doubles(4).map(x -> 8 * x).toArray();
            double[] weights = random.doubles(4).map(x -> x + 0.1).toArray();
            double least = squares(values, weights, IsotonicRegression.nonIncreasing(values, weights));
            double leastOfGrid = Double.POSITIVE_INFINITY;
            for (int a = 0; a <= 32; a++) {
                for (int b = 0; b <= a; b++) {
                    for (int c = 0; c <= b; c++) {
                        for (int d = 0; d <= c; d++) {
                            double[] fit = {a / 4.0, b / 4.0, c / 4.0, d / 4.0};
                            leastOfGrid = Math.min(leastOfGrid, squares(values, weights, fit));
                        }
                    }
                }
            }
            assertThat(leastOfGrid).isBetween(least, least + 0.4);
        }
    }
}
