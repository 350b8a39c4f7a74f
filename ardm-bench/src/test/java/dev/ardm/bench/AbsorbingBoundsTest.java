package dev.ardm.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.masking.plan.LossComponents;
import org.junit.jupiter.api.Test;

class AbsorbingBoundsTest {
    /** One step generates everything at once and costs the first component; more steps cost less, down to the mean of all. */
    @Test
    void fewerStepsCostMore() {
        String table = AbsorbingBounds.table(LossComponents.of(1, new double[] {4, 3, 2, 1}), 1, 2, 100_000);
        assertThat(table.lines().skip(2))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("| 1 | 4.0000 | 1.0 |"),
                        // Half of the variables at 4; the others at the mean over what is known then, 2 of 4 expected:
                        // 2.
                        line -> assertThat(line).startsWith("| 2 | 3."),
                        line -> assertThat(line).startsWith("| 100,000 | 2.5000 | 4.0 |"),
                        line -> assertThat(line).startsWith("| without end | 2.5000 "));
    }

    @Test
    void stagesAreRefused() {
        LossComponents stages = LossComponents.of(2, new double[] {4, 3, 2, 1});
        assertThatThrownBy(() -> AbsorbingBounds.table(stages, 20)).hasMessageContaining("one stage, got 2");
    }
}
