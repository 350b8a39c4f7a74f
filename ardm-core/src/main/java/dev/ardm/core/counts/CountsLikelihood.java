package dev.ardm.core.counts;

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
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.ItemScorer;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.RecordCoder;
import dev.ardm.core.model.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;

/** Codes, samples, continues and scores items left to right. */
final class CountsLikelihood extends SinglePlanLikelihood<SymbolPredictor> {
    static final SinglePlan PLAN = new SinglePlan('c', "left to right");

    private static final Map<Verb, String> REFUSALS = Map.of(
            Verb.IMAGES_OF_ANY_SIZE, "a model of counts knows sequences, not images",
            Verb.CONDITIONALS, "a model of counts knows what comes before a value only",
            Verb.PLAN, "a model of counts has no network, so there are no calls to plan");

    private final CountsModel model;
    private final Learnt learnt;

    CountsLikelihood(CountsModel model, Learnt learnt, int threads) {
        super(model, PLAN, threads);
        this.model = model;
        this.learnt = learnt;
    }

    @Override
    public Map<Verb, String> refusals() {
        return REFUSALS;
    }

    @Override
    public LikelihoodModel on(int number) {
        return new CountsLikelihood(model, learnt, number);
    }

    @Override
    protected SymbolPredictor predictor() {
        return predictor(false);
    }

    private SymbolPredictor predictor(boolean ends) {
        return new SymbolPredictor(learnt, space().maxCategories(), ends);
    }

    private int[] checked(int[] values, ItemLayout layout) {
        if (layout.sequences()) {
            CountsModel.requireValues(space(), values);
        } else {
            space().check(values);
        }
        return values;
    }

    @Override
    public ItemGenerator generator(LongFunction<? extends Plan> plans, ItemLayout layout, int alignment) {
        if (layout.images()) {
            require(Verb.IMAGES_OF_ANY_SIZE);
        }
        return (items, first, seed, listener) -> each(items.size(), listener::done, (predictor, n) -> {
            PLAN.require(plans.apply(first + n));
            PartialItem partial = items.get(n);
            Item item = partial.item();
            RandomStream random = RandomStream.of(seed, Purpose.SAMPLE, first + n);
            int beginning = Beginning.of(partial);
            boolean ends = layout.sequences() && (partial.open() || beginning == 0);
            SymbolPredictor own = ends ? predictor(true) : predictor;
            int[] values = continued(own, partial, beginning, random);
            return new Item(item.name(), item.modified(), item.shape(), values, item.side());
        });
    }

    /**
     * The known beginning, which is coded as it is, and then what the random numbers decode to, up to where the predictor ends the
     * item, if it ends any.
     */
    private int[] continued(SymbolPredictor predictor, PartialItem partial, int beginning, RandomStream random) {
        int[] values = partial.item().values().clone();
        Measure given = new Measure();
        Draw draw = new Draw(random);
        predictor.begin();
        for (int i = 0; i < values.length; i++) {
            int symbol = predictor.code(i < beginning ? given : draw, values[i], false);
            if (symbol == SymbolPredictor.END) {
                return Arrays.copyOf(values, i);
            }
            values[i] = symbol;
        }
        return values;
    }

    @Override
    public Codec<int[]> codec(Plan plan) {
        PLAN.require(plan);
        SymbolPredictor predictor = predictor();
        return new Codec<>() {
            @Override
            public void push(AnsStack stack, int[] values) {
                written(predictor, values, ItemLayout.VALUES).push(stack);
            }

            @Override
            public int[] pop(AnsStack stack) {
                int[] values = new int[space().dimensions()];
                predictor.read(new StackReader(stack), values);
                return values;
            }
        };
    }

    @Override
    protected StackWriter written(SymbolPredictor predictor, int[] values, ItemLayout layout) {
        StackWriter writer = new StackWriter();
        predictor.write(writer, checked(values, layout), false);
        return writer;
    }

    /** {@inheritDoc} An item ends there, or by itself if the predictor knows ends. */
    @Override
    protected int[] values(SymbolPredictor predictor, AnsStack stack, int claimed) throws DamagedException {
        StackReader reader = new StackReader(stack);
        int[] values = new int[Math.min(claimed, 64)];
        predictor.begin();
        for (int i = 0; i < claimed || predictor.ends(); i++) {
            // No writer leaves a smaller head than it began with.
            if (stack.words() == 0 && stack.head() < 1 << CheckedStream.MIN_CHECK_BITS) {
                throw DamagedException.inStream(0, "the stream ends too early");
            }
            int symbol = predictor.code(reader, 0, false);
            if (symbol == SymbolPredictor.END) {
                return Arrays.copyOf(values, i);
            }
            if (i == claimed) {
                throw DamagedException.inStream(0, "an item does not end after " + claimed + " values");
            }
            if (i == values.length) {
                values = Arrays.copyOf(values, (int) Math.min(claimed, 2L * i));
            }
            values[i] = symbol;
        }
        return values;
    }

    @Override
    public Optional<RecordCoder> records() {
        return Optional.of(records(() -> predictor(true), learnt.items.size(), learnt.items::get));
    }

    @Override
    public ItemScorer scorer(Plan plan, ItemLayout layout) {
        require(plan, layout);
        return new ItemScorer() {
            @Override
            public List<double[]> unitBits(List<Item> items, IntConsumer progress) {
                boolean ends = layout.records(); // a record has a unit more: its end
                return each(() -> predictor(ends), items.size(), progress, (predictor, k) -> {
                    int[] values = checked(items.get(k).values(), layout);
                    double[] bits = new double[values.length + (ends ? 1 : 0)];
                    predictor.begin();
                    for (int i = 0; i < bits.length; i++) {
                        Measure measure = new Measure();
                        predictor.code(measure, i < values.length ? values[i] : SymbolPredictor.END, false);
                        bits[i] = measure.bits();
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
