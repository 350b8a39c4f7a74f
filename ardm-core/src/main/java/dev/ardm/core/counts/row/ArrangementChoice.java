package dev.ardm.core.counts.row;

import dev.ardm.core.Space;
import dev.ardm.core.counts.internal.Measure;
import java.util.List;
import java.util.stream.IntStream;

/** Chooses how columns are coded, by what rows cost that are held out. */
final class ArrangementChoice {
    private static final int MOST_ROWS = 1 << 13;
    private static final int LEAST_ROWS = 1 << 9;
    private static final int MOST_COMPARED = 1 << 23; // Rows times pairs of columns.
    private static final int HELD_OUT = 4; // Of the sample, every so many rows.

    private ArrangementChoice() {}

    /** Number of rows by which columns are compared. */
    static int rows(int columns) {
        return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, MOST_COMPARED / (columns * Math.min(columns, 128))));
    }

    /** From left to right. */
    static List<ColumnPlan> leftToRight(Space space, int[][] columns) {
        int size = columns.length;
        int[] categories = IntStream.range(0, size).map(space::categories).toArray();
        return new Arrangement(LearntRows.sample(columns, rows(size)), categories)
                .plans(List.of(), IntStream.range(0, size).boxed().toList());
    }

    /**
     * The better one of two orders: from left to right, and that of {@link Arrangement#order}, which must save what it takes to write
     * it down.
     *
     * @param columns values of each column
     */
    static List<ColumnPlan> of(Space space, int[][] columns) {
        int size = columns.length;
        int[] categories = IntStream.range(0, size).map(space::categories).toArray();
        int[][] sample = LearntRows.sample(columns, rows(size));
        int rows = sample[0].length;
        Arrangement arrangement = new Arrangement(sample, categories);
        List<Integer> straight = IntStream.range(0, size).boxed().toList();
        List<ColumnPlan> plans = arrangement.plans(List.of(), straight);
        List<Integer> order = arrangement.order(List.of());
        if (order.equals(straight) || rows < 2 * HELD_OUT) {
            return plans;
        }
        List<ColumnPlan> others = arrangement.plans(List.of(), order);
        double all = columns[0].length;
        double saved = (heldOut(space, sample, plans) - heldOut(space, sample, others)) * all / (rows / HELD_OUT);
        return saved > 8.0 * size ? others : plans;
    }

    /** Bits of the rows that are held out, by plans that have learnt the others. */
    private static double heldOut(Space space, int[][] sample, List<ColumnPlan> plans) {
        int[][] learnt = part(sample, false);
        int[][] held = part(sample, true);
        Measure measure = new Measure();
        for (ColumnPlan plan : plans) {
            ColumnPredictor predictor = LearntRows.predictor(space, plan);
            predictor.code(new Known(), learnt, true);
            predictor.code(measure, held, false);
        }
        return measure.bits();
    }

    private static int[][] part(int[][] sample, boolean held) {
        int[] rows = IntStream.range(0, sample[0].length)
                .filter(row -> (row % HELD_OUT == HELD_OUT - 1) == held)
                .toArray();
        int[][] part = new int[sample.length][];
        for (int c = 0; c < sample.length; c++) {
            int[] column = sample[c];
            part[c] = IntStream.of(rows).map(row -> column[row]).toArray();
        }
        return part;
    }
}
