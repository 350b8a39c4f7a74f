package dev.ardm.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Space;
import org.junit.jupiter.api.Test;

class HolesTest {
    @Test
    void aHoleInGreyIsTransparent() {
        Holes holes = new Holes(Space.image(1, 2, 1, 16));
        assertThat(holes.space()).isEqualTo(Space.image(1, 2, 2, 16));
        assertThat(holes.whole(new int[] {3, 4})).containsExactly(3, 15, 4, 15);
        assertThat(holes.damaged(new int[] {3, 4}, new boolean[] {true, false})).containsExactly(3, 15, 4, 0);
    }

    @Test
    void alphaThatIsThereIsKept() {
        Holes holes = new Holes(Space.image(1, 2, 2, 16));
        assertThat(holes.whole(new int[] {3, 7, 4, 8})).containsExactly(3, 7, 4, 8);
        assertThat(holes.damaged(new int[] {3, 7, 4, 8}, new boolean[] {false, true, true, true}))
                .containsExactly(3, 0, 4, 8);
    }
}
