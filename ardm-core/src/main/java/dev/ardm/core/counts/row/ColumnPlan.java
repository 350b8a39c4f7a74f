package dev.ardm.core.counts.row;

import java.util.ArrayList;
import java.util.List;

/**
 * How a column is predicted.
 *
 * @param column number of the column
 * @param byFrequency whether its values are numbered by how frequent they are, as words of a table, rather than in an order of their
 *     own
 * @param parents columns it is predicted from, those that tell most together first; at most {@link #MOST_PARENTS}
 * @param run columns side by side that tell more together than each alone, as the digits of a number that nearly names a row; empty if
 *     there are none
 */
record ColumnPlan(int column, boolean byFrequency, List<Integer> parents, List<Integer> run) {
    /** The most parents of a column. */
    static final int MOST_PARENTS = 8;

    /** The most columns of a run. */
    static final int LONGEST_RUN = 4;

    /** Which parents make a context together. */
    private static final int[][] TOGETHER = {
        {0, 1}, {0, 2}, {1, 2}, {0, 3}, {1, 3}, {2, 3}, {0, 1, 2}, {0, 1, 3}, {0, 1, 2, 3}, {0, 1, 2, 3, 4}
    };

    ColumnPlan {
        parents = List.copyOf(parents);
        run = List.copyOf(run);
    }

    /**
     * The contexts in which its values are counted, as the columns of each: none, each parent, some of the first ones together, the
     * two columns on its left, all parents, the run.
     */
    int[][] contexts() {
        List<List<Integer>> contexts = new ArrayList<>();
        contexts.add(List.of());
        for (int parent : parents) {
            contexts.add(List.of(parent));
        }
        for (int[] together : TOGETHER) {
            if (together[together.length - 1] < parents.size()) {
                List<Integer> context = new ArrayList<>();
                for (int number : together) {
                    context.add(parents.get(number));
                }
                contexts.add(context);
            }
        }
        // The digits of a number stand side by side.
        List<Integer> left = List.of(column - 1, column - 2);
        int first = parents.indexOf(column - 1);
        int second = parents.indexOf(column - 2);
        if (first >= 0 && second >= 0 && Math.max(first, second) > 3) {
            contexts.add(left);
        }
        if (parents.size() > 5) {
            contexts.add(parents);
        }
        if (!run.isEmpty()) {
            contexts.add(run);
        }
        return contexts.stream()
                .map(context -> context.stream().mapToInt(parent -> parent).toArray())
                .toArray(int[][]::new);
    }
}
