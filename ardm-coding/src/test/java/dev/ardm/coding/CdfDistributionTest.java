package dev.ardm.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.coding.CdfDistribution.Cumulative;
import dev.ardm.coding.error.DamagedException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CdfDistributionTest {
    private static final long ONE = CdfDistribution.ONE;

    /** A logistic on a grid, whose cumulative function is simple to write; close enough to a Gaussian. */
    private static Cumulative logistic(double mean, double scale) {
        return k -> (long) (ONE / (1 + StrictMath.exp((mean - (k - 0.5)) / scale)));
    }

    /** Functions of few symbols, right and wrong: name, symbols, precision, function. */
    static Stream<Arguments> functions() {
        Random random = new Random(11);
        long[] noise = random.longs(301).toArray();
        return Stream.of(
                Arguments.of("logistic", 300, 16, logistic(120, 9)),
                Arguments.of("narrow: all mass on one symbol", 300, 16, logistic(120, 1e-3)),
                Arguments.of("wide: as good as uniform", 300, 16, logistic(120, 1e9)),
                Arguments.of("mean far outside", 300, 16, logistic(-1e6, 2)),
                Arguments.of("step", 300, 24, (Cumulative) k -> k > 17 ? ONE : 0),
                Arguments.of("always 0", 300, 16, (Cumulative) k -> 0),
                Arguments.of("always 1", 300, 16, (Cumulative) k -> ONE),
                Arguments.of("beyond the ends", 300, 16, (Cumulative) k -> k < 150 ? Long.MIN_VALUE : Long.MAX_VALUE),
                Arguments.of("falling", 300, 16, (Cumulative) k -> ONE - k * (ONE / 300)),
                Arguments.of("noise", 300, 16, (Cumulative) k -> noise[k] >>> 31),
                Arguments.of("wiggling", 300, 30, (Cumulative) k -> (k ^ 5) * (ONE / 300)),
                Arguments.of("as many symbols as slots", 256, 8, logistic(20, 3)),
                Arguments.of("one spare slot", 255, 8, logistic(20, 3)),
                Arguments.of("one symbol", 1, 1, (Cumulative) k -> 0),
                Arguments.of("two symbols", 2, 30, (Cumulative) k -> ONE / 3),
                Arguments.of("one symbol at most precision", 1, 30, (Cumulative) k -> 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void everyFunctionGivesADistribution(String name, int symbols, int precision, Cumulative cdf) {
        TableDistributionTest.checkInvariants(new CdfDistribution(symbols, precision, cdf), null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void everyFunctionKeepsTheLaws(String name, int symbols, int precision, Cumulative cdf) {
        Distribution distribution = new CdfDistribution(symbols, precision, cdf);
        CodecLaws.check(Codecs.of(distribution), r -> r.nextInt(symbols), 5);
        CodecLaws.check(
                Codecs.repeat(Codecs.of(distribution), 9),
                r -> r.ints(9, 0, symbols).boxed().toList(),
                6);
    }

    @Test
    void aMonotoneFunctionIsFollowedExactly() {
        int n = 1 << 12;
        Cumulative cdf = logistic(1000.3, 41);
        Distribution distribution = new CdfDistribution(n, 24, cdf);
        for (int k = 1; k < n; k++) {
            assertThat(distribution.start(k)).isEqualTo(k + (int) ((cdf.below(k) * ((1 << 24) - n)) >>> 32));
        }
    }

    /** Bisection and a table of the same frequencies are the same distribution, so they make the same streams. */
    @Test
    void aTableOfTheSameFrequenciesGivesTheSameStream() {
        int n = 200;
        Distribution searched = new CdfDistribution(n, 24, logistic(60, 7));
        long[] weights = new long[n];
        for (int k = 0; k < n; k++) {
            weights[k] = searched.frequency(k) - 1L;
        }
        Distribution table = TableDistribution.fromWeights(weights, 0, n, 24);
        AnsStack one = AnsStack.of(1);
        AnsStack other = AnsStack.of(1);
        Random random = new Random(2);
        for (int i = 0; i < 2000; i++) {
            int symbol = Distributions.draw(random, searched);
            one.push(searched, symbol);
            other.push(table, symbol);
        }
        assertThat(one).isEqualTo(other);
    }

    /** Fine grids: latents of 2^14 bins up to real numbers of 2^24 bins, near the mean and in the far tail. */
    @ParameterizedTest
    @ValueSource(ints = {14, 18, 24})
    void fineGridsKeepTheLawsAndCostWhatTheyShould(int gridBits) {
        int n = 1 << gridBits;
        double scale = n / 64.0;
        Distribution distribution = new CdfDistribution(n, 30, logistic(n / 3.0, scale));
        CodecLaws.check(
                Codecs.of(distribution),
                r -> r.nextBoolean() ? r.nextInt(n) : Distributions.draw(r, distribution),
                gridBits);

        Random random = new Random(3);
        double bits = 0;
        AnsStack stack = AnsStack.of(1);
        int count = 4000;
        for (int i = 0; i < count; i++) {
            int symbol = Distributions.draw(random, distribution);
            double z = (symbol - n / 3.0) / scale;
            double density = 1 / (scale * (2 + StrictMath.exp(z) + StrictMath.exp(-z)));
            bits -= StrictMath.log(density) / StrictMath.log(2);
            stack.push(distribution, symbol);
        }
        // The leak of the widest grid is 2^-6 of all slots; a symbol from it is drawn where the logistic has almost no
        // mass.
        double leak = gridBits == 24 ? 0.5 : 0.02;
        assertThat(8.0 * stack.byteLength() / count).isCloseTo(bits / count, within(leak));
    }

    /** A latent variable on a grid, by the bisection on all three sides: prior, likelihood and posterior. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void bitsBackKeepsTheLaws(long seed) {
        int grid = 1 << 14;
        Distribution prior = new CdfDistribution(grid, 24, logistic(grid / 2.0, grid / 16.0));
        Codec<Integer> codec = Codecs.bitsBack(
                Codecs.of(prior),
                z -> Codecs.of(new CdfDistribution(256, 20, logistic(z / 64.0, 8))),
                x -> Codecs.of(new CdfDistribution(grid, 26, logistic(64.0 * x, 300))));
        CodecLaws.check(codec, r -> r.nextInt(256), seed);
    }

    @Test
    void theCheckedStreamTakesIt() throws DamagedException {
        Distribution distribution = new CdfDistribution(1 << 16, 26, logistic(9000, 100));
        Codec<Integer> codec = Codecs.of(distribution);
        byte[] bytes = CheckedStream.encode(codec, 9123, 77);
        AnsStack stack = CheckedStream.open(bytes, 0, bytes.length);
        assertThat(codec.pop(stack)).isEqualTo(9123);
        CheckedStream.close(stack, 77);
    }

    @Test
    void refusesWhatCannotBeCoded() {
        Cumulative any = k -> 0;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CdfDistribution((1 << 24) + 1, 24, any))
                .withMessageContaining("16777217 symbols does not fit a precision of 24 bits")
                .withMessageContaining("30 bits");
        assertThatIllegalArgumentException().isThrownBy(() -> new CdfDistribution(0, 24, any));
        assertThatIllegalArgumentException().isThrownBy(() -> new CdfDistribution(5, 31, any));
        assertThatIllegalArgumentException().isThrownBy(() -> new CdfDistribution(1, 0, any));
        Distribution distribution = new CdfDistribution(5, 4, any);
        assertThatIllegalArgumentException().isThrownBy(() -> distribution.symbolAt(16));
        assertThatIllegalArgumentException().isThrownBy(() -> distribution.symbolAt(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> distribution.start(5));
        assertThatIllegalArgumentException().isThrownBy(() -> distribution.frequency(-1));
    }
}
