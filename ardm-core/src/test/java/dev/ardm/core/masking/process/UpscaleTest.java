package dev.ardm.core.masking.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpscaleTest {
    private static Upscale upscale(int categories, int branching) {
        return new Upscale(Space.image(2, 2, 1, categories), branching, Given.NOTHING);
    }

    /** The logarithm in binary64 gives one too many for 125 in base 5 and 216 in base 6. */
    @ParameterizedTest
    @CsvSource({
        "125, 5, 3",
        "126, 5, 4",
        "216, 6, 3",
        "256, 4, 4",
        "257, 4, 5",
        "17, 4, 3",
        "16, 4, 2",
        "65536, 256, 2",
        "65536, 2, 16",
        "65536, 65536, 1",
        "65536, 65535, 2",
        "2, 2, 1",
        "2, 2147483647, 1",
        "65536, 4, 8",
        "3, 2, 2"
    })
    void theNumberOfStagesIsTheLeastThatReaches(int categories, int branching, int stages) {
        assertThat(Upscale.stages(categories, branching)).isEqualTo(stages);
        assertThat(upscale(categories, branching).stages()).isEqualTo(stages);
    }

    /** Table of the definition: floor(x / b^(S-s)) * b^(S-s). */
    @ParameterizedTest
    @CsvSource({"2, 2", "17, 4", "125, 5", "216, 6", "256, 4", "1000, 7", "65536, 256", "65536, 65535"})
    void coarseValuesAreRoundedDownToDigits(int categories, int branching) {
        Upscale process = upscale(categories, branching);
        int stages = process.stages();
        assertThat(process.width(stages)).isOne();
        assertThat(process.width(0)).isGreaterThanOrEqualTo(categories);
        for (int value = 0; value < categories; value += 1 + categories / 997) {
            assertThat(process.coarse(value, 0)).isZero();
            assertThat(process.coarse(value, stages)).isEqualTo(value);
            for (int done = 1; done <= stages; done++) {
                long width = 1;
                for (int i = done; i < stages; i++) {
                    width *= branching;
                }
                assertThat(process.width(done)).isEqualTo((int) width);
                int coarse = process.coarse(value, done);
                assertThat((long) coarse).isEqualTo(value / width * width);
                assertThat(process.coarse(coarse, done - 1))
                        .as("a stage refines the one before")
                        .isEqualTo(process.coarse(value, done - 1));
            }
        }
    }

    /** From stage to stage digits tell values apart, all of them in the end. */
    @Test
    void everyValueIsReached() {
        for (int[] sizes : new int[][] {{17, 4}, {125, 5}, {256, 4}, {1000, 7}}) {
            Upscale process = upscale(sizes[0], sizes[1]);
            Set<Integer> reached = new HashSet<>(Set.of(0));
            for (int done = 1; done <= process.stages(); done++) {
                Set<Integer> next = new HashSet<>();
                for (int least : reached) {
                    int most = Math.min(least + process.width(done - 1), sizes[0]);
                    int before = next.size();
                    for (int value = least; value < most; value += process.width(done)) {
                        next.add(value);
                    }
                    assertThat(next.size() - before).isBetween(1, sizes[1]);
                }
                reached = next;
            }
            assertThat(reached).hasSize(sizes[0]);
        }
    }

    @Test
    void stagesAndSetsAreEquallyLikely() {
        Upscale process = upscale(17, 4); // 3 stages of 4 units
        int n = 24_000;
        Map<String, Integer> counts = new HashMap<>();
        int[] stages = new int[3];
        for (int i = 0; i < n; i++) {
            Corruption corruption = process.corrupt((i + 0.5) / n, RandomStream.of(3, Purpose.TEST, i));
            stages[corruption.stage()]++;
            assertThat(corruption.order()).isNull();
            int known = 0;
            for (int unit = 0; unit < 4; unit++) {
                assertThat(corruption.predicted()[unit]).isNotEqualTo(corruption.known()[unit]);
                known += corruption.known()[unit] ? 1 : 0;
            }
            assertThat(corruption.count()).isEqualTo(4 - known).isPositive();
            counts.merge(corruption.stage() + Arrays.toString(corruption.known()), 1, Integer::sum);
        }
        assertThat(stages).containsOnly(n / 3);
        assertThat(counts).hasSize(3 * 15);
        // Each of 3 stages x 4 steps has 2,000 draws: over 1, 4, 6 and 4 sets.
        counts.forEach((key, count) -> {
            int known = key.split("true", -1).length - 1;
            int expected = 2_000 / new int[] {1, 4, 6, 4}[known];
            assertThat(count).as(key).isBetween((int) (expected - 5 * Math.sqrt(expected)), (int)
                    (expected + 5 * Math.sqrt(expected)));
        });
    }

    @Test
    void everyStageIsAWholeGeneration() {
        Upscale process = new Upscale(Space.image(3, 2, 1, 256), 4, new Given(java.util.List.of(1, 4)));
        assertThat(process.steps()).isEqualTo(4 * 4);
        assertThat(process.generatedUnits()).isEqualTo(4);
        for (int i = 0; i < 16; i++) {
            Corruption corruption = process.corrupt((i + 0.999) / 16, RandomStream.of(0, Purpose.TEST, i));
            assertThat(corruption.stage()).isEqualTo(i / 4);
            assertThat(corruption.count()).isEqualTo(4 - i % 4);
            assertThat(corruption.known()[1]).isTrue();
            assertThat(corruption.known()[4]).isTrue();
            assertThat(corruption.predicted()[1]).isFalse();
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Space table = Space.of(new int[] {3, 2}, new int[] {4, 5}, Space.Scale.ORDERED);
        assertThatThrownBy(() -> new Upscale(table, 2, Given.NOTHING)).hasMessageContaining("one number of categories");
        assertThatThrownBy(() -> upscale(256, 1)).hasMessageContaining("branching factor");
        assertThatThrownBy(() -> upscale(256, 4).corrupt(1, RandomStream.of(0, Purpose.TEST, 0)))
                .hasMessageContaining("place");
        assertThatThrownBy(() -> upscale(256, 4).corrupt(Double.NaN, RandomStream.of(0, Purpose.TEST, 0)))
                .hasMessageContaining("place");
    }

    private static final Space LETTERS = Space.of(new int[] {4}, 5, Space.Scale.NOMINAL);

    private static Upscale tree(int... leaves) {
        return new Upscale(LETTERS, 2, Given.NOTHING, leaves);
    }

    @Test
    void digitsAreThoseOfLeaves() {
        Upscale process = tree(4, 2, 0, 3, 1);
        assertThat(process.stages()).isEqualTo(3);
        for (int value = 0; value < 5; value++) {
            assertThat(process.valueOf(process.leaf(value))).isEqualTo(value);
            for (int done = 0; done <= 3; done++) {
                assertThat(process.coarse(value, done))
                        .isEqualTo(process.leaf(value) / process.width(done) * process.width(done));
            }
        }
        assertThat(process.coarse(1, 1)).isEqualTo(process.coarse(2, 1)).isZero();
        assertThat(process.coarse(1, 2)).isEqualTo(process.coarse(3, 2)).isEqualTo(2);
        assertThat(process.on(Space.of(new int[] {9}, 5, Space.Scale.NOMINAL)).leaf(1))
                .isEqualTo(2);
    }

    @Test
    void whatIsNoTreeIsRefused() {
        for (int[] leaves : new int[][] {{0, 1, 2, 3}, {0, 1, 2, 3, 5}, {0, 1, 2, 2, 4}, {-1, 1, 2, 3, 4}}) {
            assertThatThrownBy(() -> tree(leaves))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("lea");
        }
        Space grey = Space.image(2, 2, 1, 5);
        assertThatThrownBy(() -> new Upscale(grey, 2, Given.NOTHING, new int[] {1, 0, 2, 3, 4}))
                .hasMessageContaining("values without order");
    }

    @Test
    void equalityIsByTreesToo() {
        Upscale numbers = new Upscale(LETTERS, 2, Given.NOTHING);
        assertThat(tree(1, 0, 2, 3, 4))
                .isEqualTo(tree(1, 0, 2, 3, 4))
                .isNotEqualTo(tree(0, 1, 2, 4, 3))
                .isNotEqualTo(numbers);
        assertThat(tree(0, 1, 2, 3, 4)).isEqualTo(numbers).hasSameHashCodeAs(numbers);
        assertThat(tree(0, 1, 2, 3, 4).hasTree()).isFalse();
    }

    @Test
    void equalityIsByContent() {
        assertThat(upscale(256, 4)).isEqualTo(upscale(256, 4)).hasSameHashCodeAs(upscale(256, 4));
        assertThat(upscale(256, 4)).isNotEqualTo(upscale(256, 2)).isNotEqualTo(upscale(255, 4));
        assertThat(upscale(256, 4))
                .isNotEqualTo(new Upscale(Space.image(2, 2, 1, 256), 4, Given.prefix(1)))
                .isNotEqualTo(new OrderAgnostic(Space.image(2, 2, 1, 256)));
    }
}
