package dev.ardm.core.counts.row;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.Space;
import dev.ardm.core.counts.NextValue;
import dev.ardm.core.counts.NextValueCounts;
import dev.ardm.core.counts.internal.PrimerModel;
import dev.ardm.core.model.LikelihoodModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model of rows of a table, or of other items of a fixed number of values, that counts which value of a column occurred with which
 * values of others. Its file holds rows, compressed by itself: the {@link RowPrimer}. Opening the file makes the counts again, at
 * some 200,000 values a second.
 */
public final class RowCountsModel extends PrimerModel implements NextValueCounts {
    /** The most values of a row. */
    public static final int MOST_COLUMNS = 1 << 10;

    /** The most values that a model learns, so that it opens in seconds. */
    public static final int MOST_VALUES = 1 << 20;

    /** Version of the predictor. Golden archives hold it: a predictor that says anything else is another version. */
    static final int VERSION = 0;

    private final @Nullable LearntRows learnt;

    /** @param learnt what comes of decoding the primer; null if it was not decoded yet */
    RowCountsModel(Stored stored, @Nullable LearntRows learnt) {
        super(stored);
        requireColumns(stored.space());
        if (stored.items() < 0 || stored.items() > MOST_VALUES / stored.space().dimensions()) {
            throw new IllegalArgumentException(
                    stored.items() + " rows of " + stored.space().dimensions()
                            + " values; a model of counts learns at most " + MOST_VALUES + " values");
        }
        this.learnt = learnt;
    }

    /**
     * Learns rows: of more than {@link #MOST_VALUES} values as many, evenly from all.
     *
     * @param space of the rows, of at most {@link #MOST_COLUMNS} values
     * @param data how files become rows, as JSON of the data format; empty if the space suffices
     * @param rows values
     * @throws IllegalArgumentException if the space or a row does not fit
     */
    public static RowCountsModel learn(Space space, String data, List<int[]> rows) {
        return learn(space, data, rows, MOST_VALUES, ArrangementChoice::of);
    }

    /** The same for {@link #nextValues}: its own order is from left to right. */
    public static RowCountsModel learnLeftToRight(Space space, String data, List<int[]> rows) {
        return learn(space, data, rows, MOST_VALUES, ArrangementChoice::leftToRight);
    }

    /** The same with another number of values that are learnt, at least those of one row. */
    static RowCountsModel learn(
            Space space,
            String data,
            List<int[]> rows,
            int mostValues,
            BiFunction<Space, int[][], List<ColumnPlan>> arrangement) {
        requireColumns(space);
        rows.forEach(space::check);
        int[][] columns = LearntRows.sample(LearntRows.columns(space, rows), mostValues / space.dimensions());
        RowPrimer.Encoded encoded = RowPrimer.encode(space, columns, arrangement.apply(space, columns));
        Stored stored =
                new Stored(RowCountsFamily.KIND, VERSION, space, data, columns[0].length, encoded.bytes(), Map.of());
        return new RowCountsModel(stored, encoded.learnt());
    }

    private static void requireColumns(Space space) {
        if (space.dimensions() > MOST_COLUMNS) {
            throw new IllegalArgumentException(
                    "a model of counts takes rows of at most " + MOST_COLUMNS + " values, not " + space.dimensions());
        }
    }

    @Override
    public RowCountsFamily family() {
        return new RowCountsFamily();
    }

    @Override
    public RowCountsModel withProvenance(Map<String, String> entries) {
        return new RowCountsModel(stored().withProvenance(entries), learnt);
    }

    @Override
    protected LikelihoodModel opened(int threads) throws DamagedException {
        return new RowLikelihood(this, new Conditions(space(), ready()), threads);
    }

    /** The columns in the order in which it codes them. */
    List<Integer> order() throws DamagedException {
        return ready().plans().stream().map(ColumnPlan::column).toList();
    }

    private LearntRows ready() throws DamagedException {
        return learnt != null ? learnt : RowPrimer.decode(space(), stored().primer(), items());
    }

    /** {@inheritDoc} From left to right, whatever the order in which the model itself codes rows. */
    @Override
    public Supplier<NextValue> nextValues(boolean ends) {
        if (ends) {
            throw new IllegalArgumentException("rows have all their values, so none ends before");
        }
        try {
            Conditions conditions = new Conditions(space(), ready());
            List<ColumnPredictor> predictors = new ArrayList<>();
            boolean[] before = new boolean[space().dimensions()];
            for (int column = 0; column < before.length; column++) {
                predictors.add(conditions.next(before, column));
                before[column] = true;
            }
            int most = space().maxCategories();
            return () -> new NextColumn(predictors, most);
        } catch (DamagedException e) {
            throw unreadable(e);
        }
    }
}
