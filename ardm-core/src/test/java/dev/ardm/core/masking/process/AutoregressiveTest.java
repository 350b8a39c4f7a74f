package dev.ardm.core.masking.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AutoregressiveTest {
    private static final Space SPACE = Space.of(new int[] {3}, 5, Space.Scale.NOMINAL);
    private static final Autoregressive NATURAL = new Autoregressive(SPACE, false);
    private static final Autoregressive PERMUTED = new Autoregressive(SPACE, true);

    @Test
    void everythingIsShownAndPredicted() {
        for (Autoregressive process : new Autoregressive[] {NATURAL, PERMUTED}) {
            Corruption corruption = process.corrupt(0.7, RandomStream.of(1, Purpose.TEST, 0));
            assertThat(corruption.stage()).isZero();
            assertThat(corruption.known()).containsOnly(true);
            assertThat(corruption.predicted()).containsOnly(true);
            assertThat(corruption.count()).isEqualTo(3);
            assertThat(process.causal()).isTrue();
            assertThat(process.steps()).isEqualTo(3);
        }
        assertThat(NATURAL.corrupt(0, RandomStream.of(1, Purpose.TEST, 0)).order())
                .containsExactly(0, 1, 2);
        assertThatThrownBy(() -> NATURAL.corrupt(1, RandomStream.of(1, Purpose.TEST, 0)))
                .hasMessageContaining("place");
    }

    @Test
    void permutedOrdersAreEquallyLikely() {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 6_000; i++) {
            counts.merge(
                    Arrays.toString(PERMUTED.corrupt(0, RandomStream.of(2, Purpose.TEST, i))
                            .order()),
                    1,
                    Integer::sum);
        }
        assertThat(counts).hasSize(6);
        assertThat(counts.values()).allSatisfy(n -> assertThat(n).isBetween(850, 1150)); // 5 standard deviations
    }

    @Test
    void onlyTheNaturalOrderFitsTheUsualModel() {
        Schedule full = Schedule.full(3);
        assertThat(MaskingPlan.natural(full).order(NATURAL).positions()).containsExactly(0, 1, 2);
        assertThatThrownBy(() -> MaskingPlan.spread(full).order(NATURAL)).hasMessageContaining("natural order");
        assertThatThrownBy(() -> MaskingPlan.random(4, full).order(NATURAL)).hasMessageContaining("natural order");
        for (MaskingPlan plan :
                new MaskingPlan[] {MaskingPlan.natural(full), MaskingPlan.spread(full), MaskingPlan.random(4, full)}) {
            assertThat(plan.order(PERMUTED).positions()).containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    /** Shown everything, a network that looks at everything would learn to copy. */
    @Test
    void networksThatAreNotCausalAreRefused() {
        Autoregressive image = new Autoregressive(Space.image(2, 2, 1, 3), false);
        assertThatThrownBy(() -> Network.of(TinyModels.config(), image, OutputDistribution.of(image)))
                .hasMessageContaining("not causal");
    }

    @Test
    void equalityIsByContent() {
        assertThat(NATURAL).isEqualTo(new Autoregressive(SPACE, false)).isNotEqualTo(PERMUTED);
        assertThat(NATURAL).hasSameHashCodeAs(new Autoregressive(SPACE, false));
    }
}
