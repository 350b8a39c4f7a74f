package dev.ardm.core.counts.row;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.counts.internal.Draw;
import dev.ardm.core.counts.internal.ItemPredictor;
import dev.ardm.core.counts.internal.SinglePlan;
import dev.ardm.core.counts.internal.SizedLikelihood;
import dev.ardm.core.decision.SymbolCoder;
import dev.ardm.core.model.GenerationListener;
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Codes, samples, fills and scores rows column by column. */
final class RowLikelihood extends SizedLikelihood {
    static final SinglePlan PLAN = new SinglePlan('r', "column by column");

    private static final Map<Verb, String> REFUSALS = Map.of(
            Verb.IMAGES_OF_ANY_SIZE, "a model of counts of rows knows no images",
            Verb.PLAN, "a model of counts has no network, so there are no calls to plan");

    private final RowCountsModel model;
    private final Conditions conditions;

    RowLikelihood(RowCountsModel model, Conditions conditions, int threads) {
        super(model, PLAN, threads);
        this.model = model;
        this.conditions = conditions;
    }

    /** Predictors of columns, for one thread. */
    private static final class Lanes implements ItemPredictor {
        private final List<ColumnPredictor> predictors;
        private final List<ColumnPredictor.Lane> lanes = new ArrayList<>();

        Lanes(List<ColumnPredictor> predictors) {
            this.predictors = predictors;
            predictors.forEach(predictor -> lanes.add(predictor.new Lane()));
        }

        @Override
        public void code(IntFunction<? extends SymbolCoder> coders, int[] row) {
            for (int k = 0; k < lanes.size(); k++) {
                int column = predictors.get(k).column();
                row[column] = lanes.get(k).code(coders.apply(column), row, row[column]);
            }
        }
    }

    @Override
    protected ItemPredictor predictor() {
        return new Lanes(conditions.coding());
    }

    @Override
    public Map<Verb, String> refusals() {
        return REFUSALS;
    }

    @Override
    public LikelihoodModel on(int threads) {
        return new RowLikelihood(model, conditions, threads);
    }

    /** {@inheritDoc} Items of which the same columns are known are drawn together. */
    @Override
    public ItemGenerator generator(LongFunction<? extends Plan> plans, ItemLayout layout, int alignment) {
        require(PLAN, layout);
        return (items, first, seed, listener) -> {
            Map<List<Boolean>, List<Integer>> groups = new LinkedHashMap<>();
            for (int n = 0; n < items.size(); n++) {
                PLAN.require(plans.apply(first + n));
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

    /** Draws items of which the same columns are known. */
    private void draw(
            List<PartialItem> items,
            List<Integer> group,
            long first,
            long seed,
            GenerationListener listener,
            int before,
            @Nullable Item[] drawn) {
        boolean[] known = items.get(group.get(0)).known();
        List<int[]> rows = new ArrayList<>();
        for (int n : group) {
            int[] row = items.get(n).item().values().clone();
            for (int c = 0; c < row.length; c++) {
                row[c] = known[c] ? row[c] : 0;
            }
            space().check(row);
            rows.add(row);
        }
        List<ColumnPredictor> predictors = conditions.given(known, threads());
        IntConsumer progress = done -> listener.done(before + done);
        each(() -> new Lanes(predictors), group.size(), progress, (lanes, k) -> {
            int n = group.get(k);
            Item item = items.get(n).item();
            Draw draw = new Draw(RandomStream.of(seed, Purpose.SAMPLE, first + n));
            lanes.code(column -> draw, rows.get(k));
            drawn[n] = new Item(item.name(), item.modified(), item.shape(), rows.get(k), item.side());
            return n;
        });
    }

    @Override
    public List<double[]> conditionals(List<int[]> items, boolean[] known, int position, IntConsumer progress) {
        LikelihoodModel.requireProgress(progress);
        if (known.length != space().dimensions() || position < 0 || position >= known.length || known[position]) {
            throw new IllegalArgumentException(
                    "value " + position + " of " + known.length + " is not one to be asked for");
        }
        for (int[] item : items) {
            if (item.length != known.length) {
                throw new IllegalArgumentException("a row of " + item.length + " values, not " + known.length);
            }
        }
        ColumnPredictor predictor = conditions.given(known, position, threads());
        return each(() -> predictor.new Lane(), items.size(), progress, (lane, k) -> lane.distribution(items.get(k)));
    }
}
