package dev.ardm.core.model;

import dev.ardm.coding.Distribution;
import dev.ardm.coding.TableDistribution;
import dev.ardm.core.output.LogisticMixture;
import dev.ardm.core.process.Process;
import dev.ardm.exact.Kernels;
import java.util.Arrays;

/**
 * Distributions of a discretised mixture of logistics. The mass of the values between two boundaries z0 and z1 (in units of the scale)
 * is {@code (1 - exp(z0 - z1)) s(z1) s(-z0)} with the logistic function s, which loses no precision in the tails; to the
 * least value belongs all below, to the largest all above. Where channels are told one after the other, each of them makes
 * the components that foretold it more likely.
 */
final class LogisticDistributions extends UnitDistributions {
    private static final float WEIGHT_SCALE = 0x1p30f;

    private final LogisticMixture output;
    private final Kernels kernels;
    private final int components;
    private final int categories;
    private final float largestLogInverseScale;
    private final LogisticLikelihood nats;

    private float[] outputs = new float[0];
    private int offset;
    private final float[] share;
    private final float[] mean;
    private final float[] inverseScale;
    /** How far each channel told is from each component's mean. */
    private final float[] deviation;

    private float[] boundary = new float[0];
    private float[] above = new float[0];
    private float[] below = new float[0];
    private float[] mass = new float[0];
    private long[] weights = new long[0];

    LogisticDistributions(Process process, LogisticMixture output, Kernels kernels) {
        super(process);
        this.output = output;
        this.kernels = kernels;
        this.components = output.components();
        this.categories = process.space().maxCategories();
        this.largestLogInverseScale = LogisticMixture.largestLogInverseScale(categories);
        this.nats = new LogisticLikelihood(process, output);
        share = new float[components];
        mean = new float[components];
        inverseScale = new float[components];
        deviation = new float[components * output.channels()];
    }

    @Override
    boolean refinesDigits() {
        return true;
    }

    /** The shares of the components: their softmax, but for a common factor. */
    @Override
    void begin(float[] unitOutputs, int unitOffset) {
        this.outputs = unitOutputs;
        this.offset = unitOffset;
        float largest = outputs[offset];
        for (int m = 1; m < components; m++) {
            largest = Math.max(largest, outputs[offset + m]);
        }
        for (int m = 0; m < components; m++) {
            share[m] = outputs[offset + m] - largest;
        }
        kernels.exp(share, 0, components, share, 0);
        component(0);
    }

    /** Means and inverse scales of a channel, given those before it. */
    private void component(int channel) {
        int means = offset + output.mean(channel);
        int scales = offset + output.logInverseScale(channel);
        for (int m = 0; m < components; m++) {
            float centre = outputs[means + m] * LogisticMixture.UNIT;
            for (int earlier = 0; earlier < channel; earlier++) {
                centre = Math.fma(
                        outputs[offset + output.coupling(channel, earlier) + m] * LogisticMixture.UNIT,
                        deviation[earlier * components + m],
                        centre);
            }
            mean[m] = centre;
            inverseScale[m] = Math.max(
                    LogisticMixture.LEAST_LOG_INVERSE_SCALE, Math.min(largestLogInverseScale, outputs[scales + m]));
        }
        kernels.exp(inverseScale, 0, components, inverseScale, 0);
    }

    /** The boundary between a value and the one below it. */
    private float boundaryBelow(int value) {
        return (2 * value - categories) / (float) (categories - 1);
    }

    @Override
    Distribution distribution(int position, int stage, int least, int digitWidth, int digits) {
        reserve(digits + 1);
        int end = Math.min(least + digits * digitWidth, categories);
        Arrays.fill(mass, 0, digits, 0);
        for (int m = 0; m < components; m++) {
            addMasses(m, share[m], least, digitWidth, digits, end);
        }
        float largest = 0;
        for (int d = 0; d < digits; d++) {
            largest = Math.max(largest, mass[d]);
        }
        float scale = WEIGHT_SCALE / largest;
        for (int d = 0; d < digits; d++) {
            float weight = mass[d] * scale;
            // What is no number, since there was no mass at all, becomes 0: still a distribution.
            weights[d] = Math.min((long) weight, 1L << 30);
        }
        return TableDistribution.fromWeights(weights, 0, digits, Softmax.PRECISION);
    }

    /** Adds one component's masses of the digits' intervals. */
    private void addMasses(int m, float factor, int least, int digitWidth, int digits, int end) {
        for (int d = 0; d <= digits; d++) {
            int value = d == digits ? end : least + d * digitWidth;
            boundary[d] = (boundaryBelow(value) - mean[m]) * inverseScale[m];
            above[d] = -Math.abs(boundary[d]);
        }
        kernels.exp(above, 0, digits + 1, above, 0);
        for (int d = 0; d <= digits; d++) {
            float small = above[d] / (1 + above[d]);
            float large = 1 / (1 + above[d]);
            below[d] = boundary[d] < 0 ? small : large;
            above[d] = boundary[d] < 0 ? large : small;
        }
        float inner = betweenFactor(2 * digitWidth / (float) (categories - 1) * inverseScale[m]);
        for (int d = 0; d < digits; d++) {
            int from = least + d * digitWidth;
            int to = d == digits - 1 ? end : from + digitWidth;
            float part;
            if (from == 0 && to == categories) {
                part = 1;
            } else if (from == 0) {
                part = below[d + 1];
            } else if (to == categories) {
                part = above[d];
            } else if (to - from == digitWidth) {
                part = inner * below[d + 1] * above[d];
            } else {
                part = betweenFactor(2 * (to - from) / (float) (categories - 1) * inverseScale[m])
                        * below[d + 1]
                        * above[d];
            }
            mass[d] = Math.fma(factor, part, mass[d]);
        }
    }

    private final float[] one = new float[1];

    /** {@code 1 - exp(-x)}, for x of at least 0. */
    private float betweenFactor(float x) {
        if (x < 0x1p-6f) {
            // x - x^2/2 + x^3/6 - x^4/24: the next term is below a 2^27th of it
            return x * Math.fma(x, Math.fma(x, Math.fma(x, -1 / 24f, 1 / 6f), -0.5f), 1);
        }
        one[0] = -x;
        kernels.exp(one, 0, 1, one, 0);
        return 1 - one[0];
    }

    @Override
    void told(int position, int value) {
        int channel = position % output.channels();
        if (channel + 1 == output.channels()) {
            return;
        }
        reserve(2);
        float number = (2 * value - (categories - 1)) / (float) (categories - 1);
        float largest = 0;
        for (int m = 0; m < components; m++) {
            deviation[channel * components + m] = number - mean[m];
            mass[0] = 0;
            addMasses(m, share[m], value, 1, 1, value + 1);
            share[m] = mass[0];
            largest = Math.max(largest, share[m]);
        }
        for (int m = 0; m < components; m++) {
            share[m] = largest > 0 ? share[m] / largest : 1;
        }
        component(channel + 1);
    }

    private void reserve(int size) {
        if (boundary.length < size) {
            boundary = new float[size];
            above = new float[size];
            below = new float[size];
            mass = new float[size];
            weights = new long[size];
        }
    }

    @Override
    double nats(float[] unitOutputs, int unitOffset, int[] item, int unit, int stage) {
        return nats.of(unitOutputs, unitOffset, item, unit, stage);
    }
}
