package dev.ardm.core.prediction;

/** How far a prediction was off of late: means of absolute errors, of which older ones count less, at several rates. */
final class Errors {
    /** Of each mean, what a value counts as much as that before it. */
    private static final double[] RATES = {0.8, 0.93, 0.98};

    /** Number of means. */
    static final int MEANS = RATES.length;

    /** Which of them is neither quick nor slow. */
    static final int USUAL = 1;

    /** A logistic distribution of this times the mean absolute error as scale has that error: 1 / log 4. */
    private static final double SCALE = 0.72;

    /** What is left of a scale where all errors are zero, in steps of values. */
    private static final double LEAST = 0.08;

    /** What is expected of the first error. */
    private static final double FIRST = 30;

    private static final double FIRST_COUNT = 0.3;

    private final double[] sums = new double[MEANS];
    private final double[] counts = new double[MEANS];

    Errors() {
        for (int k = 0; k < MEANS; k++) {
            sums[k] = FIRST_COUNT * FIRST;
            counts[k] = FIRST_COUNT;
        }
    }

    /** The scale of a logistic distribution by one of the means. */
    double scale(int mean) {
        return sums[mean] / counts[mean] * SCALE + LEAST;
    }

    void add(double error) {
        double size = Math.abs(error);
        for (int k = 0; k < MEANS; k++) {
            sums[k] = sums[k] * RATES[k] + size;
            counts[k] = counts[k] * RATES[k] + 1;
        }
    }
}
