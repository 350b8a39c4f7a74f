package dev.ardm.core.prediction;

/**
 * Linear prediction by recursive least squares: the weights make the sum of all squared errors smallest, with those of {@code k} values
 * ago counted {@code forgetting^k}. The triangular root of the information matrix is updated by Givens rotations (QR-RLS: Haykin,
 * "Adaptive Filter Theory", 4th edition 2002, chapter 12), which stays exact enough for ever. The same root gives the predictions from the
 * first input, the first two, and so on, up to all of them.
 *
 * <p>Binary64; additions, products, quotients and roots in one written order.
 */
final class LeastSquares {
    /** Smallest entry of the diagonal: what is forgotten would become zero in silence, and is divided by. */
    private static final double LEAST = 0.1;

    private final int inputs;
    private final double decay;
    /** Row {@code j} has the entries from the diagonal on. */
    private final double[][] root;

    private final double[] target;
    private final double[] work;
    /** The predictions from the first k inputs, of 0 to all, after {@link #predict}. */
    final double[] predictions;
    /** How far the inputs are from those that were learnt from: the variance of a prediction in units of that of the errors. */
    final double[] leverages;

    /** @param begin how large inputs have to be to count, squared */
    LeastSquares(int inputs, double forgetting, double begin) {
        this.inputs = inputs;
        decay = Math.sqrt(forgetting);
        root = new double[inputs][inputs];
        target = new double[inputs];
        work = new double[inputs];
        predictions = new double[inputs + 1];
        leverages = new double[inputs + 1];
        double first = Math.sqrt(begin);
        for (int j = 0; j < inputs; j++) {
            root[j][j] = first;
        }
    }

    /** Predicts from inputs, of which as many are read as there are weights. */
    void predict(double[] from) {
        System.arraycopy(from, 0, work, 0, inputs);
        for (int j = 0; j < inputs; j++) {
            double[] row = root[j];
            double whitened = work[j] / row[j];
            predictions[j + 1] = predictions[j] + whitened * target[j];
            leverages[j + 1] = leverages[j] + whitened * whitened;
            for (int i = j + 1; i < inputs; i++) {
                work[i] -= whitened * row[i];
            }
        }
    }

    /** Learns what the value after the inputs was. */
    void learn(double[] from, double value) {
        System.arraycopy(from, 0, work, 0, inputs);
        double left = value;
        for (int j = 0; j < inputs; j++) {
            double[] row = root[j];
            double kept = row[j] * decay;
            double added = work[j];
            double diagonal = Math.max(LEAST, Math.sqrt(kept * kept + added * added));
            double cosine = kept / diagonal;
            double sine = added / diagonal;
            double cosineDecay = cosine * decay;
            double sineDecay = sine * decay;
            row[j] = diagonal;
            for (int i = j + 1; i < inputs; i++) {
                double before = row[i];
                row[i] = cosineDecay * before + sine * work[i];
                work[i] = cosine * work[i] - sineDecay * before;
            }
            double before = target[j];
            target[j] = cosineDecay * before + sine * left;
            left = cosine * left - sineDecay * before;
        }
    }
}
