package dev.ardm.core.masking.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.core.masking.process.OrderAgnostic;
import java.util.Arrays;
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
}
