package dev.ardm.core.masking.engine;

import dev.ardm.core.Space;
import dev.ardm.core.engine.ExactEngine;
import dev.ardm.core.engine.Kept;
import dev.ardm.core.engine.Piece;
import dev.ardm.core.engine.Step;
import dev.ardm.core.masking.network.CountLogs;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.masking.network.StepInput;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.network.Ops;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a network of partly known items on an {@link ExactEngine}. Outputs are a pure function of the weights and the partly known
 * item. Safe for use by several threads, each with its own {@link Worker}.
 */
public final class ItemEngine {
    /** What ended sessions leave for others, at most. */
    private static final int MOST_KEPT = 64;

    private final Network network;
    private final ExactEngine engine;
    private final @Nullable CountLogs counts;

    /** A network on an engine for its layers. */
    public ItemEngine(Network network, ExactEngine engine) {
        this(network, engine, null);
    }

    private ItemEngine(Network network, ExactEngine engine, @Nullable CountLogs counts) {
        this.network = network;
        this.engine = engine;
        this.counts = counts;
    }

    /** On an engine that begins on kernels that start quickly and changes to the fastest kernels after some work. */
    public ItemEngine(Network network, Weights weights) {
        this(network, new ExactEngine(network, weights));
    }

    /** On an engine that stays on given kernels. */
    public ItemEngine(Network network, Weights weights, Kernels kernels) {
        this(network, new ExactEngine(network, weights, kernels));
    }

    /** This network, told what a model of counts says of the values; itself if there is none. */
    public ItemEngine told(@Nullable CountLogs by) {
        return by == null ? this : new ItemEngine(network, engine, by);
    }

    /** The kernels in use. */
    public Kernels kernels() {
        return engine.kernels();
    }

    /** A worker that uses the calling thread only. It keeps its buffers between evaluations. */
    public Worker worker() {
        return worker(1);
    }

    /**
     * A worker that evaluates on several threads, which changes no bit: the items of a batch in parallel, and what is left over one
     * after the other, each in pieces.
     *
     * @param threads number of threads, at least 1
     */
    public Worker worker(int threads) {
        return new Worker(engine.worker(threads));
    }

    /** Evaluates for one calling thread at a time. */
    public final class Worker implements AutoCloseable {
        private final ExactEngine.Worker worker;
        private final Deque<Kept> kept = new ArrayDeque<>();

        private Worker(ExactEngine.Worker worker) {
            this.worker = worker;
        }

        /** Number of threads. */
        public int threads() {
            return worker.threads();
        }

        /**
         * The outputs for chosen units of one partly known item at the first stage.
         *
         * @param values D values, or fewer for a network with ends; those not known are ignored
         * @param known as many flags, true = known
         * @param positions units whose outputs are wanted
         * @return for each unit its outputs, in the order of {@code positions}
         */
        public float[] logits(int[] values, boolean[] known, int[] positions) {
            return logits(
                    new NetworkInput(network.process().ofLength(values.length), 1, values, known, new int[1], null),
                    positions);
        }

        /**
         * The outputs for chosen units of a batch.
         *
         * @param positions indices into batch x units
         */
        public float[] logits(NetworkInput input, int[] positions) {
            int units = input.process().units();
            int outputs = network.output().outputs();
            int[][] wanted = wanted(positions, input.batch(), units);
            List<Evaluation> evaluations = new ArrayList<>();
            for (int n = 0; n < wanted.length; n++) {
                int item = n;
                boolean whole = input.batch() == 1 && input.length(0) == units;
                int[] own =
                        Arrays.stream(wanted[n]).map(i -> positions[i] % units).toArray();
                evaluations.add(new WholeEvaluation(network, () -> whole ? input : input.item(item), own, counts));
            }
            float[][] each = evaluate(evaluations);
            float[] out = new float[Math.multiplyExact(positions.length, outputs)];
            for (int n = 0; n < wanted.length; n++) {
                for (int i = 0; i < wanted[n].length; i++) {
                    System.arraycopy(each[n], i * outputs, out, wanted[n][i] * outputs, outputs);
                }
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
         * A session for one call, or several that have nothing in common.
         *
         * @param values D values of the item, or fewer for a network with ends, not copied: of units that are not known, what a stage before has decided
         * @param known flags of all units, true = known
         * @param order the units in the order of generation, for networks that take one; null for others
         * @param label a class, or {@link NetworkInput#UNLABELLED}
         */
        public Session call(int[] values, boolean[] known, int @Nullable [] order, int label) {
            return new StatelessSession(network, values, known, order, label, counts);
        }

        /**
         * A session for the calls of a generation. It keeps what it computed if the network allows it; {@link #end} gives that back.
         * Parameters as of {@link #call}.
         */
        public Session session(int[] values, boolean[] known, int @Nullable [] order, int label) {
            if (!network.stepwise()) {
                return call(values, known, order, label);
            }
            Kept own = kept.poll();
            boolean given = network.process() instanceof Autoregressive process && process.permuted();
            return new StepSession(
                    network, values, known.clone(), given ? order : null, own == null ? empty() : own, counts);
        }

        private Kept empty() {
            Space space = network.space();
            return space.rank() == 3 ? new Kept(space.extent(0), space.extent(1)) : new Kept(1, space.extent(0));
        }

        /** The session is not used any more. */
        public void end(Session session) {
            if (session instanceof StepSession step && kept.size() < MOST_KEPT) {
                kept.push(step.kept());
            }
        }

        /**
         * The outputs of several sessions of this engine, all of {@link #call} or all of {@link #session}.
         *
         * @param units for each session the units whose outputs are wanted
         * @return for each session the outputs of its units, in the order of {@code units}
         */
        public float[][] outputs(List<Session> sessions, List<int[]> units) {
            List<Evaluation> evaluations = new ArrayList<>();
            List<Kept> items = new ArrayList<>();
            List<StepInput.Item> steps = new ArrayList<>();
            for (int n = 0; n < sessions.size(); n++) {
                if (sessions.get(n) instanceof StatelessSession session) {
                    evaluations.add(session.evaluation(units.get(n)));
                } else if (sessions.get(n) instanceof StepSession session) {
                    items.add(session.kept());
                    steps.add(session.next(units.get(n)));
                }
            }
            if (steps.isEmpty()) {
                return evaluate(evaluations);
            }
            if (!evaluations.isEmpty()) {
                throw new IllegalArgumentException("sessions of two kinds");
            }
            return outputs(items, new StepInput(steps));
        }

        private float[][] outputs(List<Kept> items, StepInput input) {
            int[][] revealed = new int[items.size()][];
            int[][] places = new int[items.size()][];
            for (int n = 0; n < places.length; n++) {
                revealed[n] = input.items().get(n).revealed();
                places[n] = input.items().get(n).rowPlaces();
            }
            int[] sizes = new int[items.size()];
            for (int n = 0; n < sizes.length; n++) {
                sizes[n] =
                        input.items().get(n).wanted().length * network.output().outputs();
            }
            Piece piece = new Piece() {
                @Override
                public <T> T run(Ops<T> ops) {
                    return network.logits(ops, input);
                }
            };
            return worker.values(new Step(items, revealed, places), piece, sizes);
        }

        private float[][] evaluate(List<Evaluation> evaluations) {
            float[][] values = worker.values(evaluations);
            Arrays.setAll(values, n -> evaluations.get(n).outputs(values[n]));
            return values;
        }

        /** Ends the worker's threads. */
        @Override
        public void close() {
            worker.close();
        }
    }
}
