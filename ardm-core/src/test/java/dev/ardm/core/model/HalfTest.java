package dev.ardm.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfTest {
    @Test
    void everyHalfComesBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = Half.value((short) bits);
            if (Float.isNaN(value)) {
                assertThat(Float.isNaN(Half.value(Half.bits(value)))).isTrue();
            } else {
                assertThat(Half.bits(value)).isEqualTo((short) bits);
            }
        }
        assertThat(Half.value((short) 0x3C00)).isEqualTo(1f);
        assertThat(Half.value((short) 0x7BFF)).isEqualTo(65504f);
        assertThat(Half.value((short) 1)).isEqualTo(0x1p-24f);
    }

    @Test
    void roundsToTheNearestTiesToEven() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            float value = (float) (random.nextGaussian() * Math.scalb(1.0, random.nextInt(34) - 22));
            if (Math.abs(value) >= 65504) {
                continue;
            }
            short bits = Half.bits(value);
            double error = Math.abs((double) Half.value(bits) - value);
            int magnitude = bits & 0x7FFF;
            for (int neighbour : new int[] {magnitude - 1, magnitude + 1}) {
                if (neighbour >= 0 && neighbour < 0x7C00) {
                    double other = Math.abs(Half.value((short) (bits & 0x8000 | neighbour)) - (double) value);
                    assertThat(error < other || error == other && (magnitude & 1) == 0)
                            .as("%s", value)
                            .isTrue();
                }
            }
        }
        assertThat(Half.round(1 + 0x1p-11f)).isEqualTo(1f);
        assertThat(Half.round(1 + 3 * 0x1p-11f)).isEqualTo(1 + 0x1p-9f);
        assertThat(Half.round(65520f)).isInfinite();
    }
}
