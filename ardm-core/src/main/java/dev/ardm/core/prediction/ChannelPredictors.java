package dev.ardm.core.prediction;

/**
 * Predictions of the next sample of a channel: of several numbers of samples before it, by {@link LeastSquares} that forget at several
 * rates; the mean of these, each weighted by how well it did of late; and a last least squares from all of them, which says how far that
 * mean is off. Each comes with its errors.
 */
final class ChannelPredictors {
    /** Most samples that a prediction is made of. */
    static final int HISTORY = 32;

    private static final int[] ORDERS = {2, 8, 16, 24, HISTORY};
    private static final double[] FORGETTING = {0.998, 0.994, 0.985, 0.97};

    /** Number of least squares. */
    static final int RATES = FORGETTING.length;

    /** Predictions that the mean is of. */
    static final int SINGLE = RATES * ORDERS.length;

    /** Which prediction is the mean. */
    static final int MEAN = SINGLE;

    /** Which prediction is the last. */
    static final int LAST = SINGLE + 1;

    /** Number of predictions. */
    static final int ALL = SINGLE + 2;

    private static final double BEGIN = 1000;
    private static final double LAST_FORGETTING = 0.999;
    private static final double LAST_BEGIN = 100;

    /** What the evidence for a prediction counts after one more sample. */
    private static final double EVIDENCE_DECAY = 0.98;

    private static final double MOST_LEVERAGE = 1e4;

    /** Of the mean square of the mean's errors, which the last one's inputs and errors are measured in. */
    private static final double SQUARE_DECAY = 0.95;

    private final double most;
    private final LeastSquares[] squares = new LeastSquares[RATES];
    private final LeastSquares last = new LeastSquares(SINGLE, LAST_FORGETTING, LAST_BEGIN);
    private final Errors[] errors = new Errors[ALL];
    private final double[] evidence = new double[SINGLE];
    private final double[] differences = new double[SINGLE];
    private final double[] spread = new double[ALL];
    private double square = 1;

    /** Each prediction. */
    final double[] predictions = new double[ALL];

    /** The weight of each in the mean. */
    final double[] weights = new double[SINGLE];

    /** How unlike the past the inputs are, for each rate. */
    final double[] leverages = new double[RATES];

    /** @param most largest absolute value of a sample */
    ChannelPredictors(double most) {
        this.most = most;
        for (int k = 0; k < RATES; k++) {
            squares[k] = new LeastSquares(HISTORY, FORGETTING[k], BEGIN);
        }
        for (int k = 0; k < ALL; k++) {
            errors[k] = new Errors();
        }
    }

    /** The scale of a prediction's errors, as a logistic distribution; see {@link Errors#scale}. */
    double scale(int prediction, int mean) {
        return errors[prediction].scale(mean) * spread[prediction];
    }

    /** A number that may be infinite or none, bounded. */
    private static double bounded(double x, double most) {
        return x <= most ? Math.max(x, -most) : x > most ? most : 0;
    }

    /** Predicts from the samples before, the newest first. */
    void predict(double[] history) {
        for (int k = 0; k < RATES; k++) {
            squares[k].predict(history);
            for (int q = 0; q < ORDERS.length; q++) {
                int at = k * ORDERS.length + q;
                predictions[at] = bounded(squares[k].predictions[ORDERS[q]], most);
                spread[at] = spread(squares[k].leverages[ORDERS[q]]);
            }
            leverages[k] = bounded(squares[k].leverages[HISTORY], MOST_LEVERAGE);
        }
        double best = evidence[0];
        for (double each : evidence) {
            best = Math.max(best, each);
        }
        double sum = 0;
        double mean = 0;
        for (int at = 0; at < SINGLE; at++) {
            weights[at] = StrictMath.exp(evidence[at] - best);
            sum += weights[at];
            mean += weights[at] * predictions[at];
        }
        mean /= sum;
        double unit = Math.sqrt(square);
        for (int at = 0; at < SINGLE; at++) {
            weights[at] /= sum;
            evidence[at] -= best;
            differences[at] = (predictions[at] - mean) / unit;
        }
        last.predict(differences);
        predictions[MEAN] = mean;
        spread[MEAN] = 1;
        predictions[LAST] = bounded(mean + bounded(last.predictions[SINGLE], most) * unit, most);
        spread[LAST] = spread(last.leverages[SINGLE]);
    }

    private static double spread(double leverage) {
        return Math.sqrt(1 + bounded(leverage, MOST_LEVERAGE));
    }

    /** Learns what the sample was. */
    void learn(double[] history, double sample) {
        for (int at = 0; at < SINGLE; at++) {
            double scale = scale(at, Errors.USUAL);
            double off = Math.abs(sample - predictions[at]) / scale;
            // The logarithm of a logistic density.
            double likelihood = -off - 2 * StrictMath.log1p(StrictMath.exp(-off)) - StrictMath.log(scale);
            evidence[at] = evidence[at] * EVIDENCE_DECAY + likelihood;
        }
        for (int at = 0; at < ALL; at++) {
            errors[at].add((sample - predictions[at]) / spread[at]);
        }
        double off = sample - predictions[MEAN];
        last.learn(differences, off / Math.sqrt(square));
        square = square * SQUARE_DECAY + (1 - SQUARE_DECAY) * (off * off) + 0.001;
        for (LeastSquares each : squares) {
            each.learn(history, sample);
        }
    }
}
