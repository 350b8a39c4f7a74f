package dev.ardm.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableDistributionTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomDistributionsKeepTheInvariants(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Distribution distribution = Distributions.distribution(random);
            checkInvariants(distribution, null);
        }
    }

    @Test
    void frequenciesFollowTheFormula() {
        Random random = new Random(5);
        for (int round = 0; round < 500; round++) {
            int n = 1 + random.nextInt(50);
            int precision = 6 + random.nextInt(25);
            long[] weights = Distributions.weights(random, n + 3);
            boolean[] feasible = new boolean[n];
            int m = 0;
            for (int k = 0; k < n; k++) {
                feasible[k] = random.nextInt(3) > 0;
                m += feasible[k] ? 1 : 0;
            }
            if (m == 0) {
                feasible[n / 2] = true;
                m = 1;
            }
            Distribution distribution = TableDistribution.fromWeights(weights, 2, n, feasible, precision);
            checkInvariants(distribution, feasible);
            assertThat(frequencies(distribution)).isEqualTo(expected(weights, 2, feasible, m, precision));
        }
    }

    /** The written rule, in big integers. */
    private static int[] expected(long[] weights, int offset, boolean[] feasible, int m, int precision) {
        long[] w = new long[feasible.length];
        long sum = 0;
        for (int k = 0; k < w.length; k++) {
            w[k] = feasible[k] ? weights[offset + k] : 0;
            sum += w[k];
        }
        if (sum == 0) {
            for (int k = 0; k < w.length; k++) {
                w[k] = feasible[k] ? 1 : 0;
            }
            sum = m;
        }
        int[] frequencies = new int[w.length];
        int left = 1 << precision;
        int best = -1;
        for (int k = 0; k < w.length; k++) {
            if (feasible[k]) {
                frequencies[k] = 1
                        + BigInteger.valueOf(w[k])
                                .multiply(BigInteger.valueOf((1L << precision) - m))
                                .divide(BigInteger.valueOf(sum))
                                .intValueExact();
                left -= frequencies[k];
                best = best < 0 || w[k] > w[best] ? k : best;
            }
        }
        frequencies[best] += left;
        return frequencies;
    }

    @Test
    void extremeWeights() {
        long most = TableDistribution.WEIGHT_LIMIT - 1;
        checkInvariants(TableDistribution.fromWeights(new long[] {most}, 0, 1, 30), null);
        assertThat(frequencies(TableDistribution.fromWeights(new long[] {0, most, 0, most}, 0, 4, 24)))
                .containsExactly(1, (1 << 23) - 1, 1, (1 << 23) - 1);
        assertThat(frequencies(TableDistribution.fromWeights(new long[] {0, 0, 0}, 0, 3, 3)))
                .containsExactly(4, 2, 2);
        assertThat(frequencies(TableDistribution.fromWeights(new long[] {0, 0, 5}, 0, 3, 2)))
                .containsExactly(1, 1, 2);
        assertThat(frequencies(TableDistribution.fromWeights(new long[] {9, 1, 1, 1}, 0, 4, 2)))
                .containsExactly(1, 1, 1, 1);
        long[] many = new long[1 << 20];
        Arrays.fill(many, most);
        checkInvariants(TableDistribution.fromWeights(many, 0, many.length, 30), null);
        // The weight of an infeasible symbol counts for nothing.
        assertThat(frequencies(TableDistribution.fromWeights(
                        new long[] {most, 0, 0}, 0, 3, new boolean[] {false, true, true}, 4)))
                .containsExactly(0, 8, 8);
    }

    @Test
    void uniformDistributions() {
        for (int n = 1; n <= 300; n++) {
            Distribution distribution = TableDistribution.uniform(n, 10);
            checkInvariants(distribution, null);
            assertThat(distribution)
                    .isEqualTo(TableDistribution.fromWeights(new long[n], 0, n, 10))
                    .hasSameHashCodeAs(distribution);
            assertThat(distribution.frequency(n - 1)).isEqualTo(1024 / n);
        }
        checkInvariants(TableDistribution.uniform(1 << 10, 10), null);
    }

    @Test
    void bitsAreTheInformationContent() {
        Distribution distribution =
                TableDistribution.fromWeights(new long[] {3, 1, 7}, 0, 3, new boolean[] {true, true, false}, 12);
        assertThat(distribution.bits(0)).isCloseTo(Math.log(4.0 / 3) / Math.log(2), within(1e-3));
        assertThat(distribution.bits(1)).isCloseTo(2, within(2e-3));
        assertThat(distribution.bits(2)).isInfinite();
    }

    @Test
    void refusesWhatIsNoDistribution() {
        long[] good = {1, 2, 3};
        assertThatIllegalArgumentException().isThrownBy(() -> TableDistribution.fromWeights(new long[] {-1}, 0, 1, 24));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableDistribution.fromWeights(new long[] {TableDistribution.WEIGHT_LIMIT}, 0, 1, 24));
        assertThatIllegalArgumentException().isThrownBy(() -> TableDistribution.fromWeights(good, 1, 3, 24));
        assertThatIllegalArgumentException().isThrownBy(() -> TableDistribution.fromWeights(good, 0, 3, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> TableDistribution.fromWeights(good, 0, 3, 31));
        assertThatIllegalArgumentException().isThrownBy(() -> TableDistribution.fromWeights(good, 0, 0, 24));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableDistribution.fromWeights(good, 0, 3, new boolean[3], 24));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableDistribution.fromWeights(good, 0, 3, new boolean[2], 24));
        for (int precision : new int[] {0, 31}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            TableDistribution.fromWeights(good, 0, 3, new boolean[] {true, true, true}, precision))
                    .withMessageContaining("precision");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TableDistribution.uniform(1, precision))
                    .withMessageContaining("precision");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> TableDistribution.uniform(5, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableDistribution.uniform(5, 4).symbolAt(16));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableDistribution.uniform(5, 4).start(5));
    }

    private static int[] frequencies(Distribution distribution) {
        int[] frequencies = new int[distribution.symbols()];
        Arrays.setAll(frequencies, distribution::frequency);
        return frequencies;
    }

    static void checkInvariants(Distribution distribution, boolean[] feasible) {
        long sum = 0;
        for (int k = 0; k < distribution.symbols(); k++) {
            int frequency = distribution.frequency(k);
            if (distribution.start(k) != sum) {
                assertThat(distribution.start(k)).as("start of %s", k).isEqualTo(sum);
            }
            sum += frequency;
            if (feasible != null && !feasible[k]) {
                assertThat(frequency).isZero();
                continue;
            }
            if (frequency < 1
                    || distribution.symbolAt(distribution.start(k)) != k
                    || distribution.symbolAt(distribution.start(k) + frequency - 1) != k
                    || distribution.symbolAt(distribution.start(k) + frequency / 2) != k) {
                throw new AssertionError("symbol " + k + " of " + distribution);
            }
        }
        assertThat(sum).isEqualTo(1L << distribution.precision());
    }

    /** The way of decoders gives what integer division gives, also where quotients are whole numbers or nearly. */
    @Test
    void integersOfDecodersGiveTheSameTables() {
        Random random = new Random(5);
        for (int trial = 0; trial < 20_000; trial++) {
            int n = 1 + random.nextInt(trial % 7 == 0 ? 600 : 9);
            int precision = Math.max(10, 10 + random.nextInt(21));
            int[] weights = new int[n];
            long[] same = new long[n];
            for (int k = 0; k < n; k++) {
                int bits = random.nextInt(32);
                weights[k] =
                        trial % 5 == 0 ? 1 << random.nextInt(31) : bits == 0 ? 0 : random.nextInt() >>> 32 - bits >>> 1;
                same[k] = weights[k];
            }
            assertThat(TableDistribution.fromWeights(weights, n, precision))
                    .isEqualTo(TableDistribution.fromWeights(same, 0, n, precision));
        }
        int most = Integer.MAX_VALUE;
        assertThat(TableDistribution.fromWeights(new int[] {0, 0, 0}, 3, 24))
                .isEqualTo(TableDistribution.fromWeights(new long[] {0, 0, 0}, 0, 3, 24));
        assertThat(TableDistribution.fromWeights(new int[] {most, most, 1, most}, 4, 30))
                .isEqualTo(TableDistribution.fromWeights(new long[] {most, most, 1, most}, 0, 4, 30));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableDistribution.fromWeights(new int[] {5, -1}, 2, 24))
                .withMessageContaining("weight");
    }
}
