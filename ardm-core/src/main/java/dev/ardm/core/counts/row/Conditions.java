package dev.ardm.core.counts.row;

import dev.ardm.core.Space;
import dev.ardm.core.engine.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Predictors of unknown columns given any known ones. What the model codes with serves where the known columns come first there;
 * otherwise the learnt rows are counted again for the columns that are asked for. The predictors of the last questions are kept.
 * Thread-safe.
 */
final class Conditions {
    private static final long MOST_SLOTS = 1 << 25; // Of predictors that are kept; a slot takes 8 bytes.

    private final Space space;
    private final LearntRows learnt;
    private final Map<ColumnPlan, ColumnPredictor> kept = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable Arrangement arrangement;

    Conditions(Space space, LearntRows learnt) {
        this.space = space;
        this.learnt = learnt;
    }

    /** The predictors by which rows are coded, in their order. */
    List<ColumnPredictor> coding() {
        return learnt.predictors();
    }

    /** Predictors of the unknown columns in an order in which they can be drawn, each given the known ones and those before it. */
    synchronized List<ColumnPredictor> given(boolean[] known, int threads) {
        List<ColumnPlan> own = learnt.plans();
        int first = 0;
        while (first < own.size() && known[own.get(first).column()]) {
            first++;
        }
        if (own.subList(first, own.size()).stream().noneMatch(plan -> known[plan.column()])) {
            return learnt.predictors().subList(first, own.size());
        }
        List<Integer> before = columns(known);
        return learnt(arrangement().plans(before, arrangement().order(before)), threads);
    }

    /** A predictor of one column given the known ones. */
    synchronized ColumnPredictor given(boolean[] known, int column, int threads) {
        return learnt(List.of(arrangement().plan(column, columns(known))), threads)
                .get(0);
    }

    /** The predictor that the model codes a column with if the known columns come before it there, otherwise the best one given these. */
    synchronized ColumnPredictor next(boolean[] known, int column) {
        List<ColumnPlan> own = learnt.plans();
        boolean[] before = new boolean[known.length];
        for (int k = 0; k < own.size(); k++) {
            if (own.get(k).column() == column) {
                return Arrays.equals(before, known) ? learnt.predictors().get(k) : given(known, column, 1);
            }
            before[own.get(k).column()] = true;
        }
        throw new IllegalArgumentException("no column " + column);
    }

    private static List<Integer> columns(boolean[] known) {
        return IntStream.range(0, known.length).filter(c -> known[c]).boxed().toList();
    }

    private Arrangement arrangement() {
        if (arrangement == null) {
            int size = space.dimensions();
            arrangement = new Arrangement(
                    learnt.sample(ArrangementChoice.rows(size)),
                    IntStream.range(0, size).map(space::categories).toArray());
        }
        return arrangement;
    }

    private List<ColumnPredictor> learnt(List<ColumnPlan> plans, int threads) {
        List<ColumnPlan> missing =
                plans.stream().filter(plan -> !kept.containsKey(plan)).toList();
        List<ColumnPredictor> made = Parallel.map(
                threads, missing.size(), ignored -> () -> {}, (context, k) -> learnt.learn(space, missing.get(k)));
        for (int k = 0; k < missing.size(); k++) {
            kept.put(missing.get(k), made.get(k));
        }
        List<ColumnPredictor> predictors = new ArrayList<>();
        plans.forEach(plan -> predictors.add(kept.get(plan)));
        forget();
        return predictors;
    }

    private void forget() {
        long slots = kept.values().stream().mapToLong(ColumnPredictor::slots).sum();
        for (Iterator<ColumnPredictor> oldest = kept.values().iterator(); slots > MOST_SLOTS && oldest.hasNext(); ) {
            slots -= oldest.next().slots();
            oldest.remove();
        }
    }
}
