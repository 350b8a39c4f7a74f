package dev.ardm.core.masking.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AbsorbingDiffusionTest {
    private static final double[] CURVE = {4, 3.1, 2.5, 2.2, 2, 1.4, 1.4, 0.9, 0.85, 0.2, 0};

    /** Schedules with their derivatives, which the code under test does not know. */
    static Stream<Arguments> schedules() {
        DoubleUnaryOperator one = u -> -1;
        DoubleUnaryOperator cosine = u -> -Math.PI / 2 * Math.sin(Math.PI / 2 * (1 - u));
        DoubleUnaryOperator square = u -> -2 * u;
        DoubleUnaryOperator late = u -> -4 * Math.pow(1 - u, 3);
        DoubleUnaryOperator bent = u -> u < 0.25 ? -2.8 : u < 0.5 ? 0 : u < 0.75 ? -0.4 : -0.8;
        return Stream.of(
                Arguments.of(AbsorbingSchedule.LINEAR, one),
                Arguments.of(AbsorbingSchedule.COSINE, cosine),
                Arguments.of(AbsorbingSchedule.of("square", u -> 1 - u * u), square),
                Arguments.of(AbsorbingSchedule.of("late", u -> Math.pow(1 - u, 4)), late),
                Arguments.of(AbsorbingSchedule.table(1, 0.3, 0.3, 0.2, 0), bent));
    }

    private static RandomStream stream(long item) {
        return RandomStream.of(21, RandomStream.Purpose.TEST, item);
    }

    private static double binomial(int n, int k, double p) {
        BigInteger ways = BigInteger.ONE;
        for (int i = 0; i < k; i++) {
            ways = ways.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1));
        }
        BigDecimal up = new BigDecimal(p).pow(k, MathContext.DECIMAL128);
        BigDecimal down = BigDecimal.ONE.subtract(new BigDecimal(p)).pow(n - k, MathContext.DECIMAL128);
        return new BigDecimal(ways).multiply(up).multiply(down).doubleValue();
    }

    @Test
    void binomialDistributionsAreThoseOfTheFormula() {
        for (int n : new int[] {0, 1, 2, 11, 300}) {
            for (double p : new double[] {0, 1e-9, 0.1, 0.5, 0.77, 1 - 1e-9, 1}) {
                double[] distribution = Binomial.distribution(n, p);
                assertThat(distribution).hasSize(n + 1);
                for (int k = 0; k <= n; k++) {
                    assertThat(distribution[k]).isCloseTo(binomial(n, k, p), within(1e-13));
                }
            }
        }
        assertThat(Arrays.stream(Binomial.distribution(100_000, 0.3)).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void theLinearScheduleIsThatOfD3pm() {
        int steps = 20;
        AbsorbingDiffusion diffusion = new AbsorbingDiffusion(AbsorbingSchedule.LINEAR, 5, steps);
        for (int t = 1; t <= steps; t++) {
            assertThat(diffusion.maskRate(t)).isCloseTo(1.0 / (steps - t + 1), within(1e-12));
        }
    }

    @Test
    void aTableSaysExactlyWhatItSaid() {
        double[] given = {1, 0.9, 0.51, 0.51, 0.1, 0.07, 0.01, 0};
        assertThat(AbsorbingSchedule.table(given).survivals(7)).isEqualTo(given);
        assertThat(AbsorbingSchedule.table(given).survivals(14)[3]).isCloseTo(0.705, within(1e-12));
    }

    /** What is known after a step is what was known before and what the step reveals. */
    @ParameterizedTest
    @MethodSource("schedules")
    void theDistributionsOfTheStepsFitTogether(AbsorbingSchedule schedule) {
        AbsorbingDiffusion diffusion = new AbsorbingDiffusion(schedule, 6, 5);
        assertThat(diffusion.knownDistribution(5)[0]).isEqualTo(1);
        assertThat(diffusion.knownDistribution(0)[6]).isEqualTo(1);
        for (int t = 1; t <= 5; t++) {
            double[] known = diffusion.knownDistribution(t);
            double[] after = new double[7];
            double[] revealed = new double[7];
            for (int n = 0; n <= 6; n++) {
                double[] reveal = diffusion.revealDistribution(t, n);
                for (int r = 0; r < reveal.length; r++) {
                    after[n + r] += known[n] * reveal[r];
                    revealed[r] += known[n] * reveal[r];
                }
            }
            assertThat(after).containsExactly(diffusion.knownDistribution(t - 1), within(1e-12));
            assertThat(revealed).containsExactly(diffusion.fallDistribution(t), within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void theBoundIsTheSumOverStepsOfRevealedTimesLoss(AbsorbingSchedule schedule) {
        for (int steps : new int[] {1, 2, 7, 30}) {
            AbsorbingDiffusion diffusion = new AbsorbingDiffusion(schedule, CURVE.length, steps);
            double bits = 0;
            for (int t = 1; t <= steps; t++) {
                double[] known = diffusion.knownDistribution(t);
                for (int n = 0; n < CURVE.length; n++) {
                    double[] reveal = diffusion.revealDistribution(t, n);
                    for (int r = 0; r < reveal.length; r++) {
                        bits += known[n] * reveal[r] * r * CURVE[n];
                    }
                }
            }
            assertThat(diffusion.boundBits(CURVE)).isCloseTo(bits, within(1e-10));
        }
        assertThat(new AbsorbingDiffusion(schedule, CURVE.length, 1).boundBits(CURVE))
                .isCloseTo(CURVE.length * CURVE[0], within(1e-10));
    }

    /** The weighted loss of masked diffusion, integrated over time, is the order-agnostic bound. */
    @ParameterizedTest
    @MethodSource("schedules")
    void inContinuousTimeTheScheduleDoesNotMatter(AbsorbingSchedule schedule, DoubleUnaryOperator derivative) {
        double sum = Arrays.stream(CURVE).sum();
        assertThat(AbsorbingDiffusion.continuousBoundBits(CURVE)).isCloseTo(sum, within(1e-12));
        // The midpoint rule, with binomials of its own over all D variables and the weight -alpha'/(1-alpha).
        int points = 4000;
        double integral = 0;
        double byDensity = 0;
        for (int i = 0; i < points; i++) {
            double u = (i + 0.5) / points;
            double alpha = schedule.survival(u);
            double rate = -derivative.applyAsDouble(u);
            double masked = 0;
            for (int n = 0; n < CURVE.length; n++) {
                masked += binomialFast(CURVE.length, n, alpha) * (CURVE.length - n) * CURVE[n];
            }
            integral += rate / (1 - alpha) * masked / points;
            byDensity += rate * AbsorbingDiffusion.costDensity(CURVE, alpha) / points;
        }
        assertThat(integral).isCloseTo(sum, within(2e-5 * sum));
        assertThat(byDensity).isCloseTo(integral, within(1e-9));
    }

    private static double binomialFast(int n, int k, double p) {
        double value = Math.pow(p, k) * Math.pow(1 - p, n - k);
        for (int i = 0; i < k; i++) {
            value *= (double) (n - i) / (i + 1);
        }
        return value;
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void moreStepsCostLessDownToTheBound(AbsorbingSchedule schedule) {
        double sum = Arrays.stream(CURVE).sum();
        double last = Double.POSITIVE_INFINITY;
        double excess = Double.NaN;
        for (int steps = 1; steps <= 1 << 14; steps *= 2) {
            double bits = new AbsorbingDiffusion(schedule, CURVE.length, steps).boundBits(CURVE);
            assertThat(bits).isLessThan(last).isGreaterThan(sum);
            if (steps > 1000) {
                // A Riemann sum: the excess halves.
                assertThat((bits - sum) / excess).isBetween(0.49, 0.51);
            }
            excess = bits - sum;
            last = bits;
        }
        assertThat(last - sum).isLessThan(0.01);
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void drawnGenerationsHaveTheDistributionsOfTheSteps(AbsorbingSchedule schedule) {
        int draws = 20_000;
        int dimensions = CURVE.length;
        int steps = 6;
        AbsorbingDiffusion diffusion = new AbsorbingDiffusion(schedule, dimensions, steps);
        double[][] fallen = new double[steps + 1][dimensions + 1];
        double[] bits = new double[draws];
        double[] calls = new double[draws];
        for (int d = 0; d < draws; d++) {
            AbsorbingDraw draw = diffusion.draw(stream(d));
            int[] counts = new int[steps + 1];
            for (int step : draw.fallingSteps()) {
                counts[step]++;
            }
            int[] sizes = draw.groupSizes();
            // Generation goes from step T down, over those in which something fell.
            int[] expected = new int[sizes.length];
            int at = 0;
            for (int t = steps; t >= 1; t--) {
                fallen[t][counts[t]] += 1.0 / draws;
                if (counts[t] > 0) {
                    expected[at++] = counts[t];
                }
            }
            assertThat(sizes).isEqualTo(expected);
            assertThat(draw.calls() + draw.skippedSteps())
                    .isEqualTo(draw.steps())
                    .isEqualTo(steps);
            calls[d] = draw.calls();
            for (int call = 0; call < sizes.length; call++) {
                bits[d] += sizes[call] * CURVE[draw.starts()[call]];
            }
        }
        for (int t = 1; t <= steps; t++) {
            double[] distribution = diffusion.fallDistribution(t);
            for (int n = 0; n <= dimensions; n++) {
                double error = Math.sqrt(distribution[n] * (1 - distribution[n]) / draws);
                assertThat(fallen[t][n]).isCloseTo(distribution[n], within(5 * error + 1e-3));
            }
        }
        assertThat(mean(calls)).isCloseTo(diffusion.expectedCalls(), within(4 * standardError(calls) + 1e-9));
        assertThat(mean(bits)).isCloseTo(diffusion.boundBits(CURVE), within(4 * standardError(bits)));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double standardError(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1.0) / values.length);
    }

    /** Independent times of one distribution: all orders are equally likely, whatever the schedule and however many fall together. */
    @ParameterizedTest
    @MethodSource("schedules")
    void theOrderIsUniformWhateverTheGroups(AbsorbingSchedule schedule) {
        for (int steps : new int[] {2, 100_000}) {
            Map<List<Integer>, int[]> counts = new HashMap<>();
            int draws = 24_000;
            double[] survival = schedule.survivals(steps);
            for (int d = 0; d < draws; d++) {
                AbsorbingDraw draw = AbsorbingDraw.of(survival, 4, stream(d));
                int[] cell = counts.computeIfAbsent(
                        Arrays.stream(draw.groupSizes()).boxed().toList(), sizes -> new int[24]);
                cell[index(draw)]++;
            }
            for (int[] cell : counts.values()) {
                double expected = Arrays.stream(cell).sum() / 24.0;
                if (expected > 10) {
                    double chi = Arrays.stream(cell)
                            .mapToDouble(n -> (n - expected) * (n - expected) / expected)
                            .sum();
                    // 23 degrees of freedom: beyond 63 with a probability of 1e-5.
                    assertThat(chi).isBetween(3.0, 63.0);
                }
            }
            assertThat(counts.values().stream()
                            .mapToInt(cell -> Arrays.stream(cell).sum())
                            .max()
                            .orElseThrow())
                    .isGreaterThan(2400);
        }
    }

    private static int index(AbsorbingDraw draw) {
        int index = 0;
        for (int i = 0; i < 4; i++) {
            int smaller = 0;
            for (int j = i + 1; j < 4; j++) {
                smaller += draw.positions()[j] < draw.positions()[i] ? 1 : 0;
            }
            index = index * (4 - i) + smaller;
        }
        return index;
    }

    /** The loop that samples and codes runs a diffusion sampler: one network call for each step that reveals something. */
    @Test
    void aModelSamplesByADrawnPlan() {
        Space space = Space.image(4, 4, 1, 5);
        LikelihoodModel model = TinyModels.random(space, 1).open(1);
        Plan plan = MaskingPlan.absorbing(AbsorbingSchedule.COSINE, 16, 6, 9, 0);
        assertThat(plan.calls()).isBetween(2, 6);
        List<int[]> items = model.sample(3, plan, 5, LikelihoodModel.NO_PROGRESS);
        items.forEach(space::check);
        assertThat(model.estimator(Estimator.PLAN, plan, 1)
                        .measureValues(items, 0, LikelihoodModel.NO_PROGRESS)
                        .callsPerItem())
                .isEqualTo(plan.calls());
        List<byte[]> streams = model.encode(items, plan, LikelihoodModel.NO_PROGRESS);
        assertThat(model.decode(streams, MaskingPlan.fromBytes(plan.toBytes(), 16), LikelihoodModel.NO_PROGRESS)
                        .get(2))
                .hasValue(items.get(2));
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> AbsorbingSchedule.table(1, 0.2, 0.3, 0)).hasMessageContaining("in step 2 of 3");
        assertThatThrownBy(() -> AbsorbingSchedule.table(1, 0.1)).hasMessageContaining("from 1 to 0, got 1.0 to 0.1");
        assertThatThrownBy(() -> AbsorbingSchedule.table(0)).hasMessageContaining("2 times or more");
        AbsorbingSchedule wave = AbsorbingSchedule.of("wave", u -> u == 1 ? 0 : Math.pow(Math.cos(6 * u), 2));
        assertThatThrownBy(() -> new AbsorbingDiffusion(wave, 3, 8)).hasMessageContaining("wave rises");
        AbsorbingSchedule deep = AbsorbingSchedule.of("deep", u -> u == 1 ? 0 : 1 - 3 * u);
        assertThatThrownBy(() -> deep.survivals(2)).hasMessageContaining("not in [0, 1]");
        assertThatThrownBy(() -> AbsorbingSchedule.LINEAR.survivals(0)).hasMessageContaining("at least one step");
        assertThatThrownBy(() -> AbsorbingSchedule.LINEAR.survival(Double.NaN)).hasMessageContaining("time");
        AbsorbingDiffusion diffusion = new AbsorbingDiffusion(AbsorbingSchedule.LINEAR, 3, 8);
        assertThatThrownBy(() -> diffusion.boundBits(new double[4])).hasMessageContaining("4 values for 3");
        assertThatThrownBy(() -> diffusion.fallDistribution(0)).hasMessageContaining("step 0 is not in [1, 8]");
        assertThatThrownBy(() -> diffusion.revealDistribution(1, 4)).hasMessageContaining("cannot know 4");
        assertThatThrownBy(() -> AbsorbingDiffusion.costDensity(new double[3], 1.5))
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> AbsorbingSchedule.LINEAR.draw(stream(0), 0, 3))
                .hasMessageContaining("at least one variable");
    }
}
