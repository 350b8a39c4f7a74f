package dev.ardm.reference;

/** The distributions of a mixture of logistics for one unit (arithmetic.md, Mixtures of logistics). */
final class ReferenceMixture {

    private final float[] outputs;
    private final int at;
    private final int components;
    private final int unit;
    private final int categories;
    private final float[] share;

    /** Of the channel that is told next. */
    private final float[] mean;

    private final float[] inverse;

    /** deviation[channel][component], of the channels told. */
    private final float[][] deviation;

    ReferenceMixture(float[] outputs, int at, int components, ReferenceProcess process) {
        this.outputs = outputs;
        this.at = at;
        this.components = components;
        this.unit = process.unit();
        this.categories = process.categories();
        this.share = new float[components];
        this.mean = new float[components];
        this.inverse = new float[components];
        this.deviation = new float[unit][components];
        float largest = outputs[at];
        for (int m = 0; m < components; m++) {
            largest = outputs[at + m] > largest ? outputs[at + m] : largest;
        }
        for (int m = 0; m < components; m++) {
            share[m] = ReferenceMath.exp(outputs[at + m] - largest);
        }
        begin(0);
    }

    private float output(int row, int m) {
        return outputs[at + row * components + m];
    }

    private void begin(int channel) {
        float most = (float) (StrictMath.log((double) (categories - 1)) + 2.0);
        for (int m = 0; m < components; m++) {
            float moved = 0.125f * output(1 + 2 * channel, m);
            for (int e = 0; e < channel; e++) {
                float coupling = 0.125f * output(1 + 2 * unit + channel * (channel - 1) / 2 + e, m);
                moved = Math.fma(coupling, deviation[e][m], moved);
            }
            mean[m] = moved;
            float scale = output(2 + 2 * channel, m);
            scale = scale > most ? most : scale;
            inverse[m] = ReferenceMath.exp(scale < -7 ? -7 : scale);
        }
    }

    /** The weights of the digits of w values each of a channel that is known to lie in [least, end). */
    long[] weights(int channel, int least, int end, int w) {
        float[] masses = new float[(end - least + w - 1) / w];
        float largest = 0;
        for (int d = 0; d < masses.length; d++) {
            int from = least + d * w;
            for (int m = 0; m < components; m++) {
                masses[d] = Math.fma(share[m], part(m, from, Math.min(from + w, end)), masses[d]);
            }
            largest = masses[d] > largest ? masses[d] : largest;
        }
        long[] weights = new long[masses.length];
        float scale = 0x1p30f / largest;
        for (int d = 0; d < weights.length; d++) {
            float product = masses[d] * scale;
            weights[d] = product > 0x1p30f ? 1L << 30 : (long) product;
        }
        return weights;
    }

    /** The part of a component that lies between two values. */
    private float part(int m, int from, int to) {
        if (from == 0 && to == categories) {
            return 1;
        }
        if (from == 0) {
            return logistic(m, to, false);
        }
        if (to == categories) {
            return logistic(m, from, true);
        }
        float x = (float) (2 * (to - from)) / (float) (categories - 1) * inverse[m];
        float between;
        if (x < 0x1p-6f) {
            float series = Math.fma(x, -0.041666668f, 0.16666667f);
            series = Math.fma(x, series, -0.5f);
            series = Math.fma(x, series, 1);
            between = x * series;
        } else {
            between = 1 - ReferenceMath.exp(-x);
        }
        float product = between * logistic(m, to, false);
        return product * logistic(m, from, true);
    }

    /** What of a component lies below the boundary under a value, or above it. */
    private float logistic(int m, int value, boolean above) {
        float boundary = (float) (2 * value - categories) / (float) (categories - 1);
        float z = (boundary - mean[m]) * inverse[m];
        float e = ReferenceMath.exp(z < 0 ? z : -z);
        return z < 0 == above ? 1 / (1 + e) : e / (1 + e);
    }

    /** Goes on to the next channel when the value of one is known. */
    void told(int channel, int value) {
        if (channel + 1 == unit) {
            return;
        }
        float number = (float) (2 * value - (categories - 1)) / (float) (categories - 1);
        float largest = 0;
        for (int m = 0; m < components; m++) {
            deviation[channel][m] = number - mean[m];
            share[m] = share[m] * part(m, value, value + 1);
            largest = share[m] > largest ? share[m] : largest;
        }
        for (int m = 0; m < components; m++) {
            share[m] = largest > 0 ? share[m] / largest : 1;
        }
        begin(channel + 1);
    }
}
