package dev.ardm.core.model;

import dev.ardm.core.output.LogisticMixture;
import dev.ardm.core.process.Process;

/** Information contents under a discretised mixture of logistics, in double precision with logarithms. For reports. */
final class LogisticLikelihood {
    private final Process process;
    private final LogisticMixture output;
    private final int components;
    private final int categories;
    private final float largestLogInverseScale;

    LogisticLikelihood(Process process, LogisticMixture output) {
        this.process = process;
        this.output = output;
        this.components = output.components();
        this.categories = process.space().maxCategories();
        this.largestLogInverseScale = LogisticMixture.largestLogInverseScale(categories);
    }

    /** Nats of what a stage tells of a unit. */
    double of(float[] outputs, int offset, int[] item, int unit, int stage) {
        int channels = output.channels();
        double[] before = new double[components];
        double[] after = new double[components];
        for (int m = 0; m < components; m++) {
            double[] deviations = new double[channels];
            double sum = outputs[offset + m];
            double given = sum;
            for (int c = 0; c < channels; c++) {
                double centre = inUnits(outputs[offset + output.mean(c) + m]);
                for (int e = 0; e < c; e++) {
                    centre = Math.fma(inUnits(outputs[offset + output.coupling(c, e) + m]), deviations[e], centre);
                }
                double inverse = StrictMath.exp(Math.max(
                        LogisticMixture.LEAST_LOG_INVERSE_SCALE,
                        Math.min(largestLogInverseScale, outputs[offset + output.logInverseScale(c) + m])));
                int value = item[unit * channels + c];
                deviations[c] = (2 * value - (categories - 1)) / (double) (categories - 1) - centre;
                sum += logMass(value, stage + 1, centre, inverse);
                // With one channel, what the stages before told is a condition. Joint channels have one stage.
                given += stage == 0 ? 0 : logMass(value, stage, centre, inverse);
            }
            before[m] = given;
            after[m] = sum;
        }
        return logSumExp(before) - logSumExp(after);
    }

    /** A mean or coupling; exact, as the unit is a power of two. */
    private static double inUnits(float output) {
        return output * LogisticMixture.UNIT;
    }

    /** Logarithm of the mass of the interval in which a value is known to lie after so many stages. */
    private double logMass(int value, int done, double mean, double inverse) {
        int from = process.coarse(value, done);
        int to = Math.min(from + process.width(done), categories);
        double low = (boundaryBelow(from) - mean) * inverse;
        double high = (boundaryBelow(to) - mean) * inverse;
        if (from == 0) {
            return to == categories ? 0 : logLogistic(high);
        }
        if (to == categories) {
            return logLogistic(-low);
        }
        double width = 2.0 * (to - from) / (categories - 1) * inverse;
        return StrictMath.log(-StrictMath.expm1(-width)) + logLogistic(high) + logLogistic(-low);
    }

    private double boundaryBelow(int value) {
        return (2 * value - categories) / (double) (categories - 1);
    }

    private static double logLogistic(double z) {
        return z < 0 ? z - StrictMath.log1p(StrictMath.exp(z)) : -StrictMath.log1p(StrictMath.exp(-z));
    }

    private static double logSumExp(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        double sum = 0;
        for (double value : values) {
            sum += StrictMath.exp(value - largest);
        }
        return StrictMath.log(sum) + largest;
    }
}
