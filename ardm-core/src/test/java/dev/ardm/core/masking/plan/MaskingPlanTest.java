package dev.ardm.core.masking.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.core.masking.process.AbsorbingSchedule;
import dev.ardm.core.masking.process.OrderAgnostic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskingPlanTest {
    private static final MaskingPlan SPREAD = MaskingPlan.spread(Schedule.of(new int[] {0, 1, 5, 400}, 784));
    private static final MaskingPlan RANDOM = MaskingPlan.random(-17, Schedule.even(784, 64));

    @Test
    void bytesComeBack() {
        for (MaskingPlan plan : new MaskingPlan[] {SPREAD, RANDOM, MaskingPlan.spread(Schedule.full(784))}) {
            assertThat(MaskingPlan.fromBytes(plan.toBytes(), 784)).isEqualTo(plan);
        }
        assertThat(SPREAD.toBytes()).containsExactly(0, 4, 1, 4, 0x8B, 3);
    }

    @Test
    void everyTruncationIsRefused() {
        for (MaskingPlan plan : new MaskingPlan[] {SPREAD, RANDOM}) {
            byte[] bytes = plan.toBytes();
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> MaskingPlan.fromBytes(cut, 784)).isInstanceOf(IllegalArgumentException.class);
            }
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
            assertThatThrownBy(() -> MaskingPlan.fromBytes(longer, 784)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void hostileBytesAreRefused() {
        for (byte[] bytes : new byte[][] {
            {7, 1},
            {0, 0},
            {0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7},
            {0, 2, 0},
            {0, 2, 127, 0},
            {0, (byte) 0x82, 0, 1}
        }) {
            assertThatThrownBy(() -> MaskingPlan.fromBytes(bytes, 100)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> SPREAD.order(new OrderAgnostic(Space.image(2, 2, 1, 2))))
                .hasMessageContaining("784 steps");
    }

    /** Given the group sizes of an item, its order is uniform, and so are the orders of two items together. */
    @Test
    void ordersOfAnAbsorbingDiffusionAreUniformGivenItsGroups() {
        int draws = 30_000;
        Map<List<Integer>, int[]> ofGroups = new HashMap<>();
        int[] pairs = new int[36];
        for (int seed = 0; seed < draws; seed++) {
            MaskingPlan first = MaskingPlan.absorbing(AbsorbingSchedule.LINEAR, 3, 3, seed, 0);
            MaskingPlan second = MaskingPlan.absorbing(AbsorbingSchedule.LINEAR, 3, 3, seed, 1);
            List<Integer> starts =
                    Arrays.stream(first.schedule().starts()).boxed().toList();
            ofGroups.computeIfAbsent(starts, key -> new int[6])[order(first)]++;
            pairs[6 * order(first) + order(second)]++;
        }
        assertThat(ofGroups).hasSize(4);
        // Beyond these with a probability of 1e-5, by 5 and 35 degrees of freedom.
        ofGroups.forEach((starts, counts) -> assertThat(chiSquared(counts))
                .as("orders after starts %s", starts)
                .isLessThan(31));
        assertThat(chiSquared(pairs)).isLessThan(82);
    }

    /** Nor does an item share its order with one of another seed. */
    @Test
    void noTwoItemsOfAnySeedsHaveOneOrder() {
        Set<List<Integer>> orders = new HashSet<>();
        int count = 0;
        for (long seed = -20; seed < 20; seed++) {
            for (int item = 0; item < 20; item++) {
                orders.add(Arrays.stream(MaskingPlan.absorbing(AbsorbingSchedule.LINEAR, 20, 5, seed, item)
                                .order(new OrderAgnostic(Space.image(4, 5, 1, 2)))
                                .positions())
                        .boxed()
                        .toList());
                count++;
            }
        }
        assertThat(orders).hasSize(count);
    }

    /** The number of an order of three. */
    private static int order(MaskingPlan plan) {
        int[] positions = plan.order(new OrderAgnostic(Space.image(1, 3, 1, 2))).positions();
        return 2 * positions[0] + (positions[1] < positions[2] ? 0 : 1);
    }

    private static double chiSquared(int[] counts) {
        double expected = (double) Arrays.stream(counts).sum() / counts.length;
        return Arrays.stream(counts)
                .mapToDouble(n -> (n - expected) * (n - expected) / expected)
                .sum();
    }
}
