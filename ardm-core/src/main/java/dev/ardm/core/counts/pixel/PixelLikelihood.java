package dev.ardm.core.counts.pixel;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.counts.internal.Beginning;
import dev.ardm.core.counts.internal.Draw;
import dev.ardm.core.counts.internal.ItemPredictor;
import dev.ardm.core.counts.internal.Measure;
import dev.ardm.core.counts.internal.SinglePlan;
import dev.ardm.core.counts.internal.SizedLikelihood;
import dev.ardm.core.decision.SymbolCoder;
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.RecordCoder;
import dev.ardm.core.model.Verb;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** Codes, samples, continues and scores images, row by row from left to right. */
final class PixelLikelihood extends SizedLikelihood {
    static final SinglePlan PLAN = new SinglePlan('p', "row by row from left to right");

    private static final Map<Verb, String> REFUSALS = Map.of(
            Verb.IMAGES_OF_ANY_SIZE, "a model of counts knows images of one size",
            Verb.CONDITIONALS, "a model of counts knows what comes before a value only",
            Verb.PLAN, "a model of counts has no network, so there are no calls to plan");

    private final PixelCountsModel model;
    private final LearntImages<PixelPredictor> learnt;

    PixelLikelihood(PixelCountsModel model, LearntImages<PixelPredictor> learnt, int threads) {
        super(model, PLAN, threads);
        this.model = model;
        this.learnt = learnt;
    }

    @Override
    public boolean local() {
        return true;
    }

    @Override
    protected ItemPredictor predictor() {
        return learnt.predictor().new Lane();
    }

    @Override
    public Optional<RecordCoder> records() {
        return Optional.of(records(this::predictor, learnt.count(), learnt::image));
    }

    @Override
    public Map<Verb, String> refusals() {
        return REFUSALS;
    }

    @Override
    public LikelihoodModel on(int threads) {
        return new PixelLikelihood(model, learnt, threads);
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
    private static int[] continued(ItemPredictor predictor, PartialItem partial, RandomStream random) {
        int[] values = partial.item().values().clone();
        int end = Beginning.of(partial);
        Arrays.fill(values, end, values.length, 0);
        SymbolCoder given = new Measure();
        SymbolCoder draw = new Draw(random);
        predictor.code(position -> position < end ? given : draw, values);
        return values;
    }
}
