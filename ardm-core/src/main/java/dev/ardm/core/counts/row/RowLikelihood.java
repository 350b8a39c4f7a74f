package dev.ardm.core.counts.row;

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
import dev.ardm.core.counts.internal.Draw;
import dev.ardm.core.counts.internal.Measure;
import dev.ardm.core.counts.internal.StackReader;
import dev.ardm.core.counts.internal.StackWriter;
import dev.ardm.core.counts.internal.SymbolCoder;
import dev.ardm.core.engine.Parallel;
import dev.ardm.core.model.Condition;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.GenerationListener;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.ItemScorer;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Codes, samples, fills and scores rows column by column. */
final class RowLikelihood implements LikelihoodModel {
    private static final Map<Verb, String> REFUSALS = Map.of(
            Verb.IMAGES_OF_ANY_SIZE, "a model of counts knows rows, not images",
            Verb.PLAN, "a model of counts has no network, so there are no calls to plan");

    private final RowCountsModel model;
    private final Conditions conditions;
    private final int threads;

    RowLikelihood(RowCountsModel model, Conditions conditions, int threads) {
        this.model = model;
        this.conditions = conditions;
        this.threads = threads;
    }

    @Override
    public byte[] id() {
        return model.id();
    }

    @Override
    public RowCountsModel model() {
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
        return new RowLikelihood(model, conditions, number);
    }

    @Override
    public Plan plan(int calls) {
        return RowPlan.PLAN;
    }

    @Override
    public Plan readPlan(byte[] bytes) {
        return RowPlan.of(bytes);
    }

    private void require(ItemLayout layout) {
        if (layout.images()) {
            require(Verb.IMAGES_OF_ANY_SIZE);
        }
        if (layout.sequences()) {
            throw new IllegalArgumentException("a model of counts of rows takes rows, not sequences");
        }
    }

    /** Predictors of columns, for one thread. */
    private static final class Lanes implements AutoCloseable {
        private final List<ColumnPredictor> predictors;
        private final List<ColumnPredictor.Lane> lanes = new ArrayList<>();

        Lanes(List<ColumnPredictor> predictors) {
            this.predictors = predictors;
            predictors.forEach(predictor -> lanes.add(predictor.new Lane()));
        }

        /** Codes the columns of a row; what is read is put into it. */
        void code(SymbolCoder coder, int[] row) {
            for (int k = 0; k < lanes.size(); k++) {
                int column = predictors.get(k).column();
                row[column] = lanes.get(k).code(coder, row, row[column]);
            }
        }

        @Override
        public void close() {}
    }

    private interface Task<R> {
        R run(Lanes lanes, int item);
    }

    /** Runs a task for each item on all threads. */
    private <R> List<R> each(List<ColumnPredictor> predictors, int count, IntConsumer progress, Task<R> task) {
        AtomicInteger done = new AtomicInteger();
        IntFunction<Lanes> lanes = ignored -> new Lanes(predictors);
        return Parallel.map(threads, count, lanes, (own, k) -> {
            R result = task.run(own, k);
            progress.accept(done.incrementAndGet());
            return result;
        });
    }

    /** {@inheritDoc} Items that have the same columns known are drawn together. */
    @Override
    public ItemGenerator generator(LongFunction<? extends Plan> plans, ItemLayout layout, int alignment) {
        require(layout);
        return (items, first, seed, listener) -> {
            Map<List<Boolean>, List<Integer>> groups = new LinkedHashMap<>();
            for (int n = 0; n < items.size(); n++) {
                RowPlan.require(plans.apply(first + n));
                groups.computeIfAbsent(flags(items.get(n).known()), ignored -> new ArrayList<>())
                        .add(n);
            }
            @Nullable Item[] drawn = new @Nullable Item[items.size()];
            int before = 0;
            for (List<Integer> group : groups.values()) {
                draw(items, group, first, seed, listener, before, drawn);
                before += group.size();
            }
            return Arrays.stream(drawn).map(Objects::requireNonNull).toList();
        };
    }

    private static List<Boolean> flags(boolean[] known) {
        List<Boolean> flags = new ArrayList<>();
        for (boolean flag : known) {
            flags.add(flag);
        }
        return flags;
    }

