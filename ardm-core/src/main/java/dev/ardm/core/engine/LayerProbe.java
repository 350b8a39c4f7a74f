package dev.ardm.core.engine;

import dev.ardm.core.network.Layered;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.util.List;

/** Runs any piece of a network on the exact engine and returns its values: for comparing engines and for experiments. */
public final class LayerProbe {
    private LayerProbe() {}

    /** The values of a piece, in row-major order. */
    public static float[] run(Layered network, Weights weights, Piece piece) {
        return run(network, weights, piece, Kernels.best());
    }

    /** The values of a piece on given kernels. */
    public static float[] run(Layered network, Weights weights, Piece piece, Kernels kernels) {
        return run(network, weights, piece, kernels, 1);
    }

    /** The values of a piece on given kernels and a number of threads, which changes nothing. */
    public static float[] run(Layered network, Weights weights, Piece piece, Kernels kernels, int threads) {
        try (ExactEngine.Worker worker = new ExactEngine(network, weights, kernels).worker(threads)) {
            return worker.values(List.of(piece))[0];
        }
    }
}
