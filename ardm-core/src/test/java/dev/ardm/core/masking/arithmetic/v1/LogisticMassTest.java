package dev.ardm.core.masking.arithmetic.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.masking.output.DigitInterval;
import dev.ardm.core.masking.output.DiscretizedLogistics;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.UnitLikelihood;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.exact.Kernels;
import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mixtures of logistics against their definition, computed with hundreds of digits. */
class LogisticMassTest {
    /** For masses of e^-700, and such as have all but that of the whole. */
    private static final MathContext DIGITS = new MathContext(330);

    private static BigDecimal exp(BigDecimal x) {
        int halvings = 0;
        BigDecimal small = x;
        while (small.abs().compareTo(BigDecimal.valueOf(0.01)) > 0) {
            small = small.divide(BigDecimal.valueOf(2), DIGITS);
            halvings++;
        }
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int i = 1; term.signum() != 0 && term.precision() - term.scale() > -DIGITS.getPrecision(); i++) {
            term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }

    /** The logistic function. */
    private static BigDecimal logistic(BigDecimal z) {
        return BigDecimal.ONE.divide(BigDecimal.ONE.add(exp(z.negate()), DIGITS), DIGITS);
    }

    /** Mass of a value: the difference of the distribution function at the middles to its neighbours. */
    private static BigDecimal mass(int value, int categories, double mean, double logInverseScale) {
        BigDecimal inverse = exp(new BigDecimal(logInverseScale));
        BigDecimal upper = BigDecimal.ONE;
        BigDecimal lower = BigDecimal.ZERO;
        if (value < categories - 1) {
            upper = logistic(boundary(value + 1, categories)
                    .subtract(new BigDecimal(mean), DIGITS)
                    .multiply(inverse, DIGITS));
        }
        if (value > 0) {
            lower = logistic(boundary(value, categories)
                    .subtract(new BigDecimal(mean), DIGITS)
                    .multiply(inverse, DIGITS));
        }
        return upper.subtract(lower, DIGITS);
    }

    /** The middle between a value and the one below it, on the scale from -1 to 1. */
    private static BigDecimal boundary(int value, int categories) {
        return BigDecimal.valueOf(2L * value - categories).divide(BigDecimal.valueOf(categories - 1), DIGITS);
    }

    /** Natural logarithm to the precision of a double. */
    private static double ln(BigDecimal x) {
        int exponent = x.precision() - x.scale();
        return Math.log(x.movePointLeft(exponent).doubleValue()) + exponent * Math.log(10);
    }

    private static Process process(int channels, int categories) {
        return new OrderAgnostic(Space.image(1, 1, channels, categories), channels, Given.NOTHING);
    }

    private static int[] values(int categories) {
        return new int[] {0, 1, categories / 3, categories / 2, categories - 2, categories - 1};
    }

    /** Also where a mass is e^-300, or all but the 1e-100th of the whole. */
    @ParameterizedTest
    @CsvSource({
        "2, 0, 0", "2, 3, -7", "2, 50, 2", "3, -0.4, 1.5", "256, 0.1, 3", "256, 0.9, 7.5", "256, -1, -7",
        "256, 0.33, 0", "256, -40, 2", "256, 5, 4", "65536, 0.2, 13", "65536, 0.2, 2", "65536, -0.7, -7", "65536, 0, 5"
    })
    void oneComponentIsTheDifferenceOfItsDistributionFunction(int categories, float mean, float logInverseScale) {
        LogisticMixture output = new LogisticMixture(1, 1);
        UnitLikelihood likelihood = UnitLikelihood.of(process(1, categories), output);
        float[] outputs = {0, mean / LogisticMixture.UNIT, logInverseScale};
        for (int value : values(categories)) {
            double expected = -ln(mass(value, categories, mean, logInverseScale));
            double actual = likelihood.nats(outputs, 0, new int[] {value}, 0, 0);
            assertThat(actual).as("value %d", value).isCloseTo(expected, within(1e-9 * (1 + expected)));
        }
    }

    /** The integer distribution has masses in binary32; of these nothing is lost by cancellation. */
    @ParameterizedTest
    @CsvSource({
        "17, 0.1, 1",
        "17, 0.9, 4",
        "256, 0, 0",
        "256, 0.2, 2",
        "256, -0.98, 4.5",
        "256, 1.5, 1",
        "1000, 0.1, -7",
        "1000, 0.5, 3"
    })
    void integerDistributionsAreAsPreciseAsTheirFormat(int categories, float mean, float logInverseScale) {
        LogisticDistributions distributions =
                new LogisticDistributions(process(1, categories), new LogisticMixture(1, 1), Kernels.best());
        distributions.begin(new float[] {0, mean / LogisticMixture.UNIT, logInverseScale}, 0);
        var distribution = distributions.distribution(0, 0, new DigitInterval(0, categories, 1));
        for (int value = 0; value < categories; value += 1 + categories / 23) {
            double expected = mass(value, categories, mean, logInverseScale).doubleValue();
            // The slot that each value has takes from the others; a slot at most is lost in rounding.
            assertThat(distribution.frequency(value) * 0x1p-24)
                    .as("value %d", value)
                    .isCloseTo(expected, within(1.5 * 0x1p-24 + expected * (1e-5 + categories * 0x1p-24)));
        }
    }

