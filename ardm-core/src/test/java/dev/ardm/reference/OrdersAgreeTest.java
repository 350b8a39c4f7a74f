package dev.ardm.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Space;
import dev.ardm.core.masking.plan.Order;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The orders that archives name are those of the documents, for spaces of all shapes. */
class OrdersAgreeTest {
    @Test
    void spreadOrdersAgree() {
        List<Space> spaces = new ArrayList<>();
        for (int height : new int[] {1, 2, 3, 8, 17}) {
            for (int width : new int[] {1, 2, 5, 16}) {
                for (int channels = 1; channels <= 4; channels++) {
                    spaces.add(Space.image(height, width, channels, 3));
                }
            }
        }
        for (int[] shape : new int[][] {{1}, {2}, {7}, {64}, {100}, {3, 5}, {2, 3, 2, 4}}) {
            spaces.add(Space.of(shape, 3, Space.Scale.NOMINAL));
        }
        for (Space space : spaces) {
            assertThat(Order.spread(space).positions())
                    .as("%s", space)
                    .isEqualTo(ReferencePlan.spread(space.shape(), space.dimensions()));
        }
    }

    @Test
    void randomOrdersAgree() {
        for (int size : new int[] {1, 2, 3, 30, 1000}) {
            for (long seed : new long[] {0, 1, -1, 0x0123_4567_89AB_CDEFL}) {
                assertThat(Order.random(size, seed).positions()).isEqualTo(ReferencePlan.random(seed, size));
            }
        }
    }
}
