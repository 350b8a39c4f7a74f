package dev.ardm.core.model;

import dev.ardm.coding.Codec;
import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Space;
import dev.ardm.core.engine.ExactEngine;
import dev.ardm.core.engine.Parallel;
import dev.ardm.core.network.NetworkInput;
import dev.ardm.core.plan.Order;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.plan.Schedule;
import dev.ardm.core.process.Autoregressive;
import dev.ardm.core.process.Process;
import dev.ardm.exact.Kernels;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** An order-agnostic autoregressive diffusion model on the exact engine. Safe for use by several threads. */
public final class ArdmModel implements LikelihoodModel {
    private final Model model;
    private final ExactEngine engine;
    private final int threads;
    private final int label;
    private final FirstCall firstCall;

    /**
     * @param threads how many threads long calls use; changes no result
     */
    public ArdmModel(Model model, int threads) {
        this(model, threads, new ExactEngine(model.network(), model.weights()));
    }

    /** A model on given kernels; all kernels give the same bits. */
    public ArdmModel(Model model, int threads, Kernels kernels) {
        this(model, threads, new ExactEngine(model.network(), model.weights(), kernels));
    }

    private ArdmModel(Model model, int threads, ExactEngine engine) {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread is needed, got " + threads);
        }
        this.model = model;
        this.engine = engine;
        this.threads = threads;
        this.label = NetworkInput.UNLABELLED;
        this.firstCall = new FirstCall();
    }

    private ArdmModel(ArdmModel whole, int threads, int label, FirstCall firstCall) {
        this.model = whole.model;
        this.engine = whole.engine;
        this.threads = threads;
        this.label = label;
        this.firstCall = firstCall;
    }

    @Override
    public ArdmModel onOneThread() {
        return threads == 1 ? this : new ArdmModel(this, 1, label, firstCall);
    }

    /**
     * This model given a label: everything it samples, fills, scores, encodes or decodes is an item of that class. What is encoded
     * so decodes with the same label only; an archive does not keep it. It shares weights and threads with this one. A model
     * that is not given a label is one of items whose class is not known.
     *
     * @param of a class, in [0, classes of the process)
     * @throws IllegalArgumentException if there is no such class
     */
    public ArdmModel labelled(int of) {
        int classes = process().classes();
        if (of < 0 || of >= classes) {
            throw new IllegalArgumentException(
                    classes == 0
                            ? "this model has no classes, so it cannot be given label " + of
                            : "there is no label " + of + ": this model has " + classes + " classes, from 0");
        }
        return new ArdmModel(this, threads, of, new FirstCall());
    }

    /** The model file's content. */
    public Model model() {
        return model;
    }

    @Override
    public byte[] id() {
        return model.id();
    }

    @Override
    public Space space() {
        return model.space();
    }

    @Override
    public Process process() {
        return model.network().process();
    }

    @Override
    public Plan plan(int calls) {
        Schedule schedule = model.schedule(calls);
        return process() instanceof Autoregressive baseline && !baseline.permuted()
                ? Plan.natural(schedule)
                : Plan.spread(schedule);
    }

    /** The schedule with a call for each step. */
    public Schedule fullSchedule() {
        return Schedule.full(process().steps());
    }

    /** A generation that evaluates on so many threads. */
    Generation generation(int evaluating) {
        return new Generation(model, engine, evaluating, label, firstCall);
    }

    /** Runs independent tasks, each on a generation. */
    <R> List<R> parallel(int count, Parallel.Task<Generation, R> task) {
        return Parallel.map(threads, count, this::generation, task);
    }

    /** Whether what this model does is given a label. */
    boolean hasLabel() {
        return label != NetworkInput.UNLABELLED;
    }

    /**
     * Runs a task for each item, on a generation.
     *
     * @param progress hears how many are done
     */
    <R> List<R> map(int count, IntConsumer progress, Parallel.Task<Generation, R> task) {
        AtomicInteger done = new AtomicInteger();
        return Parallel.map(threads, count, this::generation, (generation, index) -> {
            R result = task.run(generation, index);
            progress.accept(done.incrementAndGet());
            return result;
        });
    }

    /** What is done in each network call of an item that is known. */
    interface CallTask {
        void run(Generation generation, int item, int call) throws Exception;
    }

    /**
     * Runs a task for each network call of each item. Nobody has to wait for the calls before, since the items are known; so also one
     * item has work for all threads.
     */
    void forEachCall(int items, Schedule schedule, IntConsumer progress, CallTask task) {
        int calls = schedule.calls();
        AtomicIntegerArray left = new AtomicIntegerArray(items);
        AtomicInteger done = new AtomicInteger();
        Parallel.map(threads, Math.multiplyExact(items, calls), this::generation, (generation, index) -> {
            int item = index / calls;
            task.run(generation, item, index % calls);
            if (left.decrementAndGet(item) == -calls) {
                progress.accept(done.incrementAndGet());
            }
            return index;
        });
    }

    @Override
    public Estimate bound(List<int[]> items, int passes, long seed, IntConsumer progress) {
        return new LikelihoodEstimators(this).bound(items, passes, seed, progress);
    }

    @Override
    public Estimate exactForOrder(List<int[]> items, Plan order, IntConsumer progress) {
        return new LikelihoodEstimators(this).exactForOrder(items, order, progress);
    }

    @Override
    public Estimate exactForPlan(List<int[]> items, Plan plan, IntConsumer progress) {
        return new LikelihoodEstimators(this).exactForPlan(items, plan, progress);
    }

    /**
     * The distributions of one variable given others, for each item: any set of variables may be known, which is what an order-agnostic
     * model is trained for. In double precision, for reports and decisions.
     *
     * @param items values; those not known are ignored
     * @param known flags of the variables, the same for all items
     * @param position a variable that is not known
     * @return for each item the probabilities of all values of the variable
     * @throws IllegalArgumentException if the process has several stages, or generates several variables together
     */
    public List<double[]> conditionals(List<int[]> items, boolean[] known, int position, IntConsumer progress) {
        return new ConditionalQuery(this).of(items, known, position, progress);
    }

    /**
     * Mean cross entropy in bits of a masked unit at a step of the generation, for each item: what the loss component of that
     * step (Hoogeboom et al. 2022, section 3.1: L_t) is the mean of. The order is random, another one for each item and step.
     *
     * @param steps steps of the process, in [0, {@code process().steps()})
     * @return for each step the values of all items
     */
    public double[][] lossComponents(List<int[]> items, int[] steps, long seed, IntConsumer progress) {
        return new CallCosts(this).inRandomOrders(items, steps, seed, progress);
    }

    /**
     * Mean cost of generating each step of an order from calls at chosen steps, for planning.
     *
     * @param candidates steps at which the network may be called, all of one stage
     * @param end one past the last step of that stage
     * @return bits: for each candidate s the mean cost of step k given the first s, for k = s, s + 1, ...
     */
    public double[][] stepCosts(List<int[]> items, Plan plan, int[] candidates, int end, IntConsumer progress) {
        return new CallCosts(this).inOrder(items, plan, candidates, end, progress);
    }

    @Override
    public List<int[]> sample(int count, Plan plan, long seed, IntConsumer progress) {
        Order order = plan.order(process());
        return new ItemSampler(this).sample(count, index -> plan, index -> order, seed, progress);
    }

    /**
     * New items, each by a plan of its own: a D3PM-style sampler draws which variables become known in which step, see
     * {@link dev.ardm.core.process.AbsorbingSchedule}.
     *
     * @param plans the plan of each item
     */
    public List<int[]> sample(int count, IntFunction<Plan> plans, long seed, IntConsumer progress) {
        return new ItemSampler(this)
                .sample(count, plans, index -> plans.apply(index).order(process()), seed, progress);
    }

    @Override
    public List<int[]> fill(List<int[]> items, List<boolean[]> known, Plan plan, long seed, IntConsumer progress) {
        return new ItemSampler(this).fill(items, known, plan, seed, progress);
    }

    @Override
    public Codec<int[]> codec(Plan plan) {
        requireUnconditional();
        return new ItemCodec(generation(1), process(), plan);
    }

    @Override
    public ItemCoder coder(Plan plan, ItemLayout layout) {
        return layout.images() ? new TiledCoder(this, plan, layout) : new WindowedCoder(this, plan, layout);
    }

    @Override
    public ItemScorer scorer(Plan plan, ItemLayout layout) {
        return layout.images() ? new TiledCoder(this, plan, layout) : new WindowedCoder(this, plan, layout);
    }

    void requireUnconditional() {
        if (process().given().count() > 0) {
            throw new IllegalArgumentException(
                    "this model is conditional: an archive does not keep what is given, so items could not be restored");
        }
    }
}
