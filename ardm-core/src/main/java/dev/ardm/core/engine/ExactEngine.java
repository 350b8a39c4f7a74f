package dev.ardm.core.engine;

import dev.ardm.core.network.Network;
import dev.ardm.core.network.NetworkInput;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network in plain Java with the same bits everywhere. Logits are a pure function of the weights and the partly
 * known item. Safe for use by several threads, each with its own {@link Worker}.
 */
public final class ExactEngine {
    /** Multiply-adds on plain kernels that take about as long as the JVM needs to compile the fastest kernels. */
    private static final long WARM_UP = 8_000_000_000L;

    private final Network network;
    private final Weights weights;
    private final AtomicLong workLeft;
    private volatile ExactParameters parameters;

    /**
     * An engine that begins on kernels that start quickly and changes to the fastest kernels after some work. That changes no result, because all
     * kernels give the same bits.
     */
    public ExactEngine(Network network, Weights weights) {
        this(network, weights, Kernels.first(), WARM_UP);
    }

    /** An engine that stays on given kernels. */
    public ExactEngine(Network network, Weights weights, Kernels kernels) {
        this(network, weights, kernels, Long.MAX_VALUE);
    }

    /** @param warmUp multiply-adds after which the engine changes to the fastest kernels */
    ExactEngine(Network network, Weights weights, Kernels kernels, long warmUp) {
        this.network = network;
        this.weights = weights;
        this.workLeft = new AtomicLong(warmUp);
        this.parameters = new ExactParameters(network, weights, kernels);
    }

    /** The kernels in use. */
    public Kernels kernels() {
        return parameters.kernels();
    }

    /** Counts work. The thread that does the last of the warm-up prepares the fastest kernels; the others use them when they are ready. */
    private void count(long multiplyAdds) {
        long left = workLeft.addAndGet(-multiplyAdds);
        if (left <= 0 && left + multiplyAdds > 0) {
            Kernels best = Kernels.best();
            if (best != kernels()) {
                parameters = new ExactParameters(network, weights, best);
            }
        }
    }

    /** A worker that uses the calling thread only. It keeps its buffers between evaluations. */
    public Worker worker() {
        return new Worker(1);
    }

    /**
     * A worker that evaluates on several threads, which changes no bit: the items of a batch in parallel, and what is left over one
     * after the other, each in pieces.
     *
     * @param threads number of threads, at least 1
     */
    public Worker worker(int threads) {
        return new Worker(threads);
    }

    /** Evaluates for one calling thread at a time. */
    public final class Worker implements AutoCloseable {
        private final Team team;
        private ExactOps shared;
        private final ExactOps[] alone;

        private Worker(int threads) {
            team = new Team(threads);
            shared = new ExactOps(parameters, team);
            alone = new ExactOps[threads];
            alone[0] = threads == 1 ? shared : new ExactOps(parameters, new Team(1));
            for (int i = 1; i < threads; i++) {
                alone[i] = new ExactOps(parameters, new Team(1));
            }
        }

        private ExactOps shared() {
            if (shared.parameters() != parameters) {
                shared = new ExactOps(parameters, team);
            }
            return shared;
        }

        private ExactOps alone(int thread) {
            if (alone[thread].parameters() != parameters) {
                alone[thread] = new ExactOps(parameters, new Team(1));
            }
            return alone[thread];
        }

        /** Number of threads. */
        public int threads() {
            return team.size();
        }

        /**
         * The outputs for chosen units of one partly known item at the first stage.
         *
         * @param values D values; those not known are ignored
         * @param known D flags, true = known
         * @param positions units whose outputs are wanted
         * @return for each unit its outputs, in the order of {@code positions}
         */
        public float[] logits(int[] values, boolean[] known, int[] positions) {
            return logits(new NetworkInput(network.process(), 1, values, known, new int[1], null), positions);
        }

        /**
         * The outputs for chosen units of a batch.
         *
         * @param positions indices into batch x units
         */
        public float[] logits(NetworkInput input, int[] positions) {
            float[] out = new float
                    [Math.multiplyExact(positions.length, network.output().outputs())];
            if (input.batch() == 1) {
                evaluate(shared(), input, positions, null, out);
                return out;
            }
            int[][] wanted = wanted(positions, input.batch(), network.process().units());
            int apart = input.batch() / team.size() * team.size();
            team.run(apart, (item, thread) -> evaluate(alone(thread), input.item(item), positions, wanted[item], out));
            for (int item = apart; item < input.batch(); item++) {
                evaluate(shared(), input.item(item), positions, wanted[item], out);
            }
            return out;
        }

        /** Which of the positions are in each item. */
        private static int[][] wanted(int[] positions, int items, int units) {
            int[] count = new int[items];
            for (int position : positions) {
                count[position / units]++;
            }
            int[][] wanted = new int[items][];
            for (int n = 0; n < items; n++) {
                wanted[n] = new int[count[n]];
            }
            for (int i = positions.length - 1; i >= 0; i--) {
                int n = positions[i] / units;
                wanted[n][--count[n]] = i;
            }
            return wanted;
        }

        /**
         * Evaluates one item.
         *
         * @param wanted which of the positions, all if null
         */
        private void evaluate(ExactOps ops, NetworkInput item, int[] positions, int @Nullable [] wanted, float[] out) {
            int wantedCount = wanted == null ? positions.length : wanted.length;
            if (wantedCount == 0) {
                return;
            }
            int outputs = network.output().outputs();
            int units = network.process().units();
            int perPlace = network.unitsPerPlace();
            int[] places = new int[wantedCount];
            int[] row = new int[wantedCount];
            int count = 0;
            for (int i = 0; i < wantedCount; i++) {
                int position = positions[wanted == null ? i : wanted[i]] % units;
                int place = position / perPlace;
                if (count == 0 || places[count - 1] != place) {
                    places[count++] = place;
                }
                row[i] = (count - 1) * perPlace + position % perPlace;
            }
            try {
                float[] logits =
                        network.logits(ops, item, Arrays.copyOf(places, count)).values();
                for (int i = 0; i < wantedCount; i++) {
                    int to = (wanted == null ? i : wanted[i]) * outputs;
                    System.arraycopy(logits, row[i] * outputs, out, to, outputs);
                }
            } finally {
                ops.recycle();
                count(ops.takeWork());
            }
        }

        /** Ends the worker's threads. */
        @Override
        public void close() {
            team.close();
        }
    }
}
