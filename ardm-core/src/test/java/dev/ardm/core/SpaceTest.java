package dev.ardm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space.Scale;
import org.junit.jupiter.api.Test;

class SpaceTest {
    @Test
    void derivesItsSizes() {
        Space space = Space.of(new int[] {4, 3}, new int[] {2, 5, 7}, Scale.NOMINAL);
        assertThat(space.dimensions()).isEqualTo(12);
        assertThat(space.categories(0)).isEqualTo(2);
        assertThat(space.categories(4)).isEqualTo(5);
        assertThat(space.categories(11)).isEqualTo(7);
        assertThat(space.maxCategories()).isEqualTo(7);
        assertThat(Space.image(28, 28, 1, 256)).hasToString("28x28x1 of 256");
    }

    @Test
    void refusesWhatIsNoItem() {
        Space space = Space.image(1, 2, 1, 4);
        space.check(new int[] {0, 3});
        assertThatThrownBy(() -> space.check(new int[] {0, 4})).hasMessageContaining("value 4 at position 1");
        assertThatThrownBy(() -> space.check(new int[] {-1, 0})).hasMessageContaining("position 0");
        assertThatThrownBy(() -> space.check(new int[] {1})).hasMessageContaining("has 2 values, got 1");
    }

    @Test
    void refusesImpossibleSpaces() {
        assertThatThrownBy(() -> Space.image(0, 2, 1, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Space.image(1, 2, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Space.image(1, 2, 1, 65537)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Space.image(1 << 20, 1 << 20, 1 << 20, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Space.of(new int[] {4, 3}, new int[] {2, 2}, Scale.NOMINAL))
                .hasMessageContaining("one per column");
    }
}
