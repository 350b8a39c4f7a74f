package dev.ardm.core.masking;

import dev.ardm.core.masking.arithmetic.UnitDistributions;
import dev.ardm.core.masking.call.Call;
import dev.ardm.core.masking.call.FixedPolicy;
import dev.ardm.core.masking.call.Policy;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.engine.Session;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.output.UnitLikelihood;
import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.masking.process.Process;
import dev.ardm.exact.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the network calls of generations: of items that become known ({@link Walk}), and at any call of items that are known.
 * For one thread.
 */
final class Generation implements AutoCloseable {
    /** Outputs of an evaluation that are in memory at a time, at most. */
    private static final int MOST_OUTPUTS = 1 << 24;

    private final Process process;
    private final OutputDistribution output;
    private final ItemEngine.Worker worker;
    private final GenerationPool home;
    private final int threads;
    private final MaskingModel model;
    private final ItemEngine engine;
    /** Those on whose functions the distributions are made: the engine changes to faster ones. */
    private Kernels kernels;

    private UnitDistributions distributions;
    private final UnitLikelihood likelihood;
    private final int unitsTogether;
    /** Whether no evaluation was cut off by a failure. */
    private boolean whole = true;

    /**
     * @param threads how many threads evaluate the network
     * @param home takes it back when it is closed
     */
    Generation(MaskingModel model, ItemEngine engine, int threads, GenerationPool home) {
        this.process = home.seen().process();
        this.output = home.seen().output();
        this.worker = engine.worker(threads);
        this.home = home;
        this.threads = threads;
        this.model = model;
        this.engine = engine;
        this.kernels = engine.kernels();
        this.distributions = Arithmetics.of(model.arithmetic()).distributions(process, output, kernels);
        this.likelihood = UnitLikelihood.of(process, output);
        this.unitsTogether = Math.max(1, MOST_OUTPUTS / model.network().output().outputs());
    }

    /** Number of symbols that a unit takes in a stage. */
    int symbols(int stage) {
        return distributions.symbols(stage);
    }

    /**
     * Begins with the generation of what is not known of an item.
     *
     * @param item as many values as the model's items have, or fewer if its network has ends, which the walk changes; those of units that are not known are overwritten
     */
    Walk walk(int[] item, Policy policy) {
        int[] positions = positions(policy.order());
        return new Walk(this, item, policy, worker.session(item, policy.known(), positions, home.label()));
    }

    /** A network call of the generation of an item that is known. */
    Call call(int[] item, FixedPolicy policy, int call) {
        return call(item, policy.knownBefore(policy.firstStep(call)), policy.order(), policy.step(call));
    }

    /**
     * How many evaluations give all calls of a generation of an item that is known: of a causal network as few as memory allows, since each
     * gives whatever units are asked for.
     */
    int evaluations(FixedPolicy policy) {
        return together(policy) ? (policy.steps() + unitsTogether - 1) / unitsTogether : policy.calls();
    }

    /** Whether an evaluation gives many calls. */
    private boolean together(FixedPolicy policy) {
        return process.causal() && policy.sequential();
    }

    /** Where the symbols of an evaluation begin in the stream of an item, if those of a call begin at {@code symbols}. */
    int firstSymbol(FixedPolicy policy, int[] symbols, int number) {
        return together(policy) ? symbols[0] + number * unitsTogether * symbols(0) : symbols[number];
    }

    /** One of them. */
    Call evaluation(int[] item, FixedPolicy policy, int number) {
        if (!together(policy)) {
            return call(item, policy, number);
        }
        int from = number * unitsTogether;
        int to = Math.min(policy.steps(), from + unitsTogether);
        return callOfWhole(item, policy.order(), policy.step(from, to).units());
    }

    /** Any network call of an item of a process that does not need the order. */
    Call call(int[] item, boolean[] known, Policy.Step step) {
        return call(item, known, null, step);
    }

    /**
     * Any network call of an item.
     *
     * @param order of all units, those known first, for networks that are given one
     */
    Call call(int[] item, boolean[] known, @Nullable Order order, Policy.Step step) {
        Session session = worker.call(item, known, positions(order), home.label());
        session.begin(step.stage());
        return call(session, step);
    }

    /** All units of an item that is known, by a causal network: what every call of an order of one unit a call would give. */
    Call callOfWhole(int[] item, Order order) {
        return callOfWhole(item, order, order.positions());
    }

    /** The same for some of its units. */
    Call callOfWhole(int[] item, Order order, int[] units) {
        boolean[] all = new boolean[order.size()];
        Arrays.fill(all, true);
        return call(item, all, order, new Policy.Step(0, units));
    }

    private int @Nullable [] positions(@Nullable Order order) {
        return order == null || !process.causal() ? null : order.positions();
    }

    /** The session of a walk is not used any more. */
    void end(Session session) {
        worker.end(session);
    }

    /** Evaluates a call. */
    Call call(Session session, Policy.Step step) {
        return call(
                step,
                session.unconditional()
                        ? home.unconditional().outputs(step.units(), () -> outputs(session, step))
                        : outputs(session, step));
    }

    /** Evaluates calls of several items in parallel. */
    List<Call> calls(List<Session> sessions, List<Policy.Step> steps) {
        float[][] outputs = outputs(sessions, steps);
        List<Call> calls = new ArrayList<>();
        for (int n = 0; n < outputs.length; n++) {
            calls.add(call(steps.get(n), outputs[n]));
        }
        return calls;
    }

    private float[] outputs(Session session, Policy.Step step) {
        return outputs(List.of(session), List.of(step))[0];
    }

    private float[][] outputs(List<Session> sessions, List<Policy.Step> steps) {
        whole = false;
        float[][] outputs =
                worker.outputs(sessions, steps.stream().map(Policy.Step::units).toList());
        whole = true;
        return outputs;
    }

    private Call call(Policy.Step step, float[] outputs) {
        Kernels now = engine.kernels();
        if (now != kernels) {
            kernels = now;
            distributions = Arithmetics.of(model.arithmetic()).distributions(process, output, now);
        }
        return new Call(step, outputs, distributions, likelihood);
    }

    @Override
    public void close() {
        if (threads > 1 || !whole || !home.keep(this)) {
            worker.close();
        }
    }
}
