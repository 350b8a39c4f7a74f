package dev.ardm.core.engine;

import dev.ardm.core.network.Network;
import dev.ardm.core.network.NetworkInput;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.util.Arrays;

/**
 * Runs a network in plain Java with the same bits everywhere. Logits are a pure function of the weights and the partly
 * known item. Safe for use by several threads, each with its own {@link Worker}.
 */
public final class ExactEngine {
    private final Network network;
    private final ExactParameters parameters;

    /** An engine on the fastest kernels this JVM offers; all kernels give the same bits. */
    public ExactEngine(Network network, Weights weights) {
        this(network, weights, Kernels.best());
    }

    /** An engine on given kernels. */
    public ExactEngine(Network network, Weights weights, Kernels kernels) {
        this.network = network;
        this.parameters = new ExactParameters(network, weights, kernels);
    }

    /** Name of the kernels, for reports. */
    public String kernels() {
        return parameters.kernels().name();
    }

    /** A worker for one thread. It keeps its buffers between evaluations. */
    public Worker worker() {
        return new Worker();
    }

    /** Evaluates for one thread. */
    public final class Worker {
        private final ExactOps ops = new ExactOps(parameters);

        private Worker() {}

        /**
         * The logits of chosen variables of one partly known item.
         *
         * @param values D values; those not known are ignored
         * @param known D flags, true = known
         * @param positions variables whose logits are wanted
         * @return for each position {@code maxCategories} logits, in the order of {@code positions}
         */
        public float[] logits(int[] values, boolean[] known, int[] positions) {
            return logits(new NetworkInput(network.space(), 1, values, known), positions);
        }

        /**
         * The logits of chosen variables of a batch.
         *
         * @param positions indices into batch x D
         */
        public float[] logits(NetworkInput input, int[] positions) {
            int categories = network.space().maxCategories();
            int variables = network.variablesPerPlace();
            try {
                int[] places = new int[positions.length];
                int[] row = new int[positions.length];
                int count = 0;
                for (int i = 0; i < positions.length; i++) {
                    int place = positions[i] / variables;
                    if (count == 0 || places[count - 1] != place) {
                        places[count++] = place;
                    }
                    row[i] = (count - 1) * variables + positions[i] % variables;
                }
                ExactArray logits = network.logits(ops, input, Arrays.copyOf(places, count));
                float[] out = new float[positions.length * categories];
                for (int i = 0; i < positions.length; i++) {
                    System.arraycopy(logits.values(), row[i] * categories, out, i * categories, categories);
                }
                return out;
            } finally {
                ops.recycle();
            }
        }
    }
}
