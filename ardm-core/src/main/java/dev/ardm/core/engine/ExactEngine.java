package dev.ardm.core.engine;

import dev.ardm.core.network.Layered;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs networks in plain Java with the same bits everywhere: results are a pure function of the weights and the input. Safe for use by
 * several threads, each with its own {@link Worker}.
 */
public final class ExactEngine {
    /** Multiply-adds on plain kernels that take about as long as the JVM needs to compile the fastest kernels. */
    private static final long WARM_UP = 8_000_000_000L;

    private final Layered network;
    private final Weights weights;
    private final AtomicLong workLeft;
    private volatile ExactParameters parameters;

    /**
     * An engine that begins on kernels that start quickly and changes to the fastest kernels after some work. That changes no result, because all
     * kernels give the same bits.
     */
    public ExactEngine(Layered network, Weights weights) {
        this(network, weights, Kernels.first(), WARM_UP);
    }

    /** An engine that stays on given kernels. */
    public ExactEngine(Layered network, Weights weights, Kernels kernels) {
        this(network, weights, kernels, Long.MAX_VALUE);
    }

    /**
     * An engine that changes to the fastest kernels.
     *
     * @param warmUp multiply-adds after which it does
     */
    public ExactEngine(Layered network, Weights weights, Kernels kernels, long warmUp) {
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

    /**
     * A worker that evaluates on several threads, which changes no bit: pieces in parallel, and those left over one after the
     * other, each cut up. It keeps its buffers between evaluations.
     *
     * @param threads number of threads, at least 1; with 1 it uses the calling thread only
     */
    public Worker worker(int threads) {
        return new Worker(threads);
    }

    /** Evaluates for one calling thread at a time. */
    public final class Worker implements AutoCloseable {
        private final Team team;
        private ExactOps shared;
        private final ExactOps[] alone;
        private @Nullable StepOps steps;

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

        /** The values of each piece, in row-major order. */
        public float[][] values(List<? extends Piece> pieces) {
            float[][] values = new float[pieces.size()][];
            int apart = values.length == 1 ? 0 : values.length / team.size() * team.size();
            team.run(apart, (index, thread) -> values[index] = evaluate(alone(thread), pieces.get(index)));
            for (int index = apart; index < values.length; index++) {
                values[index] = evaluate(shared(), pieces.get(index));
            }
            return values;
        }

        /**
         * The values of a piece at the places of a step, in row-major order: the same bits as on whole items. Threads share the work.
         *
         * @param piece of operations that work on places by themselves, and causal convolutions
         * @param sizes number of values of each item of the step, all of which follow each other
         * @return the values of each item
         */
        public float[][] values(Step step, Piece piece, int[] sizes) {
            StepOps ops = steps;
            if (ops == null || ops.parameters() != parameters) {
                ops = new StepOps(parameters, team);
                steps = ops;
            }
            ops.begin(step);
            return evaluate(ops, piece, sizes);
        }

        /** Ends the worker's threads. */
        @Override
        public void close() {
            team.close();
        }
    }

    private float[] evaluate(ExactOps ops, Piece piece) {
        return evaluate(ops, piece, null)[0];
    }

    /** @param sizes of the parts that the values are copied in; null for one of all */
    private float[][] evaluate(ExactOps ops, Piece piece, int @Nullable [] sizes) {
        try {
            ExactArray result = piece.run(ops);
            int[] parts = sizes == null ? new int[] {result.size()} : sizes;
            float[][] copies = new float[parts.length][];
            int from = 0;
            for (int n = 0; n < parts.length; n++) {
                copies[n] = Arrays.copyOfRange(result.values(), from, from + parts[n]);
                from += parts[n];
            }
            if (from != result.size()) {
                throw new IllegalArgumentException("parts of " + from + " values of " + result.size());
            }
            return copies;
        } finally {
            ops.recycle();
            count(ops.takeWork());
        }
    }
}
