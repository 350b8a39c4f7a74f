package dev.ardm.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream;
import dev.ardm.core.masking.process.AbsorbingDiffusion;
import dev.ardm.core.masking.process.AbsorbingDraw;
import dev.ardm.core.masking.process.AbsorbingSchedule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Absorbing diffusion with the Bayes-optimal network of sources of known entropy. */
class AbsorbingSourcesTest {
    private static final List<AbsorbingSchedule> SCHEDULES = List.of(
            AbsorbingSchedule.LINEAR,
            AbsorbingSchedule.COSINE,
            AbsorbingSchedule.of("late", u -> Math.pow(1 - u, 3)),
            AbsorbingSchedule.table(1, 0.95, 0.5, 0.1, 0));

    /** Name, source and exact curve. */
    private record Subject(String name, KnownSource source, double[] curve) {
        Subject(String name, KnownSource source) {
            this(name, source, source.lossCurve());
        }

        int dimensions() {
            return curve.length;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Subject> SUBJECTS = List.of(
            new Subject("ising", Sources.ising4x4(0.45, 0.05)),
            new Subject("text of order 1", Sources.markov(40, 1, 6, 3)),
            new Subject("text of order 2", Sources.markov(9, 2, 3, 3)));

    static Stream<Subject> subjects() {
        return SUBJECTS.stream();
    }

    private static RandomStream stream(long item) {
        return RandomStream.of(31, RandomStream.Purpose.TEST, item);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void theBoundFallsToTheEntropyForEverySchedule(Subject subject) {
        double entropy = subject.source().entropyBits();
        assertThat(AbsorbingDiffusion.continuousBoundBits(subject.curve())).isCloseTo(entropy, within(1e-8));
        for (AbsorbingSchedule schedule : SCHEDULES) {
            double last = Double.POSITIVE_INFINITY;
            for (int steps = 1; steps <= 1 << 13; steps *= 2) {
                double bits = new AbsorbingDiffusion(schedule, subject.dimensions(), steps).boundBits(subject.curve());
                assertThat(bits).isLessThan(last).isGreaterThan(entropy);
                last = bits;
            }
            assertThat(last).isCloseTo(entropy, within(3e-3 * entropy));
        }
    }

    /** Items of the source under drawn generations cost what the formula predicts, and take the calls it predicts. */
    @ParameterizedTest
    @MethodSource("subjects")
    void simulatedCostsAreThePredictedBound(Subject subject) {
        long item = 0;
        for (AbsorbingSchedule schedule : SCHEDULES) {
            for (int steps : new int[] {2, 7, 60}) {
                AbsorbingDiffusion diffusion = new AbsorbingDiffusion(schedule, subject.dimensions(), steps);
                double[] bits = new double[subject.name().equals("ising") ? 60 : 300];
                double[] calls = new double[bits.length];
                for (int i = 0; i < bits.length; i++) {
                    RandomStream random = stream(item++);
                    int[] values = subject.source().draw(random);
                    AbsorbingDraw draw = diffusion.draw(random);
                    bits[i] = AbsorbingDiffusion.itemBits(values, subject.source(), draw);
                    calls[i] = draw.calls();
                }
                assertThat(mean(bits))
                        .as("%s, %d steps", schedule, steps)
                        .isCloseTo(diffusion.boundBits(subject.curve()), within(4 * standardError(bits)));
                assertThat(mean(calls)).isCloseTo(diffusion.expectedCalls(), within(4.5 * standardError(calls) + 0.01));
            }
        }
    }

    /** One variable a call is the chain rule: the cost is the item's own, for every order. */
    @ParameterizedTest
    @MethodSource("subjects")
    void withoutParallelStepsAnItemCostsItsProbability(Subject subject) {
        for (int i = 0; i < 5; i++) {
            RandomStream random = stream(1000 + i);
            int[] values = subject.source().draw(random);
            AbsorbingDraw draw = AbsorbingSchedule.LINEAR.draw(random, subject.dimensions(), 1 << 20);
            assertThat(draw.calls()).isEqualTo(subject.dimensions());
            assertThat(draw.skippedSteps()).isEqualTo((1 << 20) - subject.dimensions());
            assertThat(AbsorbingDiffusion.itemBits(values, subject.source(), draw))
                    .isCloseTo(-subject.source().logProb(values), within(1e-8));
        }
    }

    @Test
    void anItemOfAnotherLengthIsRefused() {
        AbsorbingDraw draw = AbsorbingSchedule.LINEAR.draw(stream(0), 8, 3);
        assertThatThrownBy(() -> AbsorbingDiffusion.itemBits(new int[9], Sources.markov(9, 2, 3, 3), draw))
                .hasMessageContaining("8 variables for an item of 9");
    }

    /** With enough steps the sampler has the distribution of the source; with few its items are less likely ones. */
    @Test
    void theSamplerReachesTheSourceWithEnoughSteps() {
        KnownSource source = Sources.markov(9, 2, 3, 3);
        int[] steps = {1, 3, 100_000};
        double[][] bits = new double[steps.length][4000];
        int[] drawn = new int[3];
        for (int s = 0; s < steps.length; s++) {
            AbsorbingDiffusion diffusion = new AbsorbingDiffusion(AbsorbingSchedule.LINEAR, 9, steps[s]);
            for (int i = 0; i < bits[s].length; i++) {
                RandomStream random = stream(2000 + i);
                int[] item = AbsorbingDiffusion.sample(source, diffusion.draw(random), random);
                bits[s][i] = -source.logProb(item);
                drawn[item[4]] += s == 0 ? 1 : 0;
            }
        }
        assertThat(mean(bits[2])).isCloseTo(source.entropyBits(), within(4 * standardError(bits[2])));
        assertThat(mean(bits[1])).isGreaterThan(source.entropyBits() + 4 * standardError(bits[1]));
        assertThat(mean(bits[0])).isGreaterThan(mean(bits[1]) + 4 * standardError(bits[0]));
        // In one step each variable still has its own distribution.
        double[] distribution = source.conditional(new int[9], new boolean[9], 4);
        for (int k = 0; k < 3; k++) {
            double error = Math.sqrt(distribution[k] * (1 - distribution[k]) / bits[0].length);
            assertThat(drawn[k] / (double) bits[0].length).isCloseTo(distribution[k], within(4.5 * error));
        }
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double standardError(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1.0) / values.length);
    }
}
