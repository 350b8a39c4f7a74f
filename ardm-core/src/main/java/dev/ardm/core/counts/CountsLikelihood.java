package dev.ardm.core.counts;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.Codec;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.counts.internal.Beginning;
import dev.ardm.core.counts.internal.Draw;
import dev.ardm.core.counts.internal.Lanes;
import dev.ardm.core.counts.internal.Measure;
import dev.ardm.core.counts.internal.SinglePlan;
import dev.ardm.core.decision.StackReader;
import dev.ardm.core.decision.StackWriter;
import dev.ardm.core.model.Condition;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.ItemScorer;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.RecordCoder;
import dev.ardm.core.model.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;

/** Codes, samples, continues and scores items left to right. */
final class CountsLikelihood implements LikelihoodModel {
    static final SinglePlan PLAN = new SinglePlan('c', "left to right");

    private static final Map<Verb, String> REFUSALS = Map.of(
            Verb.IMAGES_OF_ANY_SIZE, "a model of counts knows sequences, not images",
            Verb.CONDITIONALS, "a model of counts knows what comes before a value only",
            Verb.PLAN, "a model of counts has no network, so there are no calls to plan");

    private final CountsModel model;
    private final Learnt learnt;
    private final int threads;

    CountsLikelihood(CountsModel model, Learnt learnt, int threads) {
        this.model = model;
        this.learnt = learnt;
        this.threads = threads;
    }

    @Override
    public byte[] id() {
        return model.id();
    }

    @Override
    public CountsModel model() {
        return model;
    }

    @Override
    public Space space() {
        return model.space();
    }

    @Override
    public int classes() {
        return 0;
    }

    @Override
    public Map<Verb, String> refusals() {
        return REFUSALS;
    }

    @Override
    public LikelihoodModel given(Condition condition) {
        if (condition.label().isPresent()) {
            throw new IllegalArgumentException("this model has no classes");
        }
        return this;
    }

    @Override
    public LikelihoodModel on(int number) {
        return new CountsLikelihood(model, learnt, number);
    }

    @Override
    public Plan plan(int calls) {
        return PLAN;
    }

    @Override
    public Plan readPlan(byte[] bytes) {
        return PLAN.read(bytes);
    }

    private void require(Plan plan, ItemLayout layout) {
        PLAN.require(plan);
        if (layout.images()) {
            require(Verb.IMAGES_OF_ANY_SIZE);
        }
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

    private <R> List<R> each(int count, IntConsumer progress, Lanes.Task<SymbolPredictor, R> task) {
        return each(false, count, progress, task);
    }

    /** Runs a task for each item on all threads, each with a predictor of its own. @param ends whether it codes where items end */
    <R> List<R> each(boolean ends, int count, IntConsumer progress, Lanes.Task<SymbolPredictor, R> task) {
        return Lanes.map(threads, () -> predictor(ends), count, progress, task);
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
    public List<Estimator> estimators(Plan plan, ItemLayout layout, int passes) {
        return List.of(Estimator.exact(scorer(plan, layout), "exact log-likelihood, " + PLAN.describe()));
    }

    @Override
    public List<double[]> conditionals(List<int[]> items, boolean[] known, int position, IntConsumer progress) {
        require(Verb.CONDITIONALS);
        throw new IllegalStateException("not refused");
    }

    @Override
    public Codec<int[]> codec(Plan plan) {
        PLAN.require(plan);
        SymbolPredictor predictor = predictor(false);
        return new Codec<>() {
            @Override
            public void push(AnsStack stack, int[] values) {
                space().check(values);
                StackWriter writer = new StackWriter();
                predictor.write(writer, values, false);
                writer.push(stack);
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
    public ItemCoder coder(Plan plan, ItemLayout layout) {
        require(plan, layout);
        return new ItemCoder() {
            @Override
            public List<byte[]> encode(List<Item> items, IntConsumer progress) {
                return each(items.size(), progress, (predictor, k) -> {
                    Item item = items.get(k);
                    StackWriter writer = new StackWriter();
                    predictor.write(writer, checked(item.values(), layout), false);
                    return writer.checked(CheckedStream.checkOf(item.side(), item.shape(), item.values()));
                });
            }

            @Override
            public List<Optional<int[]>> decode(List<ArchivedItem> items, IntConsumer progress) {
                return each(items.size(), progress, (predictor, k) -> decoded(predictor, items.get(k)));
            }

            @Override
            public long windows(int length, int[] shape) {
                return 1;
            }
        };
    }

    private static Optional<int[]> decoded(SymbolPredictor predictor, ArchivedItem item) {
        byte[] stream = Objects.requireNonNull(item.stream());
        try {
            AnsStack stack = CheckedStream.open(stream, 0, stream.length);
            int[] values = CountsRecords.read(predictor, stack, item.length(), false);
            CheckedStream.close(stack, CheckedStream.checkOf(item.side(), item.shape(), values));
            return Optional.of(values);
        } catch (DamagedException e) {
            return Optional.empty(); // The caller names the item and the place.
        }
    }

    @Override
    public Optional<RecordCoder> records() {
        return Optional.of(new CountsRecords(this, learnt.items));
    }

    @Override
    public ItemScorer scorer(Plan plan, ItemLayout layout) {
        require(plan, layout);
        return new ItemScorer() {
            @Override
            public List<double[]> unitBits(List<Item> items, IntConsumer progress) {
                boolean ends = layout.records(); // a record has a unit more: its end
                return each(ends, items.size(), progress, (predictor, k) -> {
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
