package dev.ardm.core.counts.internal;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.Codec;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.decision.StackReader;
import dev.ardm.core.decision.StackWriter;
import dev.ardm.core.model.Condition;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.ItemScorer;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** What models of counts of items of one size share: an {@link ItemPredictor} scores and codes. */
public abstract class SizedLikelihood implements LikelihoodModel {
    private final Model model;
    private final SinglePlan plan;
    private final int threads;

    /** A likelihood of a model by its only plan. */
    protected SizedLikelihood(Model model, SinglePlan plan, int threads) {
        this.model = model;
        this.plan = plan;
        this.threads = threads;
    }

    /** What codes whole items. */
    protected abstract ItemPredictor predictor();

    /** Number of threads. */
    protected final int threads() {
        return threads;
    }

    @Override
    public final byte[] id() {
        return model.id();
    }

    @Override
    public final Model model() {
        return model;
    }

    @Override
    public final Space space() {
        return model.space();
    }

    @Override
    public final int classes() {
        return 0;
    }

    @Override
    public final LikelihoodModel given(Condition condition) {
        if (condition.label().isPresent()) {
            throw new IllegalArgumentException("this model has no classes");
        }
        return this;
    }

    @Override
    public final Plan plan(int calls) {
        return plan;
    }

    @Override
    public final Plan readPlan(byte[] bytes) {
        return plan.read(bytes);
    }

    /** Refuses other plans, and items of other sizes than the model's. */
    protected final void require(Plan other, ItemLayout layout) {
        plan.require(other);
        if (layout.images()) {
            require(Verb.IMAGES_OF_ANY_SIZE);
        }
        if (layout.sequences()) {
            throw new IllegalArgumentException("this model takes items of one size, not sequences");
        }
    }

    /** Runs a task for each item on all threads. */
    protected final <P, R> List<R> each(
            Supplier<P> predictors, int count, IntConsumer progress, Lanes.Task<P, R> task) {
        return Lanes.map(threads, predictors, count, progress, task);
    }

    @Override
    public final List<Estimator> estimators(Plan by, ItemLayout layout, int passes) {
        return List.of(Estimator.exact(scorer(by, layout), "exact log-likelihood, " + plan.describe()));
    }

    @Override
    public final Codec<int[]> codec(Plan by) {
        plan.require(by);
        ItemPredictor predictor = predictor();
        return new Codec<>() {
            @Override
            public void push(AnsStack stack, int[] values) {
                space().check(values);
                StackWriter writer = new StackWriter();
                predictor.code(position -> writer, values.clone());
                writer.push(stack);
            }

            @Override
            public int[] pop(AnsStack stack) {
                StackReader reader = new StackReader(stack);
                int[] values = new int[space().dimensions()];
                predictor.code(position -> reader, values);
                return values;
            }
        };
    }

    @Override
    public final ItemCoder coder(Plan by, ItemLayout layout) {
        require(by, layout);
        return new ItemCoder() {
            @Override
            public List<byte[]> encode(List<Item> items, IntConsumer progress) {
                return each(SizedLikelihood.this::predictor, items.size(), progress, (predictor, k) -> {
                    Item item = items.get(k);
                    space().check(item.values());
                    StackWriter writer = new StackWriter();
                    predictor.code(position -> writer, item.values().clone());
                    return writer.checked(CheckedStream.checkOf(item.side(), item.shape(), item.values()));
                });
            }

            @Override
            public List<Optional<int[]>> decode(List<ArchivedItem> items, IntConsumer progress) {
                return each(
                        SizedLikelihood.this::predictor,
                        items.size(),
                        progress,
                        (predictor, k) -> decoded(predictor, items.get(k)));
            }

            @Override
            public long windows(int length, int[] shape) {
                return 1;
            }
        };
    }

    private Optional<int[]> decoded(ItemPredictor predictor, ArchivedItem item) {
        byte[] stream = Objects.requireNonNull(item.stream());
        try {
            AnsStack stack = CheckedStream.open(stream, 0, stream.length);
            StackReader reader = new StackReader(stack);
            int[] values = new int[space().dimensions()];
            predictor.code(position -> reader, values);
            CheckedStream.close(stack, CheckedStream.checkOf(item.side(), item.shape(), values));
            return Optional.of(values);
        } catch (DamagedException e) {
            return Optional.empty();
        }
    }

    @Override
    public final ItemScorer scorer(Plan by, ItemLayout layout) {
        require(by, layout);
        return new ItemScorer() {
            @Override
            public List<double[]> unitBits(List<Item> items, IntConsumer progress) {
                return each(SizedLikelihood.this::predictor, items.size(), progress, (predictor, k) -> {
                    int[] values = items.get(k).values();
                    space().check(values);
                    Measure[] measures = new Measure[values.length];
                    predictor.code(position -> measures[position] = new Measure(), values.clone());
                    return Arrays.stream(measures).mapToDouble(Measure::bits).toArray();
                });
            }

            @Override
            public long windows(int length, int[] shape) {
                return 1;
            }
        };
    }
}
