package dev.ardm.core.counts.internal;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.decision.StackWriter;
import dev.ardm.core.model.Condition;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.RecordCoder;
import dev.ardm.core.model.Verb;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What models of counts share: they have no classes and a single plan, and each item is coded with what its thread has.
 *
 * @param <P> what a thread codes items with
 */
public abstract class SinglePlanLikelihood<P> implements LikelihoodModel {
    private final Model model;
    private final SinglePlan plan;
    private final int threads;
    private final Lanes<P> lanes = new Lanes<>(this::predictor);

    /** A likelihood of a model by its only plan. */
    protected SinglePlanLikelihood(Model model, SinglePlan plan, int threads) {
        this.model = model;
        this.plan = plan;
        this.threads = threads;
    }

    /** What a thread codes items with. */
    protected abstract P predictor();

    /**
     * The symbols of an item.
     *
     * @throws IllegalArgumentException if the values are not an item of the layout
     */
    protected abstract StackWriter written(P predictor, int[] values, ItemLayout layout);

    /**
     * Reads an item of a checked stream.
     *
     * @param claimed the number of values; of a record the most
     */
    protected abstract int[] values(P predictor, AnsStack stack, int claimed) throws DamagedException;

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

    /** Refuses other plans, and layouts that the model does not take. */
    protected void require(Plan other, ItemLayout layout) {
        plan.require(other);
        if (layout.images()) {
            require(Verb.IMAGES_OF_ANY_SIZE);
        }
    }

    /** Runs a task for each item on all threads, each with a predictor of its own. */
    protected final <R> List<R> each(int count, IntConsumer progress, Lanes.Task<P, R> task) {
        return lanes.map(threads, count, progress, task);
    }

    /** Runs a task for each item on all threads, each with what a supplier makes. */
    protected final <Q, R> List<R> each(Supplier<Q> own, int count, IntConsumer progress, Lanes.Task<Q, R> task) {
        return new Lanes<>(own).map(threads, count, progress, task);
    }

    @Override
    public final List<Estimator> estimators(Plan by, ItemLayout layout, int passes) {
        return List.of(Estimator.exact(scorer(by, layout), "exact log-likelihood, " + plan.describe()));
    }

    @Override
    public List<double[]> conditionals(List<int[]> items, boolean[] known, int position, IntConsumer progress) {
        require(Verb.CONDITIONALS);
        throw new IllegalStateException("not refused");
    }

    @Override
    public final ItemCoder coder(Plan by, ItemLayout layout) {
        require(by, layout);
        return new ItemCoder() {
            @Override
            public List<byte[]> encode(List<Item> items, IntConsumer progress) {
                return each(items.size(), progress, (predictor, k) -> {
                    Item item = items.get(k);
                    return written(predictor, item.values(), layout)
                            .checked(CheckedStream.checkOf(item.side(), item.shape(), item.values()));
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

    /**
     * A coder of records.
     *
     * @param predictors make what a thread codes records with
     * @param learntCount number of items that the model contains
     * @param learnt the values of each
     */
    protected final RecordCoder records(Supplier<P> predictors, int learntCount, IntFunction<int[]> learnt) {
        return new PredictedRecords<>(this, new Lanes<>(predictors), learntCount, learnt);
    }

    private Optional<int[]> decoded(P predictor, ArchivedItem item) {
        byte[] stream = Objects.requireNonNull(item.stream());
        try {
            AnsStack stack = CheckedStream.open(stream, 0, stream.length);
            int[] values = values(predictor, stack, item.length());
            CheckedStream.close(stack, CheckedStream.checkOf(item.side(), item.shape(), values));
            return values.length == item.length() ? Optional.of(values) : Optional.empty();
        } catch (DamagedException e) {
            return Optional.empty(); // The caller names the item and the place.
        }
    }
}
