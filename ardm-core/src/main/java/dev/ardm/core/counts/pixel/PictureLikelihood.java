package dev.ardm.core.counts.pixel;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.Codec;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
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
import dev.ardm.core.model.Model;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.RecordCoder;
import dev.ardm.core.model.Verb;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;

/** Codes and scores pictures of any size, each as a whole. */
final class PictureLikelihood implements LikelihoodModel {
    static final SinglePlan PLAN = new SinglePlan('q', "pixel by pixel");

    private static final Map<Verb, String> REFUSALS = Map.of(
            Verb.SAMPLE, "a model of counts of pictures of any size does not draw any",
            Verb.FILL, "a model of counts of pictures of any size does not draw any",
            Verb.IMAGES_OF_ANY_SIZE, "a model of counts of pictures takes them whole, as records",
            Verb.CONDITIONALS, "a model of counts knows what comes before a value only",
            Verb.PLAN, "a model of counts has no network, so there are no calls to plan");

    private final PictureCountsModel model;
    private final LearntImages<PicturePredictor> learnt;
    private final int threads;

    PictureLikelihood(PictureCountsModel model, LearntImages<PicturePredictor> learnt, int threads) {
        this.model = model;
        this.learnt = learnt;
        this.threads = threads;
    }

    @Override
    public byte[] id() {
        return model.id();
    }

    @Override
    public Model model() {
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
        return new PictureLikelihood(model, learnt, number);
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

    /** Runs a task for each item on all threads, each with a predictor of its own. */
    <R> List<R> each(int count, IntConsumer progress, Lanes.Task<PicturePredictor.Lane, R> task) {
        return Lanes.map(threads, () -> learnt.predictor().new Lane(), count, progress, task);
    }

    @Override
    public ItemGenerator generator(LongFunction<? extends Plan> plans, ItemLayout layout, int alignment) {
        require(Verb.FILL);
        throw new IllegalStateException("not refused");
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

    private int[] checked(int[] values) {
        space().checkValues(values);
        return values;
    }

    /** The symbols of an item. */
    StackWriter written(PicturePredictor.Lane lane, int[] values) {
        StackWriter writer = new StackWriter();
        lane.write(writer, checked(values), false);
        return writer;
    }

    /** Reads an item of a checked stream, of so many values at most. */
    static int[] read(PicturePredictor.Lane lane, AnsStack stack, int most) throws DamagedException {
        return lane.code(new StackReader(stack), null, most, false, () -> {
            // No writer leaves a smaller head than it began with.
            if (stack.words() == 0 && stack.head() < 1 << CheckedStream.MIN_CHECK_BITS) {
                throw DamagedException.inStream(0, "the stream ends too early");
            }
        });
    }

    @Override
    public Codec<int[]> codec(Plan plan) {
        PLAN.require(plan);
        PicturePredictor.Lane lane = learnt.predictor().new Lane();
        return new Codec<>() {
            @Override
            public void push(AnsStack stack, int[] values) {
                space().check(values);
                written(lane, values).push(stack);
            }

            @Override
            public int[] pop(AnsStack stack) {
                try {
                    return lane.code(new StackReader(stack), null, space().dimensions(), false, () -> {});
                } catch (DamagedException e) {
                    throw new IllegalArgumentException(e.getMessage(), e);
                }
            }
        };
    }

    @Override
    public ItemCoder coder(Plan plan, ItemLayout layout) {
        require(plan, layout);
        return new ItemCoder() {
            @Override
            public List<byte[]> encode(List<Item> items, IntConsumer progress) {
                return each(items.size(), progress, (lane, k) -> {
                    Item item = items.get(k);
                    return written(lane, item.values())
                            .checked(CheckedStream.checkOf(item.side(), item.shape(), item.values()));
                });
            }

            @Override
            public List<Optional<int[]>> decode(List<ArchivedItem> items, IntConsumer progress) {
                return each(items.size(), progress, (lane, k) -> decoded(lane, items.get(k)));
            }

            @Override
            public long windows(int length, int[] shape) {
                return 1;
            }
        };
    }

    private static Optional<int[]> decoded(PicturePredictor.Lane lane, ArchivedItem item) {
        byte[] stream = Objects.requireNonNull(item.stream());
        try {
            AnsStack stack = CheckedStream.open(stream, 0, stream.length);
            int[] values = read(lane, stack, Math.min(item.length(), RecordGroup.MOST_CODED_VALUES));
            CheckedStream.close(stack, CheckedStream.checkOf(item.side(), item.shape(), values));
            return values.length == item.length() ? Optional.of(values) : Optional.empty();
        } catch (DamagedException e) {
            return Optional.empty(); // The caller names the item and the place.
        }
    }

    @Override
    public Optional<RecordCoder> records() {
        return Optional.of(new PictureRecords(this, learnt));
    }

    @Override
    public ItemScorer scorer(Plan plan, ItemLayout layout) {
        require(plan, layout);
        return new ItemScorer() {
            @Override
            public List<double[]> unitBits(List<Item> items, IntConsumer progress) {
                return each(items.size(), progress, (lane, k) -> {
                    Measure measure = new Measure();
                    lane.write(measure, checked(items.get(k).values()), false);
                    return new double[] {measure.bits()};
                });
            }

            @Override
            public long windows(int length, int[] shape) {
                return 1;
            }
        };
    }
}
