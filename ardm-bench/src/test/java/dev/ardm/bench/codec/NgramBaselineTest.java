package dev.ardm.bench.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An n-gram takes what a source of known entropy gives. */
class NgramBaselineTest {
    private static final int LINES = 2_000;
    private static final int LENGTH = 80;

    @Test
    void takesTheEntropyOfASource() {
        List<byte[]> lines = lines(1);
        NgramBaseline ngram = new NgramBaseline(lines(2), 1);

        // A letter follows itself with probability 3/4; the first is either, and the end comes where it always does.
        double change = 0.25;
        double entropy = -change * Math.log(change) / Math.log(2) - (1 - change) * Math.log(1 - change) / Math.log(2);
        // An order of 1 does not know where a line ends: once in 81 symbols.
        double end = 1.0 / LENGTH;
        double ends = LENGTH * (-end * Math.log(end) - (1 - end) * Math.log(1 - end)) / Math.log(2);
        double bits = LINES * (1 + (LENGTH - 1) * entropy + ends);

        assertThat(ngram.size(lines)).isCloseTo(bits / 8, withPercentage(1.5));
        assertThat(new NgramBaseline(lines(2), 0).size(lines)).isGreaterThan(1.1 * bits / 8);
    }

    private static List<byte[]> lines(long seed) {
        Random random = new Random(seed);
        List<byte[]> lines = new ArrayList<>();
        for (int k = 0; k < LINES; k++) {
            byte[] line = new byte[LENGTH + 1];
            line[0] = (byte) (random.nextBoolean() ? 'a' : 'b');
            for (int i = 1; i < LENGTH; i++) {
                line[i] = random.nextInt(4) > 0 ? line[i - 1] : (byte) ('a' + 'b' - line[i - 1]);
            }
            line[LENGTH] = '\n';
            lines.add(line);
        }
        return lines;
    }
}
