package dev.ardm.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import dev.ardm.core.masking.process.OrderAgnostic;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossCurveTest {
    private static KnownSource mixed() {
        Space space = Space.of(new int[] {5}, new int[] {2, 3, 2, 4, 2}, Space.Scale.NOMINAL);
        double[][] one = {{0.9, 0.1}, {0.2, 0.2, 0.6}, {0.5, 0.5}, {0.7, 0.1, 0.1, 0.1}, {0, 1}};
        double[][] two = {{0.3, 0.7}, {0.6, 0.4, 0}, {0.1, 0.9}, {0.1, 0.1, 0.1, 0.7}, {0.5, 0.5}};
        return Sources.mixture(
                new double[] {0.4, 0.6}, Sources.independent(space, one), Sources.independent(space, two));
    }

    private static KnownSource enumerated(KnownSource source) {
        return Sources.mixture(new double[] {1}, source);
    }

    static Stream<KnownSource> small() {
        return Stream.of(
                Sources.categorical(5, new double[] {0.5, 0.25, 0.25}),
                mixed(),
                Sources.markov(5, 0, 3, 1),
                Sources.markov(1, 1, 3, 1),
                Sources.markov(2, 1, 3, 1),
                Sources.markov(6, 1, 3, 4),
                Sources.markov(6, 2, 3, 2),
                Sources.markov(2, 3, 4, 2));
    }

    static Stream<KnownSource> all() {
        return Stream.concat(
                small(),
                Stream.of(Sources.ising4x4(0.4, 0.1), Sources.markov(200, 1, 5, 3), Sources.markov(12, 2, 2, 3)));
    }

    /** The distribution of a position by its definition: over all items, those with the known values. */
    private static double[] distributionByDefinition(KnownSource source, int[] values, boolean[] known, int position) {
        double[] distribution = new double[source.space().categories(position)];
        forEachItem(source.space(), item -> {
            for (int i = 0; i < item.length; i++) {
                if (known[i] && item[i] != values[i]) {
                    return;
                }
            }
            distribution[item[position]] += Math.pow(2, source.logProb(item));
        });
        double sum = Arrays.stream(distribution).sum();
        return Arrays.stream(distribution).map(p -> p / sum).toArray();
    }

    private static void forEachItem(Space space, java.util.function.Consumer<int[]> consumer) {
        int[] item = new int[space.dimensions()];
        int at = 0;
        while (at >= 0) {
            consumer.accept(item);
            at = item.length - 1;
            while (at >= 0 && ++item[at] == space.categories(at)) {
                item[at--] = 0;
            }
        }
    }

    private static double entropy(double[] distribution) {
        return Arrays.stream(distribution)
                .filter(p -> p > 0)
                .map(p -> -p * Math.log(p) / Math.log(2))
                .sum();
    }

    @ParameterizedTest
    @MethodSource("small")
    void theDistributionOfAMaskedVariableIsThatOfItsDefinition(KnownSource source) {
        int dimensions = source.space().dimensions();
        for (int mask = 0; mask < 1 << dimensions; mask++) {
            int bits = mask;
            boolean[] known = new boolean[dimensions];
            for (int i = 0; i < dimensions; i++) {
                known[i] = (bits >> i & 1) == 1;
            }
            int[] values = source.draw(RandomStream.of(8, RandomStream.Purpose.TEST, mask));
            double[][] distributions = source.conditionals(masked(values, known), known);
            for (int i = 0; i < dimensions; i++) {
                assertThat(distributions[i])
                        .containsExactly(distributionByDefinition(source, values, known, i), within(1e-9));
                assertThat(source.conditional(values, known, i)).isEqualTo(distributions[i]);
            }
        }
    }

    /** Unknown values replaced by nonsense, which nobody may look at. */
    private static int[] masked(int[] values, boolean[] known) {
        int[] out = values.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = known[i] ? out[i] : -77;
        }
        return out;
    }

    @ParameterizedTest
    @MethodSource("small")
    void theCurveIsTheMeanConditionalEntropy(KnownSource source) {
        int dimensions = source.space().dimensions();
        double[] sums = new double[dimensions];
        int[] counts = new int[dimensions];
        for (int mask = 0; mask < (1 << dimensions) - 1; mask++) {
            boolean[] known = new boolean[dimensions];
            for (int i = 0; i < dimensions; i++) {
                known[i] = (mask >> i & 1) == 1;
            }
            int t = Integer.bitCount(mask);
            double[] mean = new double[1];
            forEachItem(source.space(), item -> {
                double p = Math.pow(2, source.logProb(item));
                if (p > 0) {
                    double[][] distributions = source.conditionals(item, known);
                    for (int i = 0; i < dimensions; i++) {
                        mean[0] += known[i] ? 0 : p * entropy(distributions[i]) / (dimensions - t);
                    }
                }
            });
            sums[t] += mean[0];
            counts[t]++;
        }
        double[] expected = new double[dimensions];
        Arrays.setAll(expected, t -> sums[t] / counts[t]);
        assertThat(source.lossCurve()).containsExactly(expected, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theCurveAddsUpToTheEntropyAndNeverRises(KnownSource source) {
        double[] curve = source.lossCurve();
        assertThat(curve).hasSize(source.space().dimensions());
        assertThat(Arrays.stream(curve).sum()).isCloseTo(source.entropyBits(), within(1e-8));
        for (int t = 1; t < curve.length; t++) {
            assertThat(curve[t]).isLessThanOrEqualTo(curve[t - 1] + 1e-9);
        }
    }

    @Test
    void theClosedFormOfAChainIsTheEnumeration() {
        for (KnownSource chain : new KnownSource[] {Sources.markov(9, 1, 3, 5), Sources.markov(14, 1, 2, 6)}) {
            assertThat(chain.lossCurve()).containsExactly(enumerated(chain).lossCurve(), within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theEstimateIsTheCurveWithinItsError(KnownSource source) {
        LossCurveEstimate estimate = source.estimateLossCurve(source.space().dimensions() > 50 ? 40 : 150, 1);
        double[] curve = source.lossCurve();
        for (int t = 0; t < curve.length; t++) {
            assertThat(estimate.bits()[t]).isCloseTo(curve[t], within(5 * estimate.standardErrors()[t] + 1e-9));
        }
        assertThat(estimate.total()).isCloseTo(source.entropyBits(), within(4 * estimate.totalStandardError() + 1e-8));
        assertThat(estimate.standardErrors()[0]).isLessThan(1e-12);
    }

    /** A text too long to enumerate, where no formula is known: the sum must still be the entropy. */
    @Test
    void aLongTextOfOrderTwoIsEstimated() {
        KnownSource text = Sources.markov(64, 2, 5, 7);
        assertThatThrownBy(text::lossCurve)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("estimate");
        LossCurveEstimate estimate = text.estimateLossCurve(100, 2);
        assertThat(estimate.total()).isCloseTo(text.entropyBits(), within(4 * estimate.totalStandardError()));
        assertThat(estimate.totalStandardError()).isBetween(1e-3, 0.01 * text.entropyBits());
        assertThat(estimate.bits()[0]).isGreaterThan(1.3 * estimate.bits()[63]);
        assertThat(text.estimateLossCurve(100, 2).bits()).isEqualTo(estimate.bits());
    }

    /** Two ways to the same distributions: forward and backward, and all items. */
    @Test
    void forwardBackwardIsTheEnumeration() {
        KnownSource chain = Sources.markov(9, 2, 4, 11);
        KnownSource table = enumerated(chain);
        for (int i = 0; i < 30; i++) {
            RandomStream random = RandomStream.of(5, RandomStream.Purpose.TEST, i);
            int[] item = chain.draw(random);
            boolean[] known = new OrderAgnostic(chain.space())
                    .corrupt((i % 9 + 0.5) / 9, random)
                    .known();
            double[][] expected = table.conditionals(item, known);
            double[][] distributions = chain.conditionals(item, known);
            for (int p = 0; p < 9; p++) {
                assertThat(distributions[p]).containsExactly(expected[p], within(1e-9));
            }
        }
    }

    /** Strongly coupled spins: one bit for the first, nothing for all others. */
    @Test
    void frozenSpinsCostOneBit() {
        double[] curve = Sources.ising4x4(20, 0).lossCurve();
        assertThat(curve[0]).isCloseTo(1, within(1e-9));
        for (int t = 1; t < 16; t++) {
            assertThat(curve[t]).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void nonsenseIsRefused() {
        KnownSource source = mixed();
        boolean[] known = {false, false, false, false, true};
        int[] item = {0, 2, 0, 0, 0};
        assertThat(source.conditional(item, known, 0)[1]).isCloseTo(0.7, within(1e-12));
        known[1] = true;
        assertThatThrownBy(() -> source.conditionals(item, known)).hasMessageContaining("cannot occur");
        assertThatThrownBy(() -> source.conditionals(new int[] {0, 3, 0, 0, 0}, known))
                .hasMessageContaining("known value 3 at position 1");
        assertThatThrownBy(() -> source.conditionals(new int[4], known)).hasMessageContaining("got 4 and 5 flags");
        assertThatThrownBy(() -> source.conditional(item, new boolean[5], 5)).hasMessageContaining("no position 5");
        assertThatThrownBy(() -> source.estimateLossCurve(1, 0)).hasMessageContaining("at least 2");
        assertThatThrownBy(() -> Sources.mixture(new double[] {1}, Sources.categorical(20, new double[] {0.5, 0.5, 0}))
                        .lossCurve())
                .hasMessageContaining("too many");
    }
}
