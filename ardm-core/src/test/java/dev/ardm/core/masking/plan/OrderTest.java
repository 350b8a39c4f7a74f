package dev.ardm.core.masking.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.core.Space.Scale;
import org.junit.jupiter.api.Test;

class OrderTest {
    @Test
    void ranksInvertPositions() {
        Order order = Order.of(new int[] {2, 0, 1});
        assertThat(order.ranks()).containsExactly(1, 2, 0);
        assertThatThrownBy(() -> Order.of(new int[] {0, 0, 1})).hasMessageContaining("permutation");
    }

    @Test
    void theSpreadOrderVisitsEveryPositionOnceInAnySpace() {
        for (Space space : new Space[] {
            Space.image(28, 28, 1, 2),
            Space.image(5, 9, 3, 2),
            Space.image(1, 1, 1, 2),
            Space.of(new int[] {37}, 4, Scale.NOMINAL)
        }) {
            Order order = Order.spread(space);
            boolean[] seen = new boolean[space.dimensions()];
            for (int step = 0; step < seen.length; step++) {
                assertThat(seen[order.position(step)]).isFalse();
                seen[order.position(step)] = true;
            }
        }
    }

    @Test
    void theLastHalfOfTheSpreadOrderIsAChessboard() {
        Order order = Order.spread(Space.image(28, 28, 1, 2));
        for (int step = 0; step < 784; step++) {
            int position = order.position(step);
            assertThat((position / 28 + position % 28) % 2).isEqualTo(step < 392 ? 0 : 1);
        }
    }

    @Test
    void theSpreadOrderStartsFarApart() {
        Order order = Order.spread(Space.image(16, 16, 1, 2));
        for (int a = 0; a < 16; a++) {
            for (int b = 0; b < a; b++) {
                int dy = order.position(a) / 16 - order.position(b) / 16;
                int dx = order.position(a) % 16 - order.position(b) % 16;
                assertThat(dx * dx + dy * dy).isGreaterThanOrEqualTo(16);
            }
        }
    }

    /** Archives depend on it for ever. */
    @Test
    void ordersArePartOfTheFormat() {
        int[] spread = new int[8];
        int[] random = new int[8];
        for (int step = 0; step < 8; step++) {
            spread[step] = Order.spread(Space.image(28, 28, 1, 256)).position(step);
            random[step] = Order.random(784, 42).position(step);
        }
        assertThat(spread).containsExactly(0, 464, 16, 448, 232, 696, 248, 680);
        assertThat(random).containsExactly(RANDOM_42);
    }

    private static final int[] RANDOM_42 = {34, 192, 641, 213, 715, 268, 45, 584};

    @Test
    void knownPositionsComeFirstAndOrderIsKept() {
        Order order = Order.of(new int[] {3, 1, 0, 2}).knownFirst(new boolean[] {true, false, true, false});
        assertThat(order.position(0)).isEqualTo(0);
        assertThat(order.position(1)).isEqualTo(2);
        assertThat(order.position(2)).isEqualTo(3);
        assertThat(order.position(3)).isEqualTo(1);
    }

    @Test
    void onlyPermutationsAreOrders() {
        assertThat(Order.of(new int[] {2, 0, 1}).positions()).containsExactly(2, 0, 1);
        assertThat(Order.natural(3).positions()).containsExactly(0, 1, 2);
        for (int[] positions : new int[][] {{0, 3, 1}, {0, -1, 1}, {1, 1, 0}}) {
            assertThatThrownBy(() -> Order.of(positions)).hasMessageContaining("not a permutation");
        }
    }
}
