package dev.ardm.core.prediction;

import java.util.Arrays;

/**
 * What the network sees of the next sample of a channel: how the predictions differ, how far each was off of late, the errors before,
 * which in a voice come back with its pitch, and the samples before. All in units of the scale of the last prediction, so that loud and
 * quiet sound look alike.
 */
final class ChannelFeatures {
    private static final int ERRORS = 16;

    /** Samples whose errors are taken together. */
    private static final int BLOCK = 4;

    private static final int BLOCKS = 40;
    private static final int RING = BLOCK * BLOCKS;
    private static final int SHAPES = 16;
    private static final int SAMPLES = 4;

    /** Numbers of a sample. */
    static final int COUNT = ChannelPredictors.MEAN
            + 1
            + ChannelPredictors.LAST
            + 2 * (Errors.MEANS - 1)
            + ChannelPredictors.RATES
            + ChannelPredictors.SINGLE
            + 3
            + ERRORS
            + BLOCKS
            + SHAPES
            + SAMPLES;

    private static final double MOST = 8;
    private static final double MOST_LOG = 5;

    /** Added to a mean absolute error before its logarithm is taken, in steps of values. */
    private static final double FLOOR = 0.1;

    private final double most;
    private final ChannelPredictors predictors;
    private final double[] errors = new double[ERRORS];
    private final double[] blocks = new double[RING];
    private final double[] sizes = new double[BLOCK];
    private int age;

    /** Where the distribution begins: the last prediction. */
    double centre;

    /** In what its means and scales are measured. */
    double scale;

    /** @param most largest absolute value of a sample */
    ChannelFeatures(double most) {
        this.most = most;
        predictors = new ChannelPredictors(most);
        Arrays.fill(blocks, StrictMath.log(FLOOR));
    }

    private static float bounded(double x, double limit) {
        return (float) Math.max(-limit, Math.min(limit, x));
    }

    /**
     * The numbers of the next sample.
     *
     * @param history of samples of all channels, the newest first
     */
    void next(double[] history, float[] out) {
        predictors.predict(history);
        centre = predictors.predictions[ChannelPredictors.LAST];
        scale = predictors.scale(ChannelPredictors.LAST, Errors.USUAL);
        double logScale = StrictMath.log(scale);
        int at = 0;
        for (int k = 0; k <= ChannelPredictors.MEAN; k++) {
            out[at++] = bounded((predictors.predictions[k] - centre) / scale, MOST) / 2;
        }
        for (int k = 0; k < ChannelPredictors.LAST; k++) {
            out[at++] = logRatio(k, Errors.USUAL, logScale);
        }
        for (int mean = 0; mean < Errors.MEANS; mean++) {
            if (mean != Errors.USUAL) {
                out[at++] = logRatio(ChannelPredictors.MEAN, mean, logScale);
                out[at++] = logRatio(ChannelPredictors.LAST, mean, logScale);
            }
        }
        for (double leverage : predictors.leverages) {
            out[at++] = (float) (StrictMath.log(0.001 + leverage) * 0.3);
        }
        for (double weight : predictors.weights) {
            out[at++] = (float) (4 * weight);
        }
        out[at++] = (float) (logScale * 0.5 - 1);
        out[at++] = 50f / (50 + age);
        out[at++] = 500f / (500 + age);
        for (int k = 0; k < ERRORS; k++) {
            out[at++] = bounded(errors[k] / scale, MOST) / 2;
        }
        for (int k = 0; k < BLOCKS; k++) {
            out[at++] = bounded(blocks[Math.floorMod(age - 1 - k * BLOCK, RING)] - logScale, MOST_LOG);
        }
        for (int k = 0; k < SHAPES; k++) {
            out[at++] = bounded((history[k] - centre) / scale / MOST, MOST);
        }
        for (int k = 0; k < SAMPLES; k++) {
            out[at++] = (float) (10 * history[k] / most);
        }
        if (at != COUNT) {
            throw new IllegalStateException(at + " numbers of a sample");
        }
    }

    private float logRatio(int prediction, int mean, double logScale) {
        return bounded(StrictMath.log(predictors.scale(prediction, mean)) - logScale, MOST_LOG);
    }

    /** Learns what the sample was. */
    void learn(double[] history, double sample) {
        double error = sample - centre;
        System.arraycopy(errors, 0, errors, 1, ERRORS - 1);
        errors[0] = error;
        sizes[age % BLOCK] = Math.abs(error);
        double sum = 0;
        for (double size : sizes) {
            sum += size;
        }
        blocks[age % RING] = StrictMath.log(sum / BLOCK + FLOOR);
        predictors.learn(history, sample);
        age++;
    }
}
