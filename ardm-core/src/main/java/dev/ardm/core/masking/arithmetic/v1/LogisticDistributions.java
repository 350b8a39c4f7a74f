package dev.ardm.core.masking.arithmetic.v1;

import dev.ardm.coding.Distribution;
import dev.ardm.coding.TableDistribution;
import dev.ardm.core.masking.output.ComponentMath;
import dev.ardm.core.masking.output.DigitInterval;
import dev.ardm.core.masking.output.DiscretizedLogistics;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.process.Process;
import dev.ardm.exact.Kernels;
import dev.ardm.exact.ScalarMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Distributions of a discretised mixture of logistics. The mass of the values between two boundaries z0 and z1 (in units of the scale)
 * is {@code (1 - exp(z0 - z1)) s(z1) s(-z0)} with the logistic function s, which loses no precision in the tails; to the
 * least value belongs all below, to the largest all above. Where channels are coded one after the other, each of them makes
 * the components that predicted it more likely.
 */
final class LogisticDistributions extends DigitDistributions {
    private static final float WEIGHT_SCALE = 0x1p30f;

    private final LogisticMixture output;
    private final Kernels kernels;
    private final int components;
    private final int categories;
    private final DiscretizedLogistics logistics;
    private final Binary32 math = new Binary32();

    private float[] outputs = new float[0];
    private int offset;
    private final float[] share;
    private float[] mean = new float[0];
    private float[] inverseScale = new float[0];
    /** How far each channel that is known is from each component's mean. */
    private final List<float[]> deviations = new ArrayList<>();

    private float[] edge = new float[0];
    private @Nullable DigitInterval edgesOf;
    /** Edges of one value. */
    private final float[] single = new float[2];

    private float[] boundary = new float[0];
    private float[] above = new float[0];
    private float[] below = new float[0];
    private float[] mass = new float[0];
    private int[] weights = new int[0];

    LogisticDistributions(Process process, LogisticMixture output, Kernels kernels) {
        super(process);
        this.output = output;
        this.kernels = kernels;
        this.components = output.components();
        this.categories = process.space().maxCategories();
        this.logistics = new DiscretizedLogistics(output, categories);
        share = new float[components];
    }

    @Override
    boolean refinesDigits() {
        return true;
    }