    /** Draws items that have the same columns known. */
    private void draw(
            List<PartialItem> items,
            List<Integer> group,
            long first,
            long seed,
            GenerationListener listener,
            int before,
            @Nullable Item[] drawn) {
        List<int[]> rows = new ArrayList<>();
        for (int n : group) {
            int[] row = items.get(n).item().values().clone();
            for (int c = 0; c < row.length; c++) {
                row[c] = items.get(n).known()[c] ? row[c] : 0;
            }
            space().check(row);
            rows.add(row);
        }
        boolean[] known = items.get(group.get(0)).known();
        each(conditions.given(known, threads), group.size(), done -> listener.done(before + done), (lanes, k) -> {
            int n = group.get(k);
            Item item = items.get(n).item();
            lanes.code(new Draw(RandomStream.of(seed, Purpose.SAMPLE, first + n)), rows.get(k));
            drawn[n] = new Item(item.name(), item.modified(), item.shape(), rows.get(k), item.side());
            return n;
        });
    }

    @Override
    public List<Estimator> estimators(Plan plan, ItemLayout layout, int passes) {
        ItemScorer scorer = scorer(plan, layout);
        return List.of(new Estimator() {
            @Override
            public String kind() {
                return PLAN;
            }

            @Override
            public int calls() {
                return 1;
            }

            @Override
            public Estimate measure(List<Item> items, long seed, IntConsumer progress) {
                double[] bits = scorer.unitBits(items, progress).stream()
                        .mapToDouble(Estimate::total)
                        .toArray();
                int[] dimensions = new int[items.size()];
                Arrays.fill(dimensions, space().dimensions());
                return Estimate.ofSizes("exact log-likelihood, column by column", bits, dimensions, 1);
            }
        });
    }

    @Override
    public List<double[]> conditionals(List<int[]> items, boolean[] known, int position, IntConsumer progress) {
        if (known.length != space().dimensions() || known[position]) {
            throw new IllegalArgumentException("value " + position + " of " + known.length + " is not one to be asked for");
        }
        ColumnPredictor predictor = conditions.given(known, position, threads);
        return each(List.of(predictor), items.size(), progress, (lanes, k) -> lanes.lanes
                .get(0)
                .distribution(items.get(k)));
    }

    @Override
    public Codec<int[]> codec(Plan plan) {
        RowPlan.require(plan);
        Lanes lanes = new Lanes(conditions.coding());
        return new Codec<>() {
            @Override
            public void push(AnsStack stack, int[] values) {
                space().check(values);
                StackWriter writer = new StackWriter();
                lanes.code(writer, values.clone());
                writer.push(stack);
            }

            @Override
            public int[] pop(AnsStack stack) {
                int[] values = new int[space().dimensions()];
                lanes.code(new StackReader(stack), values);
                return values;
            }
        };
    }

    @Override
    public ItemCoder coder(Plan plan, ItemLayout layout) {
        RowPlan.require(plan);
        require(layout);
        return new ItemCoder() {
            @Override
            public List<byte[]> encode(List<Item> items, IntConsumer progress) {
                return each(conditions.coding(), items.size(), progress, (lanes, k) -> {
                    Item item = items.get(k);
                    space().check(item.values());
                    StackWriter writer = new StackWriter();
                    lanes.code(writer, item.values().clone());
                    return writer.checked(CheckedStream.checkOf(item.side(), item.shape(), item.values()));
                });
            }

            @Override
            public List<Optional<int[]>> decode(List<ArchivedItem> items, IntConsumer progress) {
                return each(conditions.coding(), items.size(), progress, (lanes, k) -> decoded(lanes, items.get(k)));
            }

            @Override
            public long windows(int length, int[] shape) {
                return 1;
            }
        };
    }

    private static Optional<int[]> decoded(Lanes lanes, ArchivedItem item) {
        byte[] stream = Objects.requireNonNull(item.stream());
        try {
            AnsStack stack = CheckedStream.open(stream, 0, stream.length);
            int[] values = new int[item.length()];
            lanes.code(new StackReader(stack), values);
            CheckedStream.close(stack, CheckedStream.checkOf(item.side(), item.shape(), values));
            return Optional.of(values);
        } catch (DamagedException e) {
            return Optional.empty();
        }
    }

    @Override
    public ItemScorer scorer(Plan plan, ItemLayout layout) {
        RowPlan.require(plan);
        require(layout);
        return new ItemScorer() {
            @Override
            public List<double[]> unitBits(List<Item> items, IntConsumer progress) {
                return each(conditions.coding(), items.size(), progress, (lanes, k) -> {
                    int[] values = items.get(k).values();
                    space().check(values);
                    double[] bits = new double[values.length];
                    for (int j = 0; j < lanes.lanes.size(); j++) {
                        Measure measure = new Measure();
                        int column = lanes.predictors.get(j).column();
                        lanes.lanes.get(j).code(measure, values, values[column]);
                        bits[column] = measure.bits();
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
