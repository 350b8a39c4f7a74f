package dev.ardm.core.counts.pixel;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.Codec;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.core.Item;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;

/** Codes and scores pictures of any size, each as a whole. */
final class PictureLikelihood extends SinglePlanLikelihood<PicturePredictor.Lane> {
    static final SinglePlan PLAN = new SinglePlan('q', "pixel by pixel");

    private static final Map<Verb, String> REFUSALS = Map.of(
            Verb.SAMPLE, "a model of counts of pictures of any size does not draw any",
            Verb.FILL, "a model of counts of pictures of any size does not draw any",
            Verb.IMAGES_OF_ANY_SIZE, "a model of counts of pictures takes them whole, as records",
            Verb.CONDITIONALS, "a model of counts knows what comes before a value only",
            Verb.PLAN, "a model of counts has no network, so there are no calls to plan");

    private final PictureCountsModel model;
    private final LearntImages<PicturePredictor> learnt;

    PictureLikelihood(PictureCountsModel model, LearntImages<PicturePredictor> learnt, int threads) {
        super(model, PLAN, threads);
        this.model = model;
        this.learnt = learnt;
    }

    @Override
    protected PicturePredictor.Lane predictor() {
        return learnt.predictor().new Lane();
    }

    @Override
    public Map<Verb, String> refusals() {
        return REFUSALS;
    }

    @Override
    public LikelihoodModel on(int number) {
        return new PictureLikelihood(model, learnt, number);
    }

    @Override
    public ItemGenerator generator(LongFunction<? extends Plan> plans, ItemLayout layout, int alignment) {
        require(Verb.FILL);
        throw new IllegalStateException("not refused");
    }

    private int[] checked(int[] values) {
        space().checkValues(values);
        return values;
    }

    @Override
    protected StackWriter written(PicturePredictor.Lane lane, int[] values, ItemLayout layout) {
        StackWriter writer = new StackWriter();
        lane.write(writer, checked(values), false);
        return writer;
    }

    @Override
    protected int[] values(PicturePredictor.Lane lane, AnsStack stack, int claimed) throws DamagedException {
        return read(lane, stack, Math.min(claimed, RecordGroup.MOST_CODED_VALUES));
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
        PicturePredictor.Lane lane = predictor();
        return new Codec<>() {
            @Override
            public void push(AnsStack stack, int[] values) {
                space().check(values);
                written(lane, values, ItemLayout.VALUES).push(stack);
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
    public Optional<RecordCoder> records() {
        return Optional.of(records(this::predictor, learnt.count(), learnt::image));
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
