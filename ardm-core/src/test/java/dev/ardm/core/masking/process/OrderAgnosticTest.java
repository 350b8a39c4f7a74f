package dev.ardm.core.masking.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderAgnosticTest {
    private final OrderAgnostic process = new OrderAgnostic(Space.image(2, 2, 1, 3));

    private static int count(boolean[] known) {
        int count = 0;
        for (boolean flag : known) {
            count += flag ? 1 : 0;
        }
        return count;
    }

    @Test
    void theStepSaysHowManyAreMaskedExactly() {
        for (int i = 0; i < 4; i++) {
            for (double within : new double[] {0, 0.5, 0.999}) {
                boolean[] known = process.corrupt((i + within) / 4, RandomStream.of(0, Purpose.TEST, i))
                        .known();
                assertThat(count(known)).isEqualTo(i);
            }
        }
        assertThatThrownBy(() -> process.corrupt(1, RandomStream.of(0, Purpose.TEST, 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everySetOfOneSizeIsEquallyLikely() {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 6_000; i++) {
            boolean[] known =
                    process.corrupt(0.6, RandomStream.of(1, Purpose.TEST, i)).known();
            counts.merge(java.util.Arrays.toString(known), 1, Integer::sum);
        }
        assertThat(counts).hasSize(6); // two of four
        assertThat(counts.values()).allSatisfy(n -> assertThat(n).isBetween(850, 1150)); // 5 standard deviations
    }
}
