package dev.ardm.core.masking;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.model.Condition;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.GenerationListener;
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.ItemScorer;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.RecordCoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A causal model of sequences that contain their end: they end by themselves, as records. Items of a layout that keeps their length are
 * coded without an end, and do not pay for one.
 */
final class TerminatedModel extends ArdmModel {
    private final Evaluator ended;

    /** @param ended evaluates items with their end */
    TerminatedModel(Evaluator ended) {
        super(ended.withoutEnd());
        this.ended = ended;
    }

    @Override
    public TerminatedModel on(int threads) {
        return ended.threads() == threads ? this : new TerminatedModel(ended.on(threads));
    }

    @Override
    public TerminatedModel given(Condition condition) {
        super.given(condition); // refuses a label
        return this;
    }

    /** {@inheritDoc} Records do, which end by themselves. */
    @Override
    public boolean ends() {
        return false;
    }

    @Override
    public Optional<RecordCoder> records() {
        return Optional.of(new EndedRecords(ended));
    }

    @Override
    public ItemScorer scorer(Plan plan, ItemLayout layout) {
        return layout.equals(ItemLayout.RECORDS) ? new EndedRecords(ended) : super.scorer(plan, layout);
    }

    @Override
    public List<Estimator> estimators(Plan plan, ItemLayout layout, int passes) {
        return layout.equals(ItemLayout.RECORDS)
                ? List.of(Estimator.exact(scorer(plan, layout), "exact log-likelihood of records with their ends"))
                : super.estimators(plan, layout, passes);
    }

    /** {@inheritDoc} A sequence of which no value is known, or that is open, may end earlier. */
    @Override
    public ItemGenerator generator(LongFunction<? extends Plan> plans, ItemLayout layout, int alignment) {
        ItemGenerator fixed = super.generator(plans, layout, alignment);
        if (!layout.sequences()) {
            return fixed;
        }
        ItemGenerator ending = new EndedGenerator(ended);
        return (items, first, seed, listener) -> {
            List<Item> all = new ArrayList<>();
            while (all.size() < items.size()) {
                int from = all.size();
                boolean ends = ends(items.get(from));
                int to = from;
                while (to < items.size() && ends(items.get(to)) == ends) {
                    to++;
                }
                all.addAll((ends ? ending : fixed)
                        .generate(items.subList(from, to), first + from, seed, after(listener, from)));
            }
            return all;
        };
    }

    private static boolean ends(PartialItem item) {
        return item.open() || item.known().length > 0 && !item.known()[0];
    }

    /** Numbers items as in the whole list. */
    private static GenerationListener after(GenerationListener listener, int before) {
        return new GenerationListener() {
            @Override
            public void done(int items) {
                listener.done(before + items);
            }

            @Override
            public void decided(int item, int[] positions, int[] values) {
                listener.decided(before + item, positions, values);
            }
        };
    }
}
