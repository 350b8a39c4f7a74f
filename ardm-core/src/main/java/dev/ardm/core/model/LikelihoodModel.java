package dev.ardm.core.model;

import dev.ardm.coding.Codec;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A model of any family, as commands, archives and pages use it. {@link Model#open} makes one. Safe for use by several threads;
 * nothing returned depends on the number of threads, or on what else is in a list.
 */
public interface LikelihoodModel {
    /** Ignores progress. */
    IntConsumer NO_PROGRESS = done -> {};

    /** Identifies the model: 32 bytes, see {@link Model#id}. */
    byte[] id();

    /** The content of its model file. */
    Model model();

    /** The space of the items. */
    Space space();

    /**
     * Whether estimators, plans and generators of items of the model's size take sequences that are shorter, as what they are. A coder
     * takes them, as {@link ItemLayout#sequences}, in any case.
     */
    default boolean ends() {
        return false;
    }

    /**
     * How many values a sample has whose length is not given: at most those of the space. Depends on the seed and the number only.
     *
     * @param number of the sample
     */
    default int sampleLength(long seed, long number) {
        return space().dimensions();
    }

    /**
     * Whether a value depends on those next to it only. That is enough to store items; what it draws has no shape as a whole, and another
     * model draws better.
     */
    default boolean local() {
        return false;
    }

    /** The number of network calls an item is worth, if that was measured. */
    default OptionalInt usualCalls() {
        return OptionalInt.empty();
    }

    /** Number of classes of a {@link Condition#label}; 0 without classes. */
    int classes();

    /** The verbs that it lacks, each with the reason. */
    Map<Verb, String> refusals();

    /** The verbs that it has. */
    default Set<Verb> verbs() {
        Set<Verb> verbs = EnumSet.allOf(Verb.class);
        verbs.removeAll(refusals().keySet());
        return verbs;
    }

    /**
     * Refuses a verb that it lacks.
     *
     * @throws IllegalArgumentException if it lacks the verb, with the reason
     */
    default void require(Verb verb) {
        String why = refusals().get(verb);
        if (why != null) {
            throw new IllegalArgumentException(why);
        }
    }

    /** The models that it consists of: itself, unless its file holds several. */
    default List<LikelihoodModel> parts() {
        return List.of(this);
    }

    /**
     * The part that carries out a verb: this model, unless its file holds several. Archives are of that part: they have its id and one of
     * its plans, and its own file opens them.
     *
     * @param layout of the items
     */
    default LikelihoodModel part(Verb verb, ItemLayout layout) {
        return this;
    }

    /** The part with an id; this model if none has it. */
    default LikelihoodModel part(byte[] id) {
        return parts().stream()
                .filter(part -> Arrays.equals(part.id(), id))
                .findFirst()
                .orElse(this);
    }

    /**
     * What a plan of this model is for a part.
     *
     * @param part one of {@link #parts}
     */
    default Plan planOf(LikelihoodModel part, Plan plan) {
        return plan;
    }

    /**
     * This model under a condition, which holds for all items it samples, fills, scores or codes. Streams decode only under the
     * same condition; an archive does not keep it. Shares weights and threads with this one.
     *
     * @throws IllegalArgumentException if the class does not exist
     */
    LikelihoodModel given(Condition condition);

    /** This model on that many threads, at least 1; shares weights with this one. */
    LikelihoodModel on(int threads);

    /** The best plan of at most that many network calls, at least 1. */
    Plan plan(int calls);

    /**
     * Reads a plan.
     *
     * @throws IllegalArgumentException if the bytes are not a plan for this model
     */
    Plan readPlan(byte[] bytes);

    /**
     * A generator of unknown values.
     *
     * @param plans the plan of each item, by its number
     * @param layout of the items
     * @param alignment in items of another size than the model's, windows begin at multiples of it, except a last window that
     *     ends with the item; at least 1
     * @throws IllegalArgumentException if the layout does not fit
     */
    ItemGenerator generator(LongFunction<? extends Plan> plans, ItemLayout layout, int alignment);

    /** A generator by one plan. */
    default ItemGenerator generator(Plan plan, ItemLayout layout, int alignment) {
        return generator(number -> plan, layout, alignment);
    }

    /**
     * The methods to measure the likelihood of items: {@link Estimator#PLAN}; for items of the model's size also {@link
     * Estimator#BOUND} and others.
     *
     * @param plan whose cost {@link Estimator#PLAN} measures
     * @param layout of the items
     * @param passes random draws per item, for methods that draw at random; at least 1
     */
    List<Estimator> estimators(Plan plan, ItemLayout layout, int passes);

    /**
     * One of {@link #estimators} for items of the model's size.
     *
     * @param kind {@link Estimator#PLAN} or {@link Estimator#BOUND}
     */
    default Estimator estimator(String kind, Plan plan, int passes) {
        return estimators(plan, ItemLayout.VALUES, passes).stream()
                .filter(one -> one.kind().equals(kind))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("this model has no estimator '" + kind + "'"));
    }

    /**
     * The distributions of one variable given others, for each item. In double precision, for reports and decisions.
     *
     * @param items values; unknown ones are ignored
     * @param known flags of the variables, the same for all items
     * @param position a variable that is not known
     * @return for each item the probabilities of all values of the variable
     * @throws IllegalArgumentException if it lacks {@link Verb#CONDITIONALS}
     */
    List<double[]> conditionals(List<int[]> items, boolean[] known, int position, IntConsumer progress);

    /** A codec for single items; for one thread. */
    Codec<int[]> codec(Plan plan);

    /**
     * A coder of items.
     *
     * @throws IllegalArgumentException if the layout or the plan does not fit, or it lacks {@link Verb#COMPRESS}
     */
    ItemCoder coder(Plan plan, ItemLayout layout);

    /** A coder of records, for models that know where items end. */
    default Optional<RecordCoder> records() {
        return Optional.empty();
    }

    /** A scorer of items; errors as those of {@link #coder}. */
    ItemScorer scorer(Plan plan, ItemLayout layout);

    /** New items, replayable from the seed on any machine; item k depends on the seed and k only. */
    default List<int[]> sample(int count, Plan plan, long seed, IntConsumer progress) {
        requireProgress(progress);
        require(Verb.SAMPLE);
        if (count < 0) {
            throw new IllegalArgumentException("a number of items must not be negative, got " + count);
        }
        return values(generator(plan, ItemLayout.VALUES, 1)
                .generate(
                        Collections.nCopies(count, PartialItem.unknown(space().dimensions())),
                        0,
                        seed,
                        progress::accept));
    }

    /**
     * Items whose unknown values are drawn from the model, conditional on the known ones.
     *
     * @param known for each item D flags, true = known
     */
    default List<int[]> fill(List<int[]> items, List<boolean[]> known, Plan plan, long seed, IntConsumer progress) {
        requireProgress(progress);
        if (items.size() != known.size()) {
            throw new IllegalArgumentException(items.size() + " items with " + known.size() + " masks");
        }
        List<PartialItem> partial = new ArrayList<>();
        for (int k = 0; k < items.size(); k++) {
            partial.add(new PartialItem(Item.of(items.get(k)), known.get(k)));
        }
        return values(generator(plan, ItemLayout.VALUES, 1).generate(partial, 0, seed, progress::accept));
    }

    /** The streams of values of the space, see {@link ItemCoder#encode}. */
    default List<byte[]> encode(List<int[]> values, Plan plan, IntConsumer progress) {
        requireProgress(progress);
        return coder(plan, ItemLayout.VALUES)
                .encode(values.stream().map(Item::of).toList(), progress);
    }

    /** The values of the space that streams hold, see {@link ItemCoder#decode}. */
    default List<Optional<int[]>> decode(List<byte[]> streams, Plan plan, IntConsumer progress) {
        requireProgress(progress);
        int length = space().dimensions();
        return coder(plan, ItemLayout.VALUES)
                .decode(
                        streams.stream()
                                .map(stream -> ArchivedItem.coded(new byte[0], new int[0], length, stream))
                                .toList(),
                        progress);
    }

    /**
     * Refuses to begin what would fail in the middle, on any thread.
     *
     * @throws NullPointerException if the receiver of progress is null
     */
    static void requireProgress(@Nullable IntConsumer progress) {
        Objects.requireNonNull(progress, "progress is null; give LikelihoodModel.NO_PROGRESS where nobody looks");
    }

    private static List<int[]> values(List<Item> items) {
        return items.stream().map(Item::values).toList();
    }
}
