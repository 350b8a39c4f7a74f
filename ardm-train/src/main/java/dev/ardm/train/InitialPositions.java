package dev.ardm.train;

import dev.ardm.core.masking.network.Network;
import dev.ardm.core.network.Layer.Embedding;
import dev.ardm.core.network.Weights;

/**
 * Where embeddings of places start: at the sinusoids of Vaswani et al. 2017, as large as other embeddings start. A shift is a
 * linear map of these, so that attention to neighbours is found in hundreds of steps; from random vectors it takes thousands.
 */
final class InitialPositions {
    /** Makes sines and cosines as large on average as normal deviates of 0.02. */
    private static final double SCALE = 0.02 * Math.sqrt(2);

    private InitialPositions() {}

    /** Weights with the tables of places replaced. */
    static Weights in(Weights weights, Network network) {
        Weights out = weights;
        for (Embedding table : network.positionTables()) {
            out = out.with(table.name() + ".weight", sinusoids(table.rows(), table.width()));
        }
        for (Embedding table : network.valueTables()) {
            out = out.with(table.name() + ".weight", cosines(table.rows(), table.width()));
        }
        return out;
    }

    /** Of ordered values, the last row none of them: cosines of a half, one, one and a half, ... periods. */
    private static float[] cosines(int rows, int width) {
        float[] out = new float[rows * width];
        for (int value = 0; value + 1 < rows; value++) {
            for (int i = 0; i < width; i++) {
                out[value * width + i] = (float) StrictMath.cos(Math.PI * value / Math.max(1, rows - 2) * (i + 1));
            }
        }
        return out;
    }

    private static float[] sinusoids(int rows, int width) {
        float[] out = new float[rows * width];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < width; i++) {
                double angle = row * StrictMath.exp(-StrictMath.log(1e4) * (i / 2 * 2) / width);
                out[row * width + i] = (float) (SCALE * (i % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle)));
            }
        }
        return out;
    }
}
