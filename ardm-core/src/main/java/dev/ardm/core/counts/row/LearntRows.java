package dev.ardm.core.counts.row;

import dev.ardm.core.Space;
import java.util.List;

/**
 * What a model of rows has learnt.
 *
 * @param columns values of each column, of the rows that were learnt
 * @param plans of all columns, in the order in which they are coded
 * @param predictors of the columns, in the same order
 */
record LearntRows(int[][] columns, List<ColumnPlan> plans, List<ColumnPredictor> predictors) {
    private static final int MOST_SLOTS = 1 << 26; // Of all columns together; a slot takes 8 bytes.
    private static final int LARGEST = 1 << 22;
    private static final int SMALLEST = 1 << 12;

    LearntRows {
        plans = List.copyOf(plans);
        predictors = List.copyOf(predictors);
    }

    /** A predictor of a column of items of a space that has learnt nothing. */
    static ColumnPredictor predictor(Space space, ColumnPlan plan) {
        int share = Integer.highestOneBit(MOST_SLOTS / space.dimensions());
        return new ColumnPredictor(plan, space.categories(plan.column()), Math.max(SMALLEST, Math.min(LARGEST, share)));
    }

    /** Number of rows. */
    int rows() {
        return columns[0].length;
    }

    /** The columns of rows. */
    static int[][] columns(Space space, List<int[]> rows) {
        int[][] columns = new int[space.dimensions()][rows.size()];
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns.length; c++) {
                columns[c][r] = rows.get(r)[c];
            }
        }
        return columns;
    }

    /** At most that many rows, evenly from all. */
    int[][] sample(int most) {
        return sample(columns, most);
    }

    /** Of columns at most that many rows, evenly from all. */
    static int[][] sample(int[][] columns, int most) {
        int rows = columns[0].length;
        int size = Math.min(rows, most);
        int[][] sample = new int[columns.length][size];
        for (int c = 0; c < columns.length; c++) {
            for (int r = 0; r < size; r++) {
                sample[c][r] = columns[c][(int) ((long) r * rows / size)];
            }
        }
        return sample;
    }

    /** A predictor that has learnt one column of all rows by a plan, without writing it. */
    ColumnPredictor learn(Space space, ColumnPlan plan) {
        int own = plans.indexOf(plan);
        if (own >= 0) {
            return predictors.get(own);
        }
        ColumnPredictor predictor = predictor(space, plan);
        predictor.code(new Known(), columns, true);
        return predictor;
    }
}
