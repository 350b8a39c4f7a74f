package dev.ardm.core.engine;

import dev.ardm.core.network.Network;
import dev.ardm.core.network.Ops;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.util.Arrays;

/** Runs any piece of a network on the exact engine and returns its values: for comparing engines and for experiments. */
public final class LayerProbe {
    private LayerProbe() {}

    /** A piece of a network, in terms of the exact engine's operations. */
    public interface Piece {
        <T> T run(Ops<T> ops);
    }

    /** The values of a piece, in row-major order. */
    public static float[] run(Network network, Weights weights, Piece piece) {
        return run(network, weights, piece, Kernels.best());
    }

    /** The values of a piece on given kernels. */
    public static float[] run(Network network, Weights weights, Piece piece, Kernels kernels) {
        return run(network, weights, piece, kernels, 1);
    }

    /** The values of a piece on given kernels and a number of threads, which changes nothing. */
    public static float[] run(Network network, Weights weights, Piece piece, Kernels kernels, int threads) {
        try (Team team = new Team(threads)) {
            ExactArray out = piece.run(new ExactOps(new ExactParameters(network, weights, kernels), team));
            return Arrays.copyOf(out.values(), out.size());
        }
    }
}
