package dev.ardm.core.counts.row;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.core.Space;
import dev.ardm.core.decision.StackReader;
import dev.ardm.core.decision.StackWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows that a model of counts learnt, coded by the model itself while it learns them, column after column. To open the model is to
 * decode its primer: the same counts and weights come out, to the bit.
 *
 * <p>Bytes: for each column, in the order in which they are coded, as varints twice its number, with one more if its values are
 * numbered by frequency; number of parents, and {@value #WITH_RUN} more if it has a run; the parents; of a run its first column and its
 * length. Then a stack of the values.
 */
final class RowPrimer {
    private static final int WITH_RUN = 16;

    private RowPrimer() {}

    /** The rows as bytes, and what was learnt from them. */
    record Encoded(byte[] bytes, LearntRows learnt) {}

    /**
     * Learns rows, and writes them.
     *
     * @param columns values of each column
     * @param plans of each column one, in the order in which they are coded, with parents that come before it
     */
    static Encoded encode(Space space, int[][] columns, List<ColumnPlan> plans) {
        ByteSink bytes = new ByteSink();
        StackWriter writer = new StackWriter();
        List<ColumnPredictor> predictors = new ArrayList<>();
        for (ColumnPlan plan : plans) {
            bytes.varint(2 * plan.column() + (plan.byFrequency() ? 1 : 0));
            List<Integer> run = plan.run();
            bytes.varint(plan.parents().size() + (run.isEmpty() ? 0 : WITH_RUN));
            plan.parents().forEach(bytes::varint);
            if (!run.isEmpty()) {
                bytes.varint(run.get(0));
                bytes.varint(run.size());
            }
            ColumnPredictor predictor = LearntRows.predictor(space, plan);
            predictor.code(writer, columns, true);
            predictors.add(predictor);
        }
        AnsStack stack = AnsStack.of(1);
        writer.push(stack);
        bytes.bytes(stack.toBytes());
        return new Encoded(bytes.toByteArray(), new LearntRows(columns, plans, predictors));
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws DamagedException if it is damaged, as far as that shows
     */
    static LearntRows decode(Space space, byte[] primer, int rows) throws DamagedException {
        ByteCursor cursor = new ByteCursor(DamagedException.STREAM, "primer", 0, primer, primer.length);
        int size = space.dimensions();
        List<ColumnPlan> plans = new ArrayList<>();
        boolean[] before = new boolean[size];
        for (int k = 0; k < size; k++) {
            int first = cursor.varint("number of a column", 0, 2 * size - 1);
            int number = cursor.varint("number of parents", 0, WITH_RUN + ColumnPlan.MOST_PARENTS);
            int count = number % WITH_RUN;
            if (count > Math.min(k, ColumnPlan.MOST_PARENTS)) {
                throw DamagedException.inStream(0, "a column of the primer has too many parents");
            }
            List<Integer> parents = new ArrayList<>();
            for (int j = 0; j < count; j++) {
                int parent = cursor.varint("number of a parent", 0, size - 1);
                if (!before[parent] || parents.contains(parent)) {
                    throw DamagedException.inStream(0, "a column of the primer has a parent that is not known");
                }
                parents.add(parent);
            }
            List<Integer> run = number < WITH_RUN ? List.of() : run(cursor, before);
            if (before[first / 2]) {
                throw DamagedException.inStream(0, "the primer has a column twice");
            }
            before[first / 2] = true;
            plans.add(new ColumnPlan(first / 2, first % 2 == 1, parents, run));
        }
        AnsStack stack = AnsStack.fromBytes(primer, (int) cursor.position(), cursor.left());
        StackReader reader = new StackReader(stack);
        int[][] columns = new int[size][rows];
        List<ColumnPredictor> predictors = new ArrayList<>();
        for (ColumnPlan plan : plans) {
            ColumnPredictor predictor = LearntRows.predictor(space, plan);
            predictor.code(reader, columns, true);
            predictors.add(predictor);
        }
        if (stack.words() > 0 || stack.head() != 1) {
            throw DamagedException.inStream(0, "the primer does not end where its rows do");
        }
        return new LearntRows(columns, plans, predictors);
    }

    private static List<Integer> run(ByteCursor cursor, boolean[] before) throws DamagedException {
        int first = cursor.varint("first column of a run", 0, before.length - 1);
        int length = cursor.varint("length of a run", 2, ColumnPlan.LONGEST_RUN);
        List<Integer> run = new ArrayList<>();
        for (int column = first; column < first + length; column++) {
            if (column >= before.length || !before[column]) {
                throw DamagedException.inStream(0, "a run of the primer has a column that is not known");
            }
            run.add(column);
        }
        return run;
    }
}
