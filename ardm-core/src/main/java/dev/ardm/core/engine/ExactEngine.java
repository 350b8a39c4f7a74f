package dev.ardm.core.engine;

import dev.ardm.core.network.Network;
import dev.ardm.core.network.NetworkInput;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.util.Arrays;
import java.util.List;
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
            int units = network.process().units();
            int outputs = network.output().outputs();
            int[][] wanted = wanted(positions, input.batch(), units);
            float[] out = new float[Math.multiplyExact(positions.length, outputs)];
            each(input.batch(), (item, ops) -> {
                int[] places = wanted[item];
                int[] own = new int[places.length];
                Arrays.setAll(own, i -> positions[places[i]] % units);
                float[] logits = evaluate(ops, input.batch() == 1 ? input : input.item(item), own);
                for (int i = 0; i < places.length; i++) {
                    System.arraycopy(logits, i * outputs, out, places[i] * outputs, outputs);
                }
            });
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
         * A session that computes anew at each call.
         *
         * @param values D values of the item, not copied: of units that are not known, what a stage before has decided
         * @param known flags of all units, true = known
         * @param order the units in the order of generation, for networks that take one; null for others
         * @param label a class, or {@link NetworkInput#UNLABELLED}
         */
        public Session session(int[] values, boolean[] known, int @Nullable [] order, int label) {
            return new StatelessSession(ExactEngine.this, network.process(), values, known, order, label);
        }

        /**
         * The outputs of several sessions of this engine.
         *
         * @param units for each session the units whose outputs are wanted
         * @return for each session the outputs of its units, in the order of {@code units}
         */
        public float[][] outputs(List<Session> sessions, List<int[]> units) {
            float[][] out = new float[sessions.size()][];
            each(out.length, (n, ops) -> out[n] = sessions.get(n).outputs(ops, units.get(n)));
            return out;
        }

        /** Evaluates an item. */
        private interface Evaluation {
            void run(int item, ExactOps ops);
        }

        /** Evaluates the items in parallel, and the rest one after the other on all threads. */
        private void each(int items, Evaluation evaluation) {
            int apart = items == 1 ? 0 : items / team.size() * team.size();
            team.run(apart, (item, thread) -> evaluation.run(item, alone(thread)));
            for (int item = apart; item < items; item++) {
                evaluation.run(item, shared());
            }
        }

        /** Ends the worker's threads. */
        @Override
        public void close() {
            team.close();
        }
    }

    /** The outputs for chosen units of one item. */
    float[] evaluate(ExactOps ops, NetworkInput item, int[] units) {
        int outputs = network.output().outputs();
        float[] out = new float[Math.multiplyExact(units.length, outputs)];
        if (units.length == 0) {
            return out;
        }
        int perPlace = network.unitsPerPlace();
        int[] places = new int[units.length];
        int[] row = new int[units.length];
        int count = 0;
        for (int i = 0; i < units.length; i++) {
            int place = units[i] / perPlace;
            if (count == 0 || places[count - 1] != place) {
                places[count++] = place;
            }
            row[i] = (count - 1) * perPlace + units[i] % perPlace;
        }
        try {
            float[] logits =
                    network.logits(ops, item, Arrays.copyOf(places, count)).values();
            for (int i = 0; i < units.length; i++) {
                System.arraycopy(logits, row[i] * outputs, out, i * outputs, outputs);
            }
            return out;
        } finally {
            ops.recycle();
            count(ops.takeWork());
        }
    }
}
