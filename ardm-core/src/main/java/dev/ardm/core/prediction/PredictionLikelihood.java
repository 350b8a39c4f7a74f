package dev.ardm.core.prediction;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.Codec;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.counts.internal.Beginning;
import dev.ardm.core.counts.internal.Draw;
import dev.ardm.core.counts.internal.Measure;
import dev.ardm.core.counts.internal.SinglePlan;
import dev.ardm.core.counts.internal.SinglePlanLikelihood;
import dev.ardm.core.decision.StackReader;
import dev.ardm.core.decision.StackWriter;
import dev.ardm.core.engine.ExactEngine;
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.ItemScorer;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import dev.ardm.exact.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;

/** Codes, samples, continues and scores signals from the first sample to the last. */
final class PredictionLikelihood extends SinglePlanLikelihood<SignalPredictor> {
    static final SinglePlan PLAN = new SinglePlan('s', "sample by sample from the first to the last");

    private static final Map<Verb, String> REFUSALS = Map.of(
            Verb.IMAGES_OF_ANY_SIZE, "a model of signals knows sequences, not images",
            Verb.CONDITIONALS, "a model of signals knows what comes before a sample only",
            Verb.PLAN, "a model of signals has a single order, so there are no calls to plan");

    /** Values that an array has room for before any is read. */
    private static final int ROOM = 64;

    private final PredictionModel model;
    private final ExactEngine engine;

    PredictionLikelihood(PredictionModel model, Kernels kernels, int threads) {
        this(model, new ExactEngine(model.network(), model.weights(), kernels), threads);
    }

    private PredictionLikelihood(PredictionModel model, ExactEngine engine, int threads) {
        super(model, PLAN, threads);
        this.model = model;
        this.engine = engine;
    }

    @Override
    public boolean local() {
        return true;
    }

    @Override
    public Map<Verb, String> refusals() {
        return REFUSALS;
    }

    @Override
    public LikelihoodModel on(int number) {
        return new PredictionLikelihood(model, engine, number);
    }

    @Override
    protected SignalPredictor predictor() {
        return new SignalPredictor(
                space().maxCategories(), model.channels(), model.slots(), model.network(), engine.worker(1));
    }

    private SignalScale scale(int[] values, int count) {
        return SignalScale.of(space().maxCategories(), values, count);
    }

    private int[] checked(int[] values, ItemLayout layout) {
        if (!layout.sequences()) {
            space().check(values);
            return values;
        }
        for (int value : values) {
            if (value < 0 || value >= space().maxCategories()) {
                throw new IllegalArgumentException(
                        "value " + value + " is outside [0, " + space().maxCategories() + ")");
            }
        }
        return values;
    }

    @Override
    protected StackWriter written(SignalPredictor predictor, int[] values, ItemLayout layout) {
        checked(values, layout);
        StackWriter writer = new StackWriter();
        predictor.begin(writer, scale(values, values.length));
        for (int value : values) {
            predictor.code(writer, value);
        }
        return writer;
    }

    @Override
    protected int[] values(SignalPredictor predictor, AnsStack stack, int claimed) throws DamagedException {
        StackReader reader = new StackReader(stack);
        int[] values = new int[Math.min(claimed, ROOM)];
        predictor.begin(reader, scale(values, 0));
        for (int i = 0; i < claimed; i++) {
            // No writer leaves a smaller head than it began with.
            if (stack.words() == 0 && stack.head() < 1 << CheckedStream.MIN_CHECK_BITS) {
                throw DamagedException.inStream(0, "the stream ends too early");
            }
            if (i == values.length) {
                values = Arrays.copyOf(values, (int) Math.min(claimed, 2L * i));
            }
            values[i] = predictor.code(reader, 0);
        }
        return values;
    }

    @Override
    public Codec<int[]> codec(Plan plan) {
        require(plan, ItemLayout.VALUES);
        SignalPredictor predictor = predictor();
        return new Codec<>() {
            @Override
            public void push(AnsStack stack, int[] values) {
                written(predictor, values, ItemLayout.VALUES).push(stack);
            }

            @Override
            public int[] pop(AnsStack stack) {
                int[] values = new int[space().dimensions()];
                StackReader reader = new StackReader(stack);
                predictor.begin(reader, scale(values, 0));
                for (int i = 0; i < values.length; i++) {
                    values[i] = predictor.code(reader, 0);
                }
                return values;
            }
        };
    }

    @Override
    public ItemGenerator generator(LongFunction<? extends Plan> plans, ItemLayout layout, int alignment) {
        require(PLAN, layout);
        return (items, first, seed, listener) -> each(items.size(), listener::done, (predictor, n) -> {
            PLAN.require(plans.apply(first + n));
            PartialItem partial = items.get(n);
            Item item = partial.item();
            int[] values = continued(predictor, partial, RandomStream.of(seed, Purpose.SAMPLE, first + n));
            return new Item(item.name(), item.modified(), item.shape(), values, item.side());
        });
    }

    /** The known beginning, which is coded as it is, and then what the random numbers decode to. */
    private int[] continued(SignalPredictor predictor, PartialItem partial, RandomStream random) {
        int[] values = partial.item().values().clone();
        int beginning = Beginning.of(partial);
        Draw draw = new Draw(random);
        predictor.begin(beginning == 0 ? draw : new Measure(), scale(values, beginning));
        for (int i = 0; i < values.length; i++) {
            values[i] = predictor.code(i < beginning ? new Measure() : draw, values[i]);
        }
        return values;
    }

    @Override
    public ItemScorer scorer(Plan plan, ItemLayout layout) {
        require(plan, layout);
        return new ItemScorer() {
            @Override
            public List<double[]> unitBits(List<Item> items, IntConsumer progress) {
                return each(items.size(), progress, (predictor, k) -> {
                    int[] values = checked(items.get(k).values(), layout);
                    double[] bits = new double[values.length];
                    Measure measure = new Measure();
                    predictor.begin(measure, scale(values, values.length));
                    double before = 0; // what says how many bits are unused counts with the first sample
                    for (int i = 0; i < bits.length; i++) {
                        predictor.code(measure, values[i]);
                        bits[i] = measure.bits() - before;
                        before = measure.bits();
                    }
                    return bits;
                });
            }

            @Override
            public long windows(int length, int[] shape) {
                return 1;
            }
        };
    }
}
