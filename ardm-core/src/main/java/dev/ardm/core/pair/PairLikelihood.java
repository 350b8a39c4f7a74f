package dev.ardm.core.pair;

import dev.ardm.coding.Codec;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.Space;
import dev.ardm.core.model.Condition;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.GenerationListener;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.ItemScorer;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.RecordCoder;
import dev.ardm.core.model.Verb;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;

/** Does each verb by the part that is there for it, or by the other one if that one lacks it. */
final class PairLikelihood implements LikelihoodModel {
    private final PairModel model;
    private final LikelihoodModel storing;
    private final LikelihoodModel filling;

    PairLikelihood(PairModel model, LikelihoodModel storing, LikelihoodModel filling) {
        if (storing.classes() != filling.classes()) {
            throw new IllegalArgumentException(
                    "a pair of models of " + storing.classes() + " and of " + filling.classes() + " classes");
        }
        this.model = model;
        this.storing = storing;
        this.filling = filling;
    }

    /** The part that is there for a verb. */
    private LikelihoodModel meant(Verb verb) {
        return switch (verb) {
            case SCORE, COMPRESS -> storing;
            case SAMPLE -> storing.local() ? filling : storing;
            case FILL, IMAGES_OF_ANY_SIZE, CONDITIONALS, PLAN -> filling;
        };
    }

    private LikelihoodModel part(Verb verb) {
        LikelihoodModel meant = meant(verb);
        LikelihoodModel other = meant == storing ? filling : storing;
        return meant.verbs().contains(verb) || !other.verbs().contains(verb) ? meant : other;
    }

    @Override
    public LikelihoodModel part(Verb verb, ItemLayout layout) {
        return part(layout.images() ? Verb.IMAGES_OF_ANY_SIZE : verb);
    }

    @Override
    public List<LikelihoodModel> parts() {
        return List.of(storing, filling);
    }

    @Override
    public Plan planOf(LikelihoodModel part, Plan plan) {
        return plan instanceof PairPlan both ? part == storing ? both.storing() : both.filling() : plan;
    }

    @Override
    public Map<Verb, String> refusals() {
        Map<Verb, String> refusals = new EnumMap<>(Verb.class);
        for (Verb verb : Verb.values()) {
            String why = part(verb).refusals().get(verb);
            if (why != null) {
                refusals.put(verb, why);
            }
        }
        return refusals;
    }

    @Override
    public byte[] id() {
        return model.id();
    }

    @Override
    public PairModel model() {
        return model;
    }

    @Override
    public Space space() {
        return model.space();
    }

    @Override
    public boolean ends() {
        return storing.ends() && filling.ends();
    }

    @Override
    public boolean local() {
        return part(Verb.SAMPLE).local();
    }

    /** {@inheritDoc} By the part that stores, whose calls a plan counts. */
    @Override
    public OptionalInt usualCalls() {
        return storing.usualCalls();
    }

    @Override
    public int sampleLength(long seed, long number) {
        return part(Verb.SAMPLE).sampleLength(seed, number);
    }

    @Override
    public int classes() {
        return storing.classes();
    }

    @Override
    public LikelihoodModel given(Condition condition) {
        return new PairLikelihood(model, storing.given(condition), filling.given(condition));
    }

    @Override
    public LikelihoodModel on(int threads) {
        return new PairLikelihood(model, storing.on(threads), filling.on(threads));
    }

    @Override
    public Plan plan(int calls) {
        return new PairPlan(storing.plan(calls), filling.plan(calls));
    }

    @Override
    public Plan readPlan(byte[] bytes) {
        return PairPlan.read(bytes, storing, filling);
    }

    /** {@inheritDoc} An item of which nothing is known is a sample, and any other is filled in. */
    @Override
    public ItemGenerator generator(LongFunction<? extends Plan> plans, ItemLayout layout, int alignment) {
        ItemGenerator samples = of(part(Verb.SAMPLE, layout), plans, layout, alignment);
        ItemGenerator fills = of(part(Verb.FILL, layout), plans, layout, alignment);
        return (items, first, seed, listener) -> {
            List<Item> all = new ArrayList<>();
            int end;
            for (int from = 0; from < items.size(); from = end) {
                boolean known = anyKnown(items.get(from));
                end = from + 1;
                while (end < items.size() && anyKnown(items.get(end)) == known) {
                    end++;
                }
                all.addAll((known ? fills : samples)
                        .generate(items.subList(from, end), first + from, seed, new Later(listener, from)));
            }
            return all;
        };
    }

    private ItemGenerator of(
            LikelihoodModel part, LongFunction<? extends Plan> plans, ItemLayout layout, int alignment) {
        return part.generator(number -> planOf(part, plans.apply(number)), layout, alignment);
    }

    /** What is told of items that come after others. */
    private record Later(GenerationListener listener, int before) implements GenerationListener {
        @Override
        public void done(int items) {
            listener.done(before + items);
        }

        @Override
        public void decided(int item, int[] positions, int[] values) {
            listener.decided(before + item, positions, values);
        }
    }

    private static boolean anyKnown(PartialItem item) {
        for (boolean known : item.known()) {
            if (known) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Estimator> estimators(Plan plan, ItemLayout layout, int passes) {
        LikelihoodModel part = part(Verb.SCORE, layout);
        return part.estimators(planOf(part, plan), layout, passes);
    }

    @Override
    public List<double[]> conditionals(List<int[]> items, boolean[] known, int position, IntConsumer progress) {
        return part(Verb.CONDITIONALS).conditionals(items, known, position, progress);
    }

    @Override
    public Codec<int[]> codec(Plan plan) {
        LikelihoodModel part = part(Verb.COMPRESS);
        return part.codec(planOf(part, plan));
    }

    @Override
    public ItemCoder coder(Plan plan, ItemLayout layout) {
        LikelihoodModel part = part(Verb.COMPRESS, layout);
        return part.coder(planOf(part, plan), layout);
    }

    @Override
    public Optional<RecordCoder> records() {
        return part(Verb.COMPRESS).records();
    }

    @Override
    public ItemScorer scorer(Plan plan, ItemLayout layout) {
        LikelihoodModel part = part(Verb.SCORE, layout);
        return part.scorer(planOf(part, plan), layout);
    }
}