    /** The shares of the components: their softmax, up to a common factor. */
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
        deviations.clear();
        component(0);
    }

    /** Means and inverse scales of a channel, given those before it. */
    private void component(int channel) {
        mean = logistics.means(math, channel, deviations);
        inverseScale = logistics.inverseScales(math, channel);
    }

    /** The parameters in binary32, with the exact engine's exp. */
    private final class Binary32 implements ComponentMath<float[]> {
        @Override
        public float[] outputs(int first) {
            return Arrays.copyOfRange(outputs, offset + first, offset + first + components);
        }

        @Override
        public float[] times(float[] x, float factor) {
            float[] out = new float[components];
            for (int m = 0; m < components; m++) {
                out[m] = x[m] * factor;
            }
            return out;
        }

        @Override
        public float[] plusProduct(float[] sum, float[] x, float[] y) {
            float[] out = new float[components];
            for (int m = 0; m < components; m++) {
                out[m] = ScalarMath.fma(x[m], y[m], sum[m]);
            }
            return out;
        }

        @Override
        public float[] clamp(float[] x, float least, float largest) {
            float[] out = new float[components];
            for (int m = 0; m < components; m++) {
                out[m] = Math.max(least, Math.min(largest, x[m]));
            }
            return out;
        }

        @Override
        public float[] exp(float[] x) {
            float[] out = new float[components];
            kernels.exp(x, 0, components, out, 0);
            return out;
        }
    }

    @Override
    Distribution distribution(int position, int stage, DigitInterval interval) {
        int digits = interval.digits();
        edges(interval);
        Arrays.fill(mass, 0, digits, 0);
        for (int m = 0; m < components; m++) {
            addMasses(m, interval);
        }
        float largest = 0;
        for (int d = 0; d < digits; d++) {
            largest = Math.max(largest, mass[d]);
        }
        float scale = WEIGHT_SCALE / largest;
        for (int d = 0; d < digits; d++) {
            float weight = mass[d] * scale;
            // NaN, from a total mass of 0, becomes 0: still a distribution.
            weights[d] = Math.min((int) weight, 1 << 30);
        }
        return TableDistribution.fromWeights(weights, digits, PRECISION);
    }

    /** One more than the largest value of any digit: the last digit is as wide as the others if it has that many values. */
    private int end(DigitInterval interval) {
        return Math.min(interval.least() + interval.digits() * interval.width(), categories);
    }

    /** The boundaries of the digits. */
    private void edges(DigitInterval interval) {
        int digits = interval.digits();
        reserve(digits + 1);
        if (interval.equals(edgesOf)) {
            return;
        }
        edgesOf = interval;
        for (int d = 0; d < digits; d++) {
            edge[d] = (float) logistics.boundaryBelow(interval.least() + d * interval.width());
        }
        edge[digits] = (float) logistics.boundaryBelow(end(interval));
    }

    /** Adds one component's masses of the digits' intervals. */
    private void addMasses(int m, DigitInterval interval) {
        int least = interval.least();
        int digits = interval.digits();
        int digitWidth = interval.width();
        int end = end(interval);
        for (int d = 0; d <= digits; d++) {
            boundary[d] = (edge[d] - mean[m]) * inverseScale[m];
            above[d] = -Math.abs(boundary[d]);
        }
        kernels.exp(above, 0, digits + 1, above, 0);
        // Boundaries ascend: simple loops, which compilers make vectors of, on either side of the mean.
        int negative = 0;
        while (negative <= digits && boundary[negative] < 0) {
            negative++;
        }
        for (int d = 0; d < negative; d++) {
            float small = above[d];
            below[d] = small / (1 + small);
            above[d] = 1 / (1 + small);
        }
        for (int d = negative; d <= digits; d++) {
            float small = above[d];
            below[d] = 1 / (1 + small);
            above[d] = small / (1 + small);
        }
        float inner = betweenFactor(2 * digitWidth / (float) (categories - 1) * inverseScale[m]);
        float part = share[m];
        addMass(m, 0, least, digits == 1 ? end : least + digitWidth, inner, digitWidth);
        for (int d = 1; d < digits - 1; d++) {
            mass[d] = ScalarMath.fma(part, inner * below[d + 1] * above[d], mass[d]);
        }
        if (digits > 1) {
            addMass(m, digits - 1, least + (digits - 1) * digitWidth, end, inner, digitWidth);
        }
    }

    /** Adds a component's mass of a digit that may be the least or the largest, or narrower than others. */
    private void addMass(int m, int d, int from, int to, float inner, int digitWidth) {
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
        mass[d] = ScalarMath.fma(share[m], part, mass[d]);
    }

    /** {@code 1 - exp(-x)}, for x of at least 0. */
    private float betweenFactor(float x) {
        if (x < 0x1p-6f) {
            // x - x^2/2 + x^3/6 - x^4/24: the next term is below a 2^27th of it
            return x * ScalarMath.fma(x, ScalarMath.fma(x, ScalarMath.fma(x, -1 / 24f, 1 / 6f), -0.5f), 1);
        }
        return 1 - ScalarMath.exp(-x);
    }

    @Override
    void observe(int position, int value) {
        int channel = position % output.channels();
        if (channel + 1 == output.channels()) {
            return;
        }
        DigitInterval interval = new DigitInterval(value, value + 1, 1);
        float[] kept = edge;
        edge = single;
        edge[0] = (float) logistics.boundaryBelow(value);
        edge[1] = (float) logistics.boundaryBelow(end(interval));
        float scaled = (float) logistics.scaled(value);
        float[] deviation = new float[components];
        float largest = 0;
        for (int m = 0; m < components; m++) {
            deviation[m] = scaled - mean[m];
            mass[0] = 0;
            addMasses(m, interval);
            share[m] = mass[0];
            largest = Math.max(largest, share[m]);
        }
        edge = kept;
        for (int m = 0; m < components; m++) {
            share[m] = largest > 0 ? share[m] / largest : 1;
        }
        deviations.add(deviation);
        component(channel + 1);
    }

    private void reserve(int size) {
        if (boundary.length < size) {
            edge = new float[size];
            edgesOf = null;
            boundary = new float[size];
            above = new float[size];
            below = new float[size];
            mass = new float[size];
            weights = new int[size];
        }
    }
}
