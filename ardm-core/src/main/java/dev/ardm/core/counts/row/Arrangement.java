package dev.ardm.core.counts.row;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses from a sample of rows in which order columns are coded, and of which others each is predicted. */
final class Arrangement {
    /** Columns farther apart than this are not compared if there are more than twice as many. */
    private static final int WINDOW = 64;

    /** Only that many columns are tried together with others. */
    private static final int TRIED = 12;

    private static final int TOGETHER = 5;
    private static final int MOST_ROOTS = 64;

    private final int[][] columns;
    private final Dependence dependence;
    private final long[] alone;
    private final @Nullable Long[][] given; // By column and the other one; null where nobody asked yet.
    private final int[] all;

    /**
     * @param columns values of each column, of the rows of the sample
     * @param categories of each column
     */
    Arrangement(int[][] columns, int[] categories) {
        this.columns = columns;
        this.dependence = new Dependence(columns, categories);
        this.all = dependence.one();
        this.alone = new long[columns.length];
        this.given = new Long[columns.length][columns.length];
        for (int column = 0; column < columns.length; column++) {
            alone[column] = dependence.cost(column, all);
        }
    }

    private boolean compared(int column, int other) {
        return column != other && (columns.length <= 2 * WINDOW || Math.abs(column - other) <= WINDOW);
    }

    /** The cost of a column given another. */
    private long cost(int column, int other) {
        Long known = given[column][other];
        if (known == null) {
            known = compared(column, other) ? dependence.cost(column, dependence.refine(all, other)) : alone[column];
            given[column][other] = known;
        }
        return known;
    }

    /** What knowing a column saves of another, never negative. */
    private long saving(int column, int other) {
        return Math.max(0, alone[column] - cost(column, other));
    }

    /**
     * The order in which columns cost least if each is coded given the best one before it: a tree that grows by the column that
     * saves most, from the best of all roots.
     *
     * @param known columns that come before all others
     * @return the other columns
     */
    List<Integer> order(List<Integer> known) {
        int n = columns.length;
        boolean[] before = new boolean[n];
        known.forEach(column -> before[column] = true);
        if (!known.isEmpty()) {
            return grown(before, -1).order;
        }
        Grown best = null;
        for (int root = 0; root < n; root += 1 + n / MOST_ROOTS) {
            Grown grown = grown(before, root);
            if (best == null || grown.saved > best.saved) {
                best = grown;
            }
        }
        return best == null ? List.of() : best.order;
    }

    private record Grown(List<Integer> order, long saved) {}

    private Grown grown(boolean[] before, int root) {
        int n = columns.length;
        boolean[] placed = before.clone();
        long[] saving = new long[n];
        for (int column = 0; column < n; column++) {
            for (int other = 0; other < n; other++) {
                if (before[other] && !placed[column]) {
                    saving[column] = Math.max(saving[column], saving(column, other));
                }
            }
        }
        List<Integer> order = new ArrayList<>();
        long saved = 0;
        for (int next = root; ; ) {
            if (next < 0) {
                for (int column = 0; column < n; column++) {
                    if (!placed[column] && (next < 0 || saving[column] > saving[next])) {
                        next = column;
                    }
                }
                if (next < 0) {
                    return new Grown(order, saved);
                }
            }
            placed[next] = true;
            order.add(next);
            saved += saving[next];
            for (int column = 0; column < n; column++) {
                if (!placed[column]) {
                    saving[column] = Math.max(saving[column], saving(column, next));
                }
            }
            next = -1;
        }
    }

    /** How a column is predicted from those that are known. */
    ColumnPlan plan(int column, List<Integer> known) {
        List<Integer> useful = new ArrayList<>(
                known.stream().filter(other -> compared(column, other)).toList());
        useful.sort(Comparator.comparingLong((Integer other) -> cost(column, other))
                .thenComparing(Comparator.naturalOrder()));
        List<Integer> parents = together(column, useful.subList(0, Math.min(TRIED, useful.size())));
        useful.removeAll(parents);
        // The columns on the left are there in any case: they may be higher digits of the same number.
        for (int left = column - 2; left < column; left++) {
            int at = useful.indexOf(left);
            if (at >= 0) {
                useful.add(0, useful.remove(at));
            }
        }
        parents.addAll(useful.subList(0, Math.min(ColumnPlan.MOST_PARENTS - parents.size(), useful.size())));
        return new ColumnPlan(column, byFrequency(column), parents, run(column, known));
    }

    /**
     * The known columns side by side that tell more of another one together than all of them apart, and more so than others; empty if
     * there are none.
     */
    private List<Integer> run(int column, List<Integer> known) {
        List<Integer> best = List.of();
        if (columns.length > WINDOW) {
            return best;
        }
        long most = 0;
        for (int first : known) {
            List<Integer> run = new ArrayList<>();
            int[] groups = all;
            long apart = 0;
            for (int next = first; known.contains(next) && run.size() < ColumnPlan.LONGEST_RUN; next++) {
                run.add(next);
                groups = dependence.refine(groups, next);
                apart += saving(column, next);
                long together = run.size() < 2 ? 0 : alone[column] - dependence.cost(column, groups) - apart;
                if (together > most) {
                    most = together;
                    best = List.copyOf(run);
                }
            }
        }
        return best;
    }

    /** The columns that tell most together of another, the best one first. */
    private List<Integer> together(int column, List<Integer> useful) {
        List<Integer> parents = new ArrayList<>();
        int[] groups = all;
        long cost = alone[column];
        while (parents.size() < TOGETHER) {
            int best = -1;
            long least = cost;
            int[] finest = groups;
            for (int other : useful) {
                if (!parents.contains(other)) {
                    int[] refined = dependence.refine(groups, other);
                    long now = dependence.cost(column, refined);
                    if (now < least) {
                        least = now;
                        best = other;
                        finest = refined;
                    }
                }
            }
            if (best < 0) {
                return parents;
            }
            parents.add(best);
            groups = finest;
            cost = least;
        }
        return parents;
    }

    /** Plans for columns in their order, each predicted from known ones and those before it. */
    List<ColumnPlan> plans(List<Integer> known, List<Integer> order) {
        List<Integer> before = new ArrayList<>(known);
        List<ColumnPlan> plans = new ArrayList<>();
        for (int column : order) {
            plans.add(plan(column, before));
            before.add(column);
        }
        return plans;
    }

    /** Whether the values of a column, on average, need fewer questions if the first one is for 0. */
    private boolean byFrequency(int column) {
        int most = 0;
        long questions = 0;
        for (int value : columns[column]) {
            questions += 2L * (31 - Integer.numberOfLeadingZeros(value + 1)) + 1;
            most = Math.max(most, value);
        }
        return questions <= (32L - Integer.numberOfLeadingZeros(most)) * columns[column].length;
    }
}
