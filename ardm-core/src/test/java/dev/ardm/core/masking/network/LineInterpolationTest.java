package dev.ardm.core.masking.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.masking.output.Categorical;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.network.DilatedConfig;
import org.junit.jupiter.api.Test;

class LineInterpolationTest {
    private static final int PLACES = 23;
    private static final int VARIABLES = 2;
    private static final int CATEGORIES = 1001;
    private static final Space STEREO = Space.of(new int[] {PLACES, VARIABLES}, CATEGORIES, Space.Scale.ORDERED);

    private static double number(int value) {
        return 2.0 * value / (CATEGORIES - 1) - 1;
    }

    /** Place of the nearest known one from a place on in a direction; -1 if there is none. */
    private static int nearest(boolean[] known, int place, int variable, int direction) {
        for (int p = place; p >= 0 && p < PLACES; p += direction) {
            if (known[p * VARIABLES + variable]) {
                return p;
            }
        }
        return -1;
    }

    private static double held(double number) {
        return Math.max(-1, Math.min(1, number));
    }

    @Test
    void itIsTheLineBetweenTheNearestKnownValues() {
        for (int outOf : new int[] {1, 2, 5, 1000}) {
            RandomStream random = RandomStream.of(outOf, Purpose.TEST, 0);
            int[] item = new int[PLACES * VARIABLES];
            boolean[] known = new boolean[item.length];
            for (int i = 0; i < item.length; i++) {
                item[i] = 480 + random.nextInt(60);
                known[i] = random.nextInt(outOf) == 0;
            }
            float[] lines =
                    new NetworkInput(new OrderAgnostic(STEREO), 1, item, known, new int[1], null).lines(VARIABLES);
            assertThat(lines).hasSize(item.length * LineInterpolation.WIDTH);
            for (int i = 0; i < item.length; i++) {
                int place = i / VARIABLES;
                int variable = i % VARIABLES;
                int before = nearest(known, place, variable, -1);
                int next = nearest(known, place, variable, 1);
                double a = before < 0 ? 0 : number(item[before * VARIABLES + variable]);
                double b = next < 0 ? a : number(item[next * VARIABLES + variable]);
                double line = before < 0
                        ? b
                        : before == next ? a : a + (b - a) * (place - before) / (next < 0 ? 1 : next - before);
                double own = known[i] ? number(item[i]) : 0;
                double[] expected = {
                    line,
                    before < 0 ? 0 : 1.0 / Math.max(1, place - before),
                    next < 0 ? 0 : 1.0 / Math.max(1, next - place),
                    held(8 * own),
                    held(8 * line),
                    held(64 * own),
                    held(64 * line)
                };
                for (int channel = 0; channel < expected.length; channel++) {
                    assertThat((double) lines[(place * LineInterpolation.WIDTH + channel) * VARIABLES + variable])
                            .as("1 of %d known, value %d, channel %d", outOf, i, channel)
                            .isEqualTo(expected[channel], within(1e-5));
                }
            }
        }
    }

    @Test
    void itIsForOrderedValuesAndProcessesThatLookBothWays() {
        DilatedConfig config = new DilatedConfig(2, 8, 4, 3, 2, 0, 0, true);
        assertThatThrownBy(() -> Network.of(config, new Autoregressive(STEREO, false), new LogisticMixture(2, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("interpolation");
        Space letters = Space.of(new int[] {10}, 27, Space.Scale.NOMINAL);
        assertThatThrownBy(() -> Network.of(config, new OrderAgnostic(letters), new Categorical(27)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("interpolation");
    }
}
