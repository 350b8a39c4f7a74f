package dev.ardm.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Space;
import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.masking.process.Corruption;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known is a beginning of the spread order, what is predicted the rest of the lattice that is being filled. */
class CodingOrderTest {
    private static final Space SPACE = Space.image(4, 4, 3, 16);

    @Test
    void pixelsBecomeKnownInTheSpreadOrder() {
        Process process = new OrderAgnostic(SPACE, 3, Given.NOTHING);
        Order order = Order.spread(process.unitSpace());
        int[] ends = {1, 2, 4, 4, 8, 8, 8, 8, 16, 16, 16, 16, 16, 16, 16, 16};
        for (int step = 0; step < 16; step++) {
            Corruption corruption = new CodingOrder(process).at((step + 0.5) / 16);
            assertThat(corruption.stage()).isZero();
            for (int i = 0; i < 16; i++) {
                int pixel = order.position(i);
                for (int channel = 0; channel < 3; channel++) {
                    assertThat(corruption.known()[3 * pixel + channel]).isEqualTo(i < step);
                }
                assertThat(corruption.predicted()[pixel]).isEqualTo(i >= step && i < ends[step]);
            }
        }
    }

    @Test
    void everyStageBeginsAnew() {
        Process process = new Upscale(SPACE, 4, Given.NOTHING);
        CodingOrder order = new CodingOrder(process);
        Corruption first = order.at(0.5 / 96);
        Corruption second = order.at(48.5 / 96);
        assertThat(List.of(first.stage(), second.stage())).containsExactly(0, 1);
        assertThat(second.known()).isEqualTo(first.known()).containsOnly(false);
    }

    @Test
    void whatIsGivenIsKnownAndNeverPredicted() {
        Process process = new OrderAgnostic(SPACE, 3, Given.prefix(5));
        for (int step = 0; step < 11; step++) {
            Corruption corruption = new CodingOrder(process).at((step + 0.5) / 11);
            for (int pixel = 0; pixel < 5; pixel++) {
                assertThat(corruption.known()[3 * pixel]).isTrue();
                assertThat(corruption.predicted()[pixel]).isFalse();
            }
            assertThat(corruption.count()).isPositive();
        }
    }
}
