package dev.ardm.core.counts.internal;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.Codec;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.decision.StackReader;
import dev.ardm.core.decision.StackWriter;
import dev.ardm.core.model.ItemScorer;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** What models of counts of items of one size share: an {@link ItemPredictor} scores and codes. */
public abstract class SizedLikelihood extends SinglePlanLikelihood<ItemPredictor> {
    /** A likelihood of a model by its only plan. */
    protected SizedLikelihood(Model model, SinglePlan plan, int threads) {
        super(model, plan, threads);
    }

    @Override
    protected final StackWriter written(ItemPredictor predictor, int[] values, ItemLayout layout) {
        space().check(values);
        StackWriter writer = new StackWriter();
        predictor.code(position -> writer, values.clone());
        return writer;
    }

    @Override
    protected final int[] values(ItemPredictor predictor, AnsStack stack, int claimed) {
        StackReader reader = new StackReader(stack);
        int[] values = new int[space().dimensions()];
        predictor.code(position -> reader, values);
        return values;
    }

    /** {@inheritDoc} Items have one size. */
    @Override
    protected final void require(Plan other, ItemLayout layout) {
        super.require(other, layout);
        if (layout.sequences()) {
            throw new IllegalArgumentException("this model takes items of one size, not sequences");
        }
    }

    @Override
    public final Codec<int[]> codec(Plan by) {
        require(by, ItemLayout.VALUES);
        ItemPredictor predictor = predictor();
        return new Codec<>() {
            @Override
            public void push(AnsStack stack, int[] values) {
                written(predictor, values, ItemLayout.VALUES).push(stack);
            }

            @Override
            public int[] pop(AnsStack stack) {
                return values(predictor, stack, space().dimensions());
            }
        };
    }

    @Override
    public final ItemScorer scorer(Plan by, ItemLayout layout) {
        require(by, layout);
        return new ItemScorer() {
            @Override
            public List<double[]> unitBits(List<Item> items, IntConsumer progress) {
                return each(items.size(), progress, (predictor, k) -> {
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
