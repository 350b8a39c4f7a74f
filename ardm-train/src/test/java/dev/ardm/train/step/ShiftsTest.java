package dev.ardm.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShiftsTest {
    private static final Space GRAY = Space.image(3, 4, 1, 10);
    private static final int[] IMAGE = {
        7, 7, 3, 2, //
        7, 5, 6, 1, //
        9, 8, 7, 4,
    };

    /** 7 is the most common value along the border. */
    @Test
    void whatComesInIsThePixelOfTheBorder() {
        Shifts shifts = new Shifts(GRAY, 2);
        assertThat(shifts.move(IMAGE, 0, 0)).containsExactly(IMAGE);
        assertThat(shifts.move(IMAGE, 1, 0)).containsExactly(7, 7, 7, 7, 7, 7, 3, 2, 7, 5, 6, 1);
        assertThat(shifts.move(IMAGE, -1, 2)).containsExactly(7, 7, 7, 5, 7, 7, 9, 8, 7, 7, 7, 7);
        assertThat(shifts.move(IMAGE, 0, -1)).containsExactly(7, 3, 2, 7, 5, 6, 1, 7, 8, 7, 4, 7);
    }

    /** Pixels move whole, and are counted whole: no channel's own most common value is the border's. */
    @Test
    void pixelsStayWhole() {
        Space colour = Space.image(2, 3, 2, 100);
        int[] image = {1, 31, 0, 62, 1, 31, 2, 0, 2, 62, 2, 93};
        assertThat(new Shifts(colour, 1).move(image, 0, 1)).containsExactly(1, 31, 1, 31, 0, 62, 1, 31, 2, 0, 2, 62);
    }

    @Test
    void shiftsFollowFromTheStreamAndAreAllDrawn() {
        Shifts shifts = new Shifts(GRAY, 1);
        Set<String> seen = new HashSet<>();
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 400; i++) {
            int[] drawn = shifts.draw(IMAGE, RandomStream.of(1, Purpose.TEST, i));
            assertThat(shifts.draw(IMAGE, RandomStream.of(1, Purpose.TEST, i))).containsExactly(drawn);
            seen.add(Arrays.toString(drawn));
        }
        for (int down = -1; down <= 1; down++) {
            for (int right = -1; right <= 1; right++) {
                all.add(Arrays.toString(shifts.move(IMAGE, down, right)));
            }
        }
        assertThat(all).hasSize(9);
        assertThat(seen).isEqualTo(all);
    }

    @Test
    void noneChangeNothingAndDrawNothing() {
        RandomStream random = RandomStream.of(1, Purpose.TEST, 0);
        assertThat(new Shifts(Space.of(new int[] {12}, 10, Space.Scale.ORDERED), 0).draw(IMAGE, random))
                .isSameAs(IMAGE);
        assertThat(random.nextLong())
                .isEqualTo(RandomStream.of(1, Purpose.TEST, 0).nextLong());
    }

    @Test
    void theyAreForImagesThatAreLarger() {
        assertThatThrownBy(() -> new Shifts(Space.of(new int[] {12}, 10, Space.Scale.ORDERED), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shifts are for images, not for items of 12 of 10");
        assertThatThrownBy(() -> new Shifts(GRAY, 3)).hasMessageContaining("cannot be shifted by 3");
    }
}
