package dev.ardm.core.masking;

import dev.ardm.coding.Codec;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.masking.plan.CallCurve;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.Condition;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.ItemScorer;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.RecordCoder;
import dev.ardm.core.model.Verb;
import dev.ardm.exact.Kernels;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;

/** A masking model on the exact engine: order-agnostic, depth upscaling, or an autoregressive baseline. */
class ArdmModel implements LikelihoodModel {
    private final Evaluator evaluator;

    /**
     * @param threads how many threads long calls use; changes no result
     */
    ArdmModel(MaskingModel model, int threads) {
        this(
                model,
                threads,
                new ItemEngine(model.network(), model.weights())
                        .told(model.definition().countLogs()));
    }

    /** A model on given kernels; all kernels give the same bits. */
    ArdmModel(MaskingModel model, int threads, Kernels kernels) {
        this(
                model,
                threads,
                new ItemEngine(model.network(), model.weights(), kernels)
                        .told(model.definition().countLogs()));
    }

    private ArdmModel(MaskingModel model, int threads, ItemEngine engine) {
        this(new Evaluator(new GenerationPool(model, engine, NetworkInput.UNLABELLED), threads));
    }

    /** A model on what evaluates it. */
    ArdmModel(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    @Override
    public ArdmModel on(int threads) {
        return evaluator.threads() == threads ? this : new ArdmModel(evaluator.on(threads));
    }

    @Override
    public ArdmModel given(Condition condition) {
        if (condition.label().isEmpty()) {
            return evaluator.hasLabel() ? new ArdmModel(evaluator.given(NetworkInput.UNLABELLED)) : this;
        }
        int of = condition.label().getAsInt();
        int classes = classes();
        if (of < 0 || of >= classes) {
            throw new IllegalArgumentException(
                    classes == 0
                            ? "this model has no classes and does not accept label " + of
                            : "no label " + of + ": this model has " + classes + " classes, from 0");
        }
        return new ArdmModel(evaluator.given(of));
    }

    @Override
    public boolean ends() {
        return evaluator.ends();
    }

    /** {@inheritDoc} A length that the items had which it learnt from. */
    @Override
    public int sampleLength(long seed, long number) {
        int[] lengths = model().lengths();
        return lengths.length == 0
                ? space().dimensions()
                : lengths[RandomStream.of(seed, Purpose.LENGTH, number).nextInt(lengths.length)];
    }

    /** {@inheritDoc} By what its schedules cost. */
    @Override
    public OptionalInt usualCalls() {
        return model().scheduleCosts().map(CallCurve::usualCalls).orElse(OptionalInt.empty());
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
        if (process().stages() > 1 || process().unitSize() > 1 || process().continuesOnly()) {
            refusals.put(
                    Verb.CONDITIONALS,
                    "distributions of a variable given any others need a process of any order (order-agnostic or"
                            + " permuted), one variable at a time");
        }
        return refusals;
    }

    @Override
    public MaskingModel model() {
        return evaluator.model();
    }

    @Override
    public byte[] id() {
        return model().id();
    }

    @Override
    public Space space() {
        return model().space();
    }

    /** How items are generated. */
    Process process() {
        return evaluator.process();
    }

    @Override
    public MaskingPlan plan(int calls) {
        Schedule schedule = process().causal() ? Schedule.full(process().steps()) : model().schedule(calls);
        int slope = model().network().slope();
        if (slope > 0) {
            return MaskingPlan.wavefront(slope, process());
        }
        return process().naturalOrder() ? MaskingPlan.natural(schedule) : MaskingPlan.spread(schedule);
    }

    @Override
    public MaskingPlan readPlan(byte[] bytes) {
        return evaluator.plan(MaskingPlan.fromBytes(bytes, process()));
    }

    /** What evaluates it. */
    Evaluator evaluator() {
        return evaluator;
    }

    @Override
    public List<Estimator> estimators(Plan plan, ItemLayout layout, int passes) {
        return new MaskingEstimators(evaluator, evaluator.plan(plan), layout, passes, () -> scorer(plan, layout)).all();
    }

    @Override
    public List<double[]> conditionals(List<int[]> items, boolean[] known, int position, IntConsumer progress) {
        require(Verb.CONDITIONALS);
        return Conditionals.of(evaluator, items, known, position, progress);
    }

    @Override
    public ItemGenerator generator(LongFunction<? extends Plan> plans, ItemLayout layout, int alignment) {
        if (layout.images()) {
            require(Verb.IMAGES_OF_ANY_SIZE);
        }
        return new MaskingGenerator(evaluator, plans, layout, alignment);
    }

    @Override
    public Codec<int[]> codec(Plan plan) {
        require(Verb.COMPRESS);
        return new ItemCodec(evaluator.generation(1), process(), evaluator.plan(plan));
    }

    @Override
    public ItemCoder coder(Plan plan, ItemLayout layout) {
        requireCoding(layout);
        return layout.images()
                ? new TiledCoder(evaluator, evaluator.plan(plan), layout)
                : new WindowedCoder(evaluator, evaluator.plan(plan), layout);
    }

    /** {@inheritDoc} Those of a causal network of images: all end where the space does. */
    @Override
    public Optional<RecordCoder> records() {
        boolean images = space().rank() > 1 && model().network().slope() > 0;
        return images && verbs().contains(Verb.COMPRESS)
                ? Optional.of(new CausalRecords(evaluator, plan(1)))
                : Optional.empty();
    }

    @Override
    public ItemScorer scorer(Plan plan, ItemLayout layout) {
        requireCoding(layout);
        return layout.images()
                ? new TiledCoder(evaluator, evaluator.plan(plan), layout)
                : new WindowedCoder(evaluator, evaluator.plan(plan), layout);
    }

    private void requireCoding(ItemLayout layout) {
        if (layout.images()) {
            require(Verb.IMAGES_OF_ANY_SIZE);
        }
        require(Verb.COMPRESS);
    }
}
