package dev.ardm.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Space;
import dev.ardm.core.Space.Scale;
import dev.ardm.core.counts.row.RowCountsModel;
import dev.ardm.core.masking.network.CountLogs;
import dev.ardm.data.PackedItemSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CountedItemsTest {
    private static final int[] CATEGORIES = {3, 7, 2, 5};
    private static final Space ROWS = Space.of(new int[] {4}, CATEGORIES, Scale.NOMINAL);

    private static List<int[]> rows(int count, long seed) {
        Random random = new Random(seed);
        List<int[]> rows = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            rows.add(Arrays.stream(CATEGORIES).map(random::nextInt).toArray());
        }
        return rows;
    }

    /** Counted now or before, alone or with others: what the counts of an item's fold say, and nothing where a column ends. */
    @Test
    void eachItemHasTheCountsOfItsFold() {
        List<CountLogs> folds = List.of(
                new CountLogs(RowCountsModel.learn(ROWS, "", rows(60, 1)), ROWS),
                new CountLogs(RowCountsModel.learn(ROWS, "", rows(60, 2)), ROWS));
        List<int[]> rows = rows(9, 3);
        CountedItems items = new CountedItems(PackedItemSet.of(ROWS, rows, null), folds);
        for (int[] batch : new int[][] {{4, 1, 8}, {1, 2, 3, 4}, {0}}) {
            int[] lengths = new int[batch.length];
            Arrays.fill(lengths, 4);
            int[] values = Arrays.stream(batch)
                    .flatMap(k -> Arrays.stream(rows.get(k)))
                    .toArray();
            float[] logs = items.logs(batch, lengths, values);
            for (int n = 0; n < batch.length; n++) {
                float[] own = new float[4 * 7];
                folds.get(batch[n] % 2).write(rows.get(batch[n]), 0, 4, own, 0);
                for (int column = 0; column < 4; column++) {
                    Arrays.fill(own, column * 7 + CATEGORIES[column], (column + 1) * 7, 0);
                }
                assertThat(Arrays.copyOfRange(logs, n * 28, (n + 1) * 28)).containsExactly(own);
            }
        }
        int[] some = {5, 8};
        CountedItems subset = (CountedItems) items.subset(some);
        int[] lengths = {4, 4};
        int[] values =
                Arrays.stream(some).flatMap(k -> Arrays.stream(rows.get(k))).toArray();
        assertThat(subset.logs(new int[] {0, 1}, lengths, values)).containsExactly(items.logs(some, lengths, values));
    }
}
