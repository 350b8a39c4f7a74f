package dev.ardm.train;

import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.core.weights.WeightGrid;

/**
 * The second derivatives of a loss by the weights of a tensor: their mean, and those of its rows and columns. Where a row's is 4 times as small,
 * its step is twice as large for the same loss.
 */
final class Curvature {
    /** Bits that saying a doubling takes, about. */
    private static final double BITS_PER_DOUBLING = 2.5;

    private final int[] shape;
    private final int width;
    private final double[] rows;
    private final double[] columns;
    private double mean;

    Curvature(Parameter parameter) {
        this.shape = parameter.shape();
        this.width = WeightGrid.width(shape, parameter.size());
        this.rows = new double[parameter.size() / width];
        this.columns = new double[width];
    }

    int[] shape() {
        return shape;
    }

    /** Adds squares of gradients, each counted {@code weight} times. */
    void add(float[] gradients, double weight) {
        for (int i = 0; i < gradients.length; i++) {
            double square = gradients[i] * (double) gradients[i] * weight;
            rows[i / width] += square / width;
            columns[i % width] += square / rows.length;
            mean += square / gradients.length;
        }
    }

    /**
     * The grid of steps.
     *
     * @param coarseness a step times the root of the second derivative
     */
    WeightGrid grid(float[] values, double coarseness) {
        double most = 0;
        for (float value : values) {
            most = Math.max(most, Math.abs(value));
        }
        if (most == 0) {
            return WeightGrid.of(1, 0);
        }
        int[] ofRows = doublings(rows);
        int[] ofColumns = doublings(columns);
        double step = coarseness / Math.sqrt(mean * share(rows, ofRows) * share(columns, ofColumns));
        // No coarser than what leaves the largest value as it is, no finer than what a grid has.
        step = Math.max(Math.min(step, most), 2 * most / WeightGrid.MOST);
        return WeightGrid.near(step).doubled(ofRows, ofColumns);
    }

    /** Doublings of the steps of rows or of columns; empty where saying them takes more than they save. */
    private int[] doublings(double[] of) {
        if (!(mean > 0)) {
            return new int[0];
        }
        int[] doublings = new int[of.length];
        int least = Integer.MAX_VALUE;
        for (int k = 0; k < of.length; k++) {
            double part = Math.max(of[k] / mean, 1e-9);
            doublings[k] = (int) Math.rint(-0.5 * Math.log(part) / Math.log(2));
            least = Math.min(least, doublings[k]);
        }
        long sum = 0;
        for (int k = 0; k < of.length; k++) {
            doublings[k] = Math.min(doublings[k] - least, WeightGrid.MOST_DOUBLINGS);
            sum += doublings[k];
        }
        double saved = (double) sum / of.length - 0.5 * Math.log(share(of, doublings)) / Math.log(2);
        long weights = (long) rows.length * width;
        return saved * weights > BITS_PER_DOUBLING * of.length ? doublings : new int[0];
    }

    /** The mean, relative to that of the tensor, of second derivatives times the squares of steps. */
    private double share(double[] of, int[] doublings) {
        if (doublings.length == 0) {
            return 1;
        }
        double sum = 0;
        for (int k = 0; k < of.length; k++) {
            sum += of[k] / mean * Math.scalb(1.0, 2 * doublings[k]);
        }
        return sum / of.length;
    }
}
