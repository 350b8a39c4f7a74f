package dev.ardm.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MonotoneSequenceTest {
    @Test
    void termsComeBack() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            int length = 1 + random.nextInt(round % 2 == 0 ? 100 : 20_000);
            int bound = 1 + random.nextInt(round % 3 == 0 ? 10 : 40_000);
            int[] terms = random.ints(length, 0, bound).sorted().toArray();
            MonotoneSequence sequence = MonotoneSequence.of(Arrays.copyOf(terms, length + 3), length);
            for (int i = 0; i < length; i++) {
                if (sequence.term(i) != terms[i]) {
                    assertThat(sequence.term(i)).as("term %d", i).isEqualTo(terms[i]);
                }
            }
        }
    }

    @Test
    void wholeBlocksAreFound() {
        for (int length : new int[] {1, 63, 64, 65, 4095, 4096, 4097, 8192}) {
            MonotoneSequence zeros = MonotoneSequence.of(new int[length], length);
            assertThat(zeros.term(0)).isZero();
            assertThat(zeros.term(length - 1)).isZero();
        }
    }
}
