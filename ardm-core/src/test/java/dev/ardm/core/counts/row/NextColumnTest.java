package dev.ardm.core.counts.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.counts.NextValue;
import dev.ardm.core.model.LikelihoodModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NextColumnTest {
    private static final Space SPACE = Space.of(new int[] {4}, new int[] {5, 3, 12, 2}, Space.Scale.NOMINAL);

    private static List<int[]> rows(int count, long seed) {
        Random random = new Random(seed);
        List<int[]> rows = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            int first = random.nextInt(5);
            int third = random.nextInt(4) == 0 ? random.nextInt(12) : 2 * first;
            rows.add(new int[] {first, random.nextInt(3), third, first == 1 || third > 8 ? 1 : 0});
        }
        return rows;
    }

    @Test
    void saysWhatACoderFromLeftToRightPays() {
        RowCountsModel model = RowCountsModel.learnLeftToRight(SPACE, "", rows(3000, 1));
        LikelihoodModel likelihood = model.open(1);
        List<int[]> rows = rows(100, 2);
        List<double[]> bits = likelihood
                .scorer(likelihood.plan(1), ItemLayout.VALUES)
                .unitBits(rows.stream().map(Item::of).toList(), LikelihoodModel.NO_PROGRESS);
        double[][] said = said(model, rows);
        for (int n = 0; n < rows.size(); n++) {
            for (int column = 0; column < 4; column++) {
                assertThat(said[n][column]).isCloseTo(bits.get(n)[column], within(1e-3));
            }
        }
    }

    /** The root of the model's own order stands on the right, where it has no parents: here it is predicted from what is on its left. */
    @Test
    void saysAboutTheSameWhateverTheModelsOwnOrder() throws Exception {
        Space space = Space.of(new int[] {3}, new int[] {40, 40, 3}, Space.Scale.NOMINAL);
        Random random = new Random(3);
        List<int[]> rows = new ArrayList<>();
        for (int n = 0; n < 3000; n++) {
            int third = random.nextInt(3);
            rows.add(new int[] {13 * third + random.nextInt(13), 13 * third + random.nextInt(13), third});
        }
        RowCountsModel model = RowCountsModel.learn(space, "", rows);
        assertThat(model.order()).isNotEqualTo(List.of(0, 1, 2));
        double[][] own = said(model, rows.subList(0, 200));
        double[][] straight = said(RowCountsModel.learnLeftToRight(space, "", rows), rows.subList(0, 200));
        for (int column = 0; column < 3; column++) {
            int at = column;
            double paid =
                    Arrays.stream(own).mapToDouble(row -> row[at]).average().orElseThrow();
            double best = Arrays.stream(straight)
                    .mapToDouble(row -> row[at])
                    .average()
                    .orElseThrow();
            assertThat(paid).as("column %d", at).isCloseTo(best, within(0.05));
        }
    }

    /** Bits of each column of each row, whose probabilities must sum to one. */
    private static double[][] said(RowCountsModel model, List<int[]> rows) {
        Space space = model.space();
        NextValue next = model.nextValues(false).get();
        float[] logs = new float[next.outcomes()];
        double[][] said = new double[rows.size()][space.dimensions()];
        for (int n = 0; n < rows.size(); n++) {
            next.begin();
            for (int column = 0; column < space.dimensions(); column++) {
                next.logs(logs, 0);
                double sum = 0;
                for (int value = 0; value < space.categories(column); value++) {
                    sum += Math.exp(logs[value]);
                }
                assertThat(sum).isCloseTo(1, within(1e-4));
                said[n][column] = -logs[rows.get(n)[column]] / Math.log(2);
                next.append(rows.get(n)[column]);
            }
        }
        return said;
    }

    @Test
    void rowsDoNotEndBefore() {
        RowCountsModel model = RowCountsModel.learn(SPACE, "", rows(50, 1));
        assertThatThrownBy(() -> model.nextValues(true)).hasMessageContaining("all their values");
    }
}
