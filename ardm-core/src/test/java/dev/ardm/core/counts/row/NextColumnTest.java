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
        RowCountsModel model = RowCountsModel.learn(SPACE, "", rows(3000, 1));
        LikelihoodModel likelihood = model.open(1);
        List<int[]> rows = rows(100, 2);
        List<double[]> bits = likelihood
                .scorer(likelihood.plan(1), ItemLayout.VALUES)
                .unitBits(rows.stream().map(Item::of).toList(), LikelihoodModel.NO_PROGRESS);
        NextValue next = model.nextValues(false).get();
        float[] logs = new float[next.outcomes()];
        double paid = 0;
        double said = 0;
        for (int n = 0; n < rows.size(); n++) {
            next.begin();
            for (int column = 0; column < 4; column++) {
                next.logs(logs, 0);
                double sum = 0;
                for (int value = 0; value < SPACE.categories(column); value++) {
                    sum += Math.exp(logs[value]);
                }
                assertThat(sum).isCloseTo(1, within(1e-4));
                said -= logs[rows.get(n)[column]] / Math.log(2);
                paid += bits.get(n)[column];
                next.append(rows.get(n)[column]);
            }
        }
        // The model may code in another order, which costs about the same.
        assertThat(said).isCloseTo(paid, within(0.03 * paid));
    }

    @Test
    void rowsDoNotEndBefore() {
        RowCountsModel model = RowCountsModel.learn(SPACE, "", rows(50, 1));
        assertThatThrownBy(() -> model.nextValues(true)).hasMessageContaining("all their values");
    }
}
