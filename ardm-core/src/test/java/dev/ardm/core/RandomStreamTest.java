package dev.ardm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream.Purpose;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
    /** Known answers of the Random123 distribution for philox4x32-10. */
    @Test
    void philoxGivesItsKnownAnswers() {
        int[] zeros = {0, 0, 0, 0};
        RandomStream.philox(zeros, 0, 0);
        assertThat(zeros).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        int[] ones = {-1, -1, -1, -1};
        RandomStream.philox(ones, -1, -1);
        assertThat(ones).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        int[] pi = {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344};
        RandomStream.philox(pi, 0xa4093822, 0x299f31d0);
        assertThat(pi).containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    @Test
    void aStreamDependsOnSeedPurposeAndItemOnly() {
        long first = RandomStream.of(1, Purpose.SAMPLE, 2).nextLong();
        assertThat(RandomStream.of(1, Purpose.SAMPLE, 2).nextLong()).isEqualTo(first);
        assertThat(RandomStream.of(2, Purpose.SAMPLE, 2).nextLong()).isNotEqualTo(first);
        assertThat(RandomStream.of(1, Purpose.ORDER, 2).nextLong()).isNotEqualTo(first);
        assertThat(RandomStream.of(1, Purpose.SAMPLE, 3).nextLong()).isNotEqualTo(first);
        assertThat(RandomStream.of(1, Purpose.SAMPLE, 2 + (1L << 40)).nextLong())
                .isNotEqualTo(first);
    }

    @Test
    void boundedIntsAreUniform() {
        RandomStream random = RandomStream.of(3, Purpose.TEST, 0);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[random.nextInt(7)]++;
        }
        double chiSquared = 0;
        for (int count : counts) {
            chiSquared += (count - 10_000.0) * (count - 10_000.0) / 10_000;
        }
        assertThat(chiSquared).isLessThan(22.5); // 99.9 % of chi-squared with 6 degrees of freedom
        assertThatThrownBy(() -> random.nextInt(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void gaussiansHaveTheirMoments() {
        RandomStream random = RandomStream.of(4, Purpose.TEST, 0);
        double sum = 0;
        double squares = 0;
        int n = 100_000;
        for (int i = 0; i < n; i++) {
            double x = random.nextGaussian();
            sum += x;
            squares += x * x;
        }
        assertThat(sum / n).isCloseTo(0, within(4 / Math.sqrt(n)));
        assertThat(squares / n).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
    }

    @Test
    void permutationsAreUniform() {
        int[] counts = new int[6];
        for (int i = 0; i < 12_000; i++) {
            int[] p = RandomStream.of(5, Purpose.TEST, i).permutation(3);
            assertThat(p).containsExactlyInAnyOrder(0, 1, 2);
            counts[p[0] * 2 + (p[1] > p[2] ? 1 : 0)]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(1_800, 2_200); // 5 standard deviations
        }
    }
}
