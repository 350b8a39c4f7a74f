package dev.ardm.core.masking.plan;

import java.util.Arrays;

/**
 * How noise is taken out of the loss components of a stage before planning. They cannot increase for a calibrated model, as
 * more is known at later steps; a planner that saw the noise would start its groups where the curve is low by chance.
 */
public enum Monotonization {
    /** In descending order, as in the official code: keeps the values, not their steps. */
    SORTED {
        @Override
        double[] of(double[] stage) {
            double[] out = new double[stage.length];
            double[] ascending = stage.clone();
            Arrays.sort(ascending);
            for (int t = 0; t < out.length; t++) {
                out[t] = ascending[out.length - 1 - t];
            }
            return out;
        }
    },
    /**
     * The non-increasing curve nearest in squares: keeps what is where. All steps have the same weight, so that the bound,
     * which is their sum, stays what it is.
     */
    ISOTONIC {
        @Override
        double[] of(double[] stage) {
            double[] weights = new double[stage.length];
            Arrays.fill(weights, 1);
            return IsotonicRegression.nonIncreasing(stage, weights);
        }
    };

    /** The curve of one stage, non-increasing. */
    abstract double[] of(double[] stage);

    /** A curve that does not increase within its stages; its errors and counts are unknown. */
    public LossComponents of(LossComponents curve) {
        double[] bits = new double[curve.steps()];
        for (int stage = 0; stage < curve.stages(); stage++) {
            System.arraycopy(of(curve.stage(stage)), 0, bits, stage * curve.units(), curve.units());
        }
        return LossComponents.of(curve.stages(), bits);
    }
}
