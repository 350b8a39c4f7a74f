package dev.ardm.core.masking.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.core.masking.process.AbsorbingSchedule;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
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

    /** Increments take seven bits a byte: those before and after each boundary. */
    @Test
    void incrementsTakeAsFewBytesAsTheyNeed() {
        MaskingPlan plan = MaskingPlan.natural(Schedule.of(new int[] {0, 127, 255, 16_638, 33_022}, 40_000));
        byte[] bytes = {2, 5, 127, (byte) 0x80, 1, (byte) 0xFF, 127, (byte) 0x80, (byte) 0x80, 1};
        assertThat(plan.toBytes()).isEqualTo(bytes);
        assertThat(MaskingPlan.fromBytes(bytes, 40_000)).isEqualTo(plan);
        MaskingPlan seeded = MaskingPlan.random(0x0102_0304_0506_0708L, Schedule.full(1));
        assertThat(seeded.toBytes()).containsExactly(1, 8, 7, 6, 5, 4, 3, 2, 1, 1);
        assertThat(MaskingPlan.fromBytes(seeded.toBytes(), 1)).isEqualTo(seeded);
        assertThat(MaskingPlan.fromBytes(new byte[] {0, 1}, 1)).isEqualTo(MaskingPlan.spread(Schedule.full(1)));
    }

    /** A model of lines has hundreds of calls, and each commit of a store has its plan. */
    @Test
    void aCallForEachStepIsWrittenWithoutThem() {
        MaskingPlan natural = MaskingPlan.natural(Schedule.full(200));
        assertThat(natural.toBytes()).containsExactly(2, 0xC8, 1);
        assertThat(MaskingPlan.fromBytes(natural.toBytes(), 200)).isEqualTo(natural);
        byte[] older = new byte[3 + 199];
        Arrays.fill(older, (byte) 1);
        System.arraycopy(natural.toBytes(), 0, older, 0, 3);
        assertThat(MaskingPlan.fromBytes(older, 200)).isEqualTo(natural);
        assertThat(MaskingPlan.natural(Schedule.full(63)).toBytes()).hasSize(2 + 62);
        assertThat(MaskingPlan.spread(Schedule.full(200)).toBytes()).hasSize(3 + 199);
        for (byte[] bytes : new byte[][] {{2, (byte) 0xC7, 1}, {0, (byte) 0xC8, 1}, {2, 63}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MaskingPlan.fromBytes(bytes, bytes.length == 2 ? 63 : 200));
        }
    }

    /** What is given comes first in every order, so that the schedule counts what is generated. */
    @Test
    void ordersBeginWithWhatIsGiven() {
        Process process = new OrderAgnostic(Space.image(1, 6, 1, 2), 1, new Given(List.of(4, 1)));
        for (MaskingPlan plan : List.of(
                MaskingPlan.spread(Schedule.full(4)),
                MaskingPlan.natural(Schedule.full(4)),
                MaskingPlan.random(3, Schedule.full(4)))) {
            assertThat(Arrays.copyOf(plan.order(process).positions(), 2)).containsExactlyInAnyOrder(1, 4);
        }
        assertThat(MaskingPlan.natural(Schedule.full(4)).order(process).positions())
                .containsExactly(1, 4, 0, 2, 3, 5);
    }

    @Test
    void plansThatDoNotFitTheProcessAreRefused() {
        Process stages = new Upscale(Space.image(1, 4, 1, 4), 2, Given.NOTHING);
        assertThat(MaskingPlan.fromBytes(
                                MaskingPlan.spread(Schedule.of(new int[] {0, 1, 4}, 8))
                                        .toBytes(),
                                stages)
                        .calls())
                .isEqualTo(3);
        for (int[] starts : new int[][] {{0, 3, 5}, {0}}) {
            byte[] bytes = MaskingPlan.spread(Schedule.of(starts, 8)).toBytes();
            assertThatThrownBy(() -> MaskingPlan.fromBytes(bytes, stages)).hasMessageContaining("in 2 stages");
        }
        assertThatThrownBy(() -> MaskingPlan.fromBytes(new byte[] {4, 1}, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown kind of order 4");
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
