package dev.ardm.core.masking;

import dev.ardm.coding.Codec;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Space;
import dev.ardm.core.engine.ExactEngine;
import dev.ardm.core.engine.Parallel;
import dev.ardm.core.model.Condition;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.ItemScorer;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import dev.ardm.core.network.NetworkInput;
import dev.ardm.core.plan.MaskingPlan;
import dev.ardm.core.plan.Schedule;
import dev.ardm.core.process.Autoregressive;
import dev.ardm.core.process.Process;
import dev.ardm.exact.Kernels;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;

/** A masking model on the exact engine: order-agnostic, depth upscaling, or an autoregressive baseline. */
final class ArdmModel implements LikelihoodModel {
    private final Model model;
    private final ExactEngine engine;
    private final int threads;
    private final GenerationPool pool;

    /**
     * @param threads how many threads long calls use; changes no result
     */
    ArdmModel(Model model, int threads) {
        this(model, threads, new ExactEngine(model.network(), model.weights()));
    }

    /** A model on given kernels; all kernels give the same bits. */
    ArdmModel(Model model, int threads, Kernels kernels) {
        this(model, threads, new ExactEngine(model.network(), model.weights(), kernels));
    }

    private ArdmModel(Model model, int threads, ExactEngine engine) {
        this.model = model;
        this.engine = engine;
        this.threads = checked(threads);
        this.pool = new GenerationPool(model, engine, NetworkInput.UNLABELLED);
    }

    private ArdmModel(ArdmModel whole, int threads, GenerationPool pool) {
        this.model = whole.model;
        this.engine = whole.engine;
        this.threads = threads;
        this.pool = pool;
    }

    @Override
    public ArdmModel on(int wanted) {
        return threads == wanted ? this : new ArdmModel(this, checked(wanted), pool);
    }

    private static int checked(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread is needed, got " + threads);
        }
        return threads;
    }

    @Override
    public ArdmModel given(Condition condition) {
        if (condition.label().isEmpty()) {
            return hasLabel()
                    ? new ArdmModel(this, threads, new GenerationPool(model, engine, NetworkInput.UNLABELLED))
                    : this;
        }
        int of = condition.label().getAsInt();
        int classes = classes();
        if (of < 0 || of >= classes) {
            throw new IllegalArgumentException(
                    classes == 0
                            ? "this model has no classes and does not accept label " + of
                            : "no label " + of + ": this model has " + classes + " classes, from 0");
        }
        return new ArdmModel(this, threads, new GenerationPool(model, engine, of));
    }

    @Override
    public int classes() {
        return process().classes();
    }

    @Override
    public Map<Verb, String> refusals() {
        Map<Verb, String> refusals = new EnumMap<>(Verb.class);
        Space space = space();
        if (process().given().count() > 0) {
            refusals.put(Verb.SAMPLE, "this model is conditional: it can only complete items; see ardm fill");
            String restored =
                    "this model is conditional: an archive does not store the condition, so items could not be restored";
            refusals.put(Verb.COMPRESS, restored);
            refusals.put(Verb.IMAGES_OF_ANY_SIZE, restored);
            refusals.put(Verb.SCORE, "this model is conditional; ardm eval can measure it");
        }
        if (space.rank() != 3 || space.categories().length != 1) {
            refusals.put(
                    Verb.IMAGES_OF_ANY_SIZE,
                    "images of any size need a model of images (height, width, channels), not one of " + space);
        } else if (process().causal()) {
            refusals.put(
                    Verb.IMAGES_OF_ANY_SIZE,
                    "an autoregressive model cannot code images of any size, because it sees only earlier "
                            + "pixels; an order-agnostic model can");
        }
        if (process().causal()) {
            refusals.put(Verb.PLAN, "a causal model predicts one variable a call, so there are no schedules to plan");
        }
        if (process().stages() > 1 || process().unitSize() > 1 || process().causal()) {
            refusals.put(
                    Verb.CONDITIONALS,
                    "distributions of a variable given any others need the order-agnostic process, one variable at a"
                            + " time");
        }
        return refusals;
    }

    @Override
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

    /** How items are generated. */
    Process process() {
        return model.network().process();
    }

    @Override
    public MaskingPlan plan(int calls) {
        Schedule schedule = model.schedule(calls);
        return process() instanceof Autoregressive baseline && !baseline.permuted()
                ? MaskingPlan.natural(schedule)
                : MaskingPlan.spread(schedule);
    }

    @Override
    public MaskingPlan readPlan(byte[] bytes) {
        return MaskingPlan.fromBytes(bytes, process());
    }

    /** A generation that evaluates on that many threads. */
    Generation generation(int evaluating) {
        return pool.take(evaluating);
    }

    /** Runs independent tasks, each on a generation. */
    <R> List<R> parallel(int count, Parallel.Task<Generation, R> task) {
        return Parallel.map(threads, count, this::generation, task);
    }

    /** Whether what this model does is given a label. */
    boolean hasLabel() {
        return pool.label() != NetworkInput.UNLABELLED;
    }

    /**
     * Runs a task for each item, on a generation.
     *
     * @param progress receives how many are done
     */
    <R> List<R> map(int count, IntConsumer progress, Parallel.Task<Generation, R> task) {
        AtomicInteger done = new AtomicInteger();
        return Parallel.map(threads, count, this::generation, (generation, index) -> {
            R result = task.run(generation, index);
            progress.accept(done.incrementAndGet());
            return result;
        });
    }

    /** The task of each network call of a known item. */
    interface CallTask {
        void run(Generation generation, int item, int call) throws Exception;
    }

    /**
     * Runs a task for each network call of each item. Calls do not wait for each other, because the items are known. So even one
     * item occupies all threads.
     */
    void forEachCall(int items, int calls, IntConsumer progress, CallTask task) {
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
    public List<Estimator> estimators(Plan plan, ItemLayout layout, int passes) {
        return new MaskingEstimators(this, MaskingPlan.of(plan), layout, passes).all();
    }

    @Override
    public List<double[]> conditionals(List<int[]> items, boolean[] known, int position, IntConsumer progress) {
        return new Conditionals(this).of(items, known, position, progress);
    }

    @Override
    public ItemGenerator generator(LongFunction<? extends Plan> plans, ItemLayout layout, int alignment) {
        return new MaskingGenerator(this, plans, layout, alignment);
    }

    @Override
    public Codec<int[]> codec(Plan plan) {
        require(Verb.COMPRESS);
        return new ItemCodec(generation(1), process(), MaskingPlan.of(plan));
    }

    @Override
    public ItemCoder coder(Plan plan, ItemLayout layout) {
        return layout.images()
                ? new TiledCoder(this, MaskingPlan.of(plan), layout)
                : new WindowedCoder(this, MaskingPlan.of(plan), layout);
    }

    @Override
    public ItemScorer scorer(Plan plan, ItemLayout layout) {
        return layout.images()
                ? new TiledCoder(this, MaskingPlan.of(plan), layout)
                : new WindowedCoder(this, MaskingPlan.of(plan), layout);
    }
}