    /** Version 1 is written with divisions in binary32; that the quotients are rounded twice here changes none of them. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 256, 60001, 65536})
    void boundariesAreTheQuotientsInBinary32(int categories) {
        DiscretizedLogistics logistics = new DiscretizedLogistics(new LogisticMixture(1, 1), categories);
        for (int value = 0; value <= categories; value++) {
            float boundary = (2 * value - categories) / (float) (categories - 1);
            float scaled = (2 * value - (categories - 1)) / (float) (categories - 1);
            assertEquals(boundary, (float) logistics.boundaryBelow(value), 0f);
            assertEquals(scaled, (float) logistics.scaled(value), 0f);
        }
    }

    /** Scales are kept within what the numbers of values allow. */
    @Test
    void scalesAreClamped() {
        UnitLikelihood likelihood = UnitLikelihood.of(process(1, 256), new LogisticMixture(1, 1));
        float largest = LogisticMixture.largestLogInverseScale(256);
        assertThat((double) largest).isCloseTo(Math.log(255) + 2, within(1e-6));
        for (int value : values(256)) {
            int[] item = {value};
            assertThat(likelihood.nats(new float[] {0, 0.1f, 100}, 0, item, 0, 0))
                    .isEqualTo(likelihood.nats(new float[] {0, 0.1f, largest}, 0, item, 0, 0));
            assertThat(likelihood.nats(new float[] {0, 0.1f, -100}, 0, item, 0, 0))
                    .isEqualTo(likelihood.nats(new float[] {0, 0.1f, -7}, 0, item, 0, 0));
        }
    }

    /**
     * The joint distribution of a pixel is the mixture of the products of its components, each channel's mean moved by how far the
     * channels before it are from theirs.
     */
    @ParameterizedTest
    @CsvSource({"1, 9", "2, 9", "3, 5", "4, 4"})
    void pixelsAreMixturesOfProducts(int channels, int categories) {
        int components = 3;
        LogisticMixture output = new LogisticMixture(components, channels);
        float[] outputs = UnitDistributionsTest.outputs(output, categories, 8);
        UnitLikelihood likelihood = UnitLikelihood.of(process(channels, categories), output);
        RandomStream random = RandomStream.of(2, Purpose.TEST, 0);
        for (int round = 0; round < 5; round++) {
            int[] pixel = new int[channels];
            for (int c = 0; c < channels; c++) {
                pixel[c] = random.nextInt(categories);
            }
            BigDecimal sum = BigDecimal.ZERO;
            BigDecimal shares = BigDecimal.ZERO;
            for (int m = 0; m < components; m++) {
                BigDecimal share = exp(new BigDecimal(outputs[m]));
                shares = shares.add(share, DIGITS);
                double[] distance = new double[channels];
                for (int c = 0; c < channels; c++) {
                    double mean = outputs[output.mean(c) + m] / 8.0;
                    for (int earlier = 0; earlier < c; earlier++) {
                        mean += outputs[output.coupling(c, earlier) + m] / 8.0 * distance[earlier];
                    }
                    distance[c] = (2.0 * pixel[c] - (categories - 1)) / (categories - 1) - mean;
                    double scale = outputs[output.logInverseScale(c) + m];
                    scale = Math.min(scale, LogisticMixture.largestLogInverseScale(categories));
                    share = share.multiply(mass(pixel[c], categories, mean, scale), DIGITS);
                }
                sum = sum.add(share, DIGITS);
            }
            double expected = ln(shares) - ln(sum);
            assertThat(likelihood.nats(outputs, 0, pixel, 0, 0)).isCloseTo(expected, within(1e-9 * (1 + expected)));
        }
    }

    /** Outputs have places of their own. */
    @Test
    void outputsDoNotOverlap() {
        for (int channels = 1; channels <= 4; channels++) {
            LogisticMixture output = new LogisticMixture(5, channels);
            java.util.BitSet used = new java.util.BitSet();
            used.set(0, 5);
            for (int c = 0; c < channels; c++) {
                for (int first : new int[] {output.mean(c), output.logInverseScale(c)}) {
                    assertThat(used.get(first, first + 5).isEmpty()).isTrue();
                    used.set(first, first + 5);
                }
                for (int earlier = 0; earlier < c; earlier++) {
                    int first = output.coupling(c, earlier);
                    assertThat(used.get(first, first + 5).isEmpty()).isTrue();
                    used.set(first, first + 5);
                }
            }
            assertThat(used.cardinality()).isEqualTo(output.outputs()).isEqualTo(used.length());
        }
    }
}
