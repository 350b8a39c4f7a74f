package dev.ardm.core.masking.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GivenTest {
    private static final Space SPACE = Space.of(new int[] {5}, 3, Space.Scale.NOMINAL);

    @Test
    void unitsAreSortedAndCountOnce() {
        Given given = new Given(List.of(4, 1, 4));
        assertThat(given.units()).containsExactly(1, 4);
        assertThat(given.count()).isEqualTo(2);
        assertThat(given.flags(5)).containsExactly(false, true, false, false, true);
        assertThat(given.others(5)).containsExactly(0, 2, 3);
        assertThat(Given.prefix(2)).isEqualTo(new Given(List.of(0, 1)));
        assertThat(Given.prefix(0)).isEqualTo(Given.NOTHING);
    }

    @Test
    void whatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> new Given(List.of(-1))).hasMessageContaining("no unit -1");
        assertThatThrownBy(() -> new OrderAgnostic(SPACE, 1, new Given(List.of(5))))
                .hasMessageContaining("no unit 5 among 5");
        assertThatThrownBy(() -> new OrderAgnostic(SPACE, 1, Given.prefix(5))).hasMessageContaining("nothing is left");
        Space pixels = Space.image(2, 1, 3, 4);
        assertThatThrownBy(() -> new OrderAgnostic(pixels, 3, new Given(List.of(2))))
                .hasMessageContaining("no unit 2 among 2");
        assertThatThrownBy(() -> new Upscale(SPACE, 2, Given.prefix(6))).hasMessageContaining("no unit 5");
        assertThatThrownBy(() -> new OrderAgnostic(pixels, 2, Given.NOTHING))
                .hasMessageContaining("all of the last axis");
    }

    /** A conditional model is trained on the masks that it meets: what is given is always known and never predicted. */
    @Test
    void whatIsGivenIsNeverMasked() {
        OrderAgnostic process = new OrderAgnostic(SPACE, 1, new Given(List.of(1, 4)));
        assertThat(process.generatedUnits()).isEqualTo(3);
        assertThat(process.steps()).isEqualTo(3);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            Corruption corruption = process.corrupt((i % 3 + 0.5) / 3, RandomStream.of(5, Purpose.TEST, i));
            assertThat(corruption.known()[1] && corruption.known()[4]).isTrue();
            assertThat(corruption.count()).isEqualTo(3 - i % 3);
            counts.merge(java.util.Arrays.toString(corruption.known()), 1, Integer::sum);
        }
        assertThat(counts).hasSize(7); // 1 + 3 + 3 sets
        counts.forEach((key, n) -> assertThat(n)
                .as(key)
                .isBetween(key.split("true", -1).length == 3 ? 1000 : 250, 1000)); // 333, 5 standard deviations
    }

    /** All channels of a pixel are one unit. */
    @Test
    void pixelsAreKnownTogether() {
        OrderAgnostic process = new OrderAgnostic(Space.image(2, 2, 3, 4), 3, Given.prefix(1));
        for (int i = 0; i < 100; i++) {
            Corruption corruption = process.corrupt(i / 100.0, RandomStream.of(6, Purpose.TEST, i));
            assertThat(corruption.predicted()).hasSize(4);
            for (int variable = 0; variable < 12; variable++) {
                assertThat(corruption.known()[variable]).isNotEqualTo(corruption.predicted()[variable / 3]);
            }
            assertThat(corruption.known()[2]).isTrue();
        }
        assertThat(process.generatedDimensions()).isEqualTo(9);
        assertThat(process.unitSpace()).isEqualTo(Space.image(2, 2, 1, 4));
    }

    @Test
    void theOrderBeginsWithWhatIsGiven() {
        OrderAgnostic process = new OrderAgnostic(SPACE, 1, new Given(List.of(1, 4)));
        int[] positions = MaskingPlan.random(9, Schedule.full(3)).order(process).positions();
        assertThat(positions).hasSize(5);
        assertThat(new int[] {positions[0], positions[1]}).containsExactlyInAnyOrder(1, 4);
        assertThatThrownBy(() -> MaskingPlan.spread(Schedule.full(5)).order(process))
                .hasMessageContaining("does not fit");
    }
}
