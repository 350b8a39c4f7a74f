package dev.ardm.core.masking.output;

import java.util.ArrayList;
import java.util.List;

/**
 * Interprets the outputs of a {@link LogisticMixture} for a number of categories: parameters of the components, and the
 * likelihood. The caller chooses the type of numbers. Immutable.
 */
public final class DiscretizedLogistics {
    private final LogisticMixture output;
    private final int categories;
    private final float largestLogInverseScale;

    /** @param categories number of values of a variable, at least 2 */
    public DiscretizedLogistics(LogisticMixture output, int categories) {
        this.output = output;
        this.categories = categories;
        this.largestLogInverseScale = LogisticMixture.largestLogInverseScale(categories);
    }

    /** A value scaled to [-1, 1]. */
    public double scaled(int value) {
        return (2 * value - (categories - 1)) / (double) (categories - 1);
    }

    /** The boundary between a value and the one below it, on that scale. Rounded to binary32 it is the nearest binary32 number. */
    public double boundaryBelow(int value) {
        return (2 * value - categories) / (double) (categories - 1);
    }

    /**
     * Means of a channel.
     *
     * @param deviations how far the channels before are from their means
     */
    public <T> T means(ComponentMath<T> math, int channel, List<T> deviations) {
        T means = math.times(math.outputs(output.mean(channel)), LogisticMixture.UNIT);
        for (int earlier = 0; earlier < channel; earlier++) {
            T coupling = math.times(math.outputs(output.coupling(channel, earlier)), LogisticMixture.UNIT);
            means = math.plusProduct(means, coupling, deviations.get(earlier));
        }
        return means;
    }

    /** Inverse scales of a channel. */
    public <T> T inverseScales(ComponentMath<T> math, int channel) {
        return math.exp(math.clamp(
                math.outputs(output.logInverseScale(channel)),
                LogisticMixture.LEAST_LOG_INVERSE_SCALE,
                largestLogInverseScale));
    }

    /**
     * Negative log-likelihood, in nats, of what a stage makes known of a unit.
     *
     * @param staged whether something may be known of the values before
     */
    public <T> T nats(ComponentMath.WithLogarithms<T> math, boolean staged) {
        T before = math.logSoftmax(math.outputs(0));
        T after = before;
        List<T> deviations = new ArrayList<>();
        for (int channel = 0; channel < output.channels(); channel++) {
            T means = means(math, channel, deviations);
            T inverse = inverseScales(math, channel);
            deviations.add(math.deviation(channel, means));
            after = math.add(after, logMass(math, math.interval(channel, 1), means, inverse));
            if (staged) {
                before = math.add(before, logMass(math, math.interval(channel, 0), means, inverse));
            }
        }
        T nats = math.negate(math.logSumExp(after));
        return staged ? math.add(nats, math.logSumExp(before)) : nats;
    }

    /**
     * Logarithms of the components' masses of an interval. With z0 and z1 the boundaries in units of the scale and s the logistic
     * function, a mass is {@code (1 - exp(z0 - z1)) s(z1) s(-z0)}, which loses no precision in the tails.
     */
    private static <T> T logMass(
            ComponentMath.WithLogarithms<T> math, ComponentMath.Interval<T> interval, T means, T inverse) {
        T below = math.logSigmoid(math.multiply(math.subtract(interval.high(), means), inverse));
        T above = math.logSigmoid(math.negate(math.multiply(math.subtract(interval.low(), means), inverse)));
        T inner = math.logOneMinusExp(math.multiply(interval.width(), inverse));
        return math.add(
                math.add(interval.zeroIfLargest(below), interval.zeroIfLeast(above)),
                interval.zeroIfLeast(interval.zeroIfLargest(inner)));
    }
}
