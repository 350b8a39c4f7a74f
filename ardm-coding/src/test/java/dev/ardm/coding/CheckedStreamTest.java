package dev.ardm.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.coding.error.DamagedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedStreamTest {
    /** An item drawn from distributions, with what coding it needs. */
    private record Drawn(
            Distribution[] distributions, int[] item, int[] starts, int[] frequencies, int precision, double bits) {
        static Drawn from(Random random, Distribution[] distributions, int[] item) {
            int[] starts = new int[item.length];
            int[] frequencies = new int[item.length];
            double bits = 0;
            for (int k = 0; k < item.length; k++) {
                starts[k] = distributions[k].start(item[k]);
                frequencies[k] = distributions[k].frequency(item[k]);
                bits += distributions[k].bits(item[k]);
            }
            return new Drawn(
                    distributions,
                    item,
                    starts,
                    frequencies,
                    distributions.length == 0 ? 24 : distributions[0].precision(),
                    bits);
        }

        static Drawn random(Random random, int count, int precision) {
            Distribution[] distributions = new Distribution[count];
            Arrays.setAll(distributions, k -> Distributions.distribution(random, 1 + random.nextInt(40), precision));
            int[] item = new int[count];
            Arrays.setAll(item, k -> Distributions.draw(random, distributions[k]));
            return from(random, distributions, item);
        }

        byte[] encode() {
            return CheckedStream.encode(starts, frequencies, item.length, precision, CheckedStream.checkOf(item));
        }

        int[] decode(byte[] bytes) throws DamagedException {
            AnsStack stack = CheckedStream.open(bytes, 0, bytes.length);
            int[] decoded = new int[distributions.length];
            Arrays.setAll(decoded, k -> stack.pop(distributions[k]));
            CheckedStream.close(stack, CheckedStream.checkOf(decoded));
            return decoded;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 16, 24, 30})
    void everyItemComesBackAndCostsLessThanTwoBytesMore(int precision) throws DamagedException {
        Random random = new Random(precision);
        double overhead = 0;
        double ideal = 0;
        int checkBits = 0;
        int items = 4000;
        for (int k = 0; k < items; k++) {
            Drawn drawn = Drawn.random(random, random.nextInt(60), precision);
            byte[] bytes = drawn.encode();
            assertThat(drawn.decode(bytes)).isEqualTo(drawn.item);
            double more = 8.0 * bytes.length - drawn.bits;
            double rounding = (precision > 28 ? 1e-2 : 1e-3) * drawn.bits;
            assertThat(more).isBetween(5.5 - rounding, 16 + rounding);
            overhead += more;
            ideal += drawn.bits;
            AnsStack stack = CheckedStream.open(bytes, 0, bytes.length);
            for (Distribution distribution : drawn.distributions) {
                stack.pop(distribution);
            }
            checkBits += 63 - Long.numberOfLeadingZeros(stack.head());
        }
        System.out.printf(
                "precision %d: %.3f bytes more than %.1f on average, %.2f check bits%n",
                precision, overhead / items / 8, ideal / items / 8, (double) checkBits / items);
        assertThat(overhead / items / 8).isBetween(1.35, 1.55);
        assertThat((double) checkBits / items).isBetween(9.5, 11.5);
    }

    /** The number of check bits is the largest that does not make the stream longer. */
    @Test
    void takesAsManyCheckBitsAsAreFree() throws DamagedException {
        Random random = new Random(21);
        for (int round = 0; round < 2000; round++) {
            Drawn drawn = Drawn.random(random, random.nextInt(40), 24);
            int check = CheckedStream.checkOf(drawn.item);
            byte[] bytes = drawn.encode();
            AnsStack left = CheckedStream.open(bytes, 0, bytes.length);
            for (Distribution distribution : drawn.distributions) {
                left.pop(distribution);
            }
            int chosen = 63 - Long.numberOfLeadingZeros(left.head());
            long shortest = length(drawn, check, CheckedStream.MIN_CHECK_BITS);
            assertThat(shortest).isEqualTo(bytes.length);
            int largest = CheckedStream.MIN_CHECK_BITS;
            for (int bits = CheckedStream.MIN_CHECK_BITS; bits <= CheckedStream.MAX_CHECK_BITS; bits++) {
                largest = length(drawn, check, bits) <= shortest ? bits : largest;
            }
            assertThat(chosen).isEqualTo(largest);
        }
    }

    private static long length(Drawn drawn, int check, int bits) {
        AnsStack stack = AnsStack.of(1L << bits | check & ((1L << bits) - 1));
        for (int k = drawn.item.length - 1; k >= 0; k--) {
            stack.push(drawn.starts[k], drawn.frequencies[k], drawn.precision);
        }
        return stack.byteLength();
    }

    @Test
    void meanLengthIsTheEntropyOfAnIndependentSource() throws DamagedException {
        long[] weights = {700, 200, 50, 30, 15, 4, 1};
        Distribution distribution = TableDistribution.fromWeights(weights, 0, weights.length, 24);
        double entropy = 0;
        double second = 0;
        for (int k = 0; k < weights.length; k++) {
            double p = distribution.frequency(k) / (double) (1 << 24);
            entropy += p * distribution.bits(k);
            second += p * distribution.bits(k) * distribution.bits(k);
        }
        int count = 784;
        int items = 2000;
        Random random = new Random(31);
        Distribution[] distributions = new Distribution[count];
        Arrays.fill(distributions, distribution);
        double total = 0;
        for (int i = 0; i < items; i++) {
            int[] item = new int[count];
            Arrays.setAll(item, k -> Distributions.draw(random, distribution));
            total += 8.0 * Drawn.from(random, distributions, item).encode().length;
        }
        double error = Math.sqrt((second - entropy * entropy) * count / items);
        // 7.5 bits of check and 4 of rounding on average.
        assertThat(total / items - 11.5).isCloseTo(count * entropy, within(4 * error + 0.3));
    }

    @Test
    void meanLengthIsTheEntropyRateOfAMarkovSource() {
        // Two states that stay with probability 7/8 and 3/4: stationary (2/3, 1/3).
        Distribution[] rows = {
            TableDistribution.fromWeights(new long[] {7, 1}, 0, 2, 24),
            TableDistribution.fromWeights(new long[] {1, 3}, 0, 2, 24),
        };
        double rate = 2.0 / 3 * (0.875 * Math.log(8.0 / 7) + 0.125 * Math.log(8)) / Math.log(2)
                + 1.0 / 3 * (0.75 * Math.log(4.0 / 3) + 0.25 * Math.log(4)) / Math.log(2);
        int count = 2000;
        int items = 500;
        Random random = new Random(32);
        double total = 0;
        double squares = 0;
        for (int i = 0; i < items; i++) {
            int state = random.nextInt(3) < 2 ? 0 : 1;
            Distribution[] distributions = new Distribution[count];
            int[] item = new int[count];
            for (int k = 0; k < count; k++) {
                distributions[k] = rows[state];
                state = Distributions.draw(random, rows[state]);
                item[k] = state;
            }
            double bits = 8.0 * Drawn.from(random, distributions, item).encode().length - 11.5;
            total += bits;
            squares += bits * bits;
        }
        double mean = total / items;
        double error = Math.sqrt((squares / items - mean * mean) / items);
        assertThat(mean).isCloseTo(count * rate, within(4 * error + 0.5));
    }

    @Test
    void damagePassesOnlyAsOftenAsTheCheckBitsAllow() {
        Random random = new Random(41);
        int passed = 0;
        int tried = 0;
        for (int i = 0; i < 40; i++) {
            Drawn drawn = Drawn.random(random, 60, 24);
            byte[] bytes = drawn.encode();
            for (int k = 0; k < bytes.length; k++) {
                byte[] bad = bytes.clone();
                bad[k] ^= (byte) (1 + random.nextInt(255));
                tried++;
                try {
                    passed += Arrays.equals(drawn.decode(bad), drawn.item) ? 1000 : 1;
                } catch (DamagedException e) {
                    assertThat(e).hasMessageStartingWith("stream: damaged");
                }
            }
        }
        assertThat(tried).isGreaterThan(400);
        assertThat((double) passed / tried).isLessThan(1.0 / 128);
    }

    @Test
    void anotherItemsCheckIsDamage() throws DamagedException {
        byte[] bytes = CheckedStream.encode(new int[0], new int[0], 0, 24, 12345);
        assertThat(bytes).hasSize(1);
        CheckedStream.close(CheckedStream.open(bytes, 0, 1), 12345);
        assertThatExceptionOfType(DamagedException.class)
                .isThrownBy(() -> CheckedStream.close(CheckedStream.open(bytes, 0, 1), 12346));
        for (long head : new long[] {1, 127, 1L << 31, Long.MAX_VALUE}) {
            assertThatExceptionOfType(DamagedException.class)
                    .isThrownBy(() -> CheckedStream.close(AnsStack.of(head), 0));
        }
        AnsStack words = AnsStack.of(128);
        words.push(1, 1, 31);
        words.push(1, 1, 31);
        assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> CheckedStream.close(words, 0));
        assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> CheckedStream.open(new byte[3], 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> CheckedStream.encode(new int[3], new int[2], 3, 24, 0));
    }

    @Test
    void aCodecCanFillAStream() throws DamagedException {
        Codec<java.util.List<Integer>> codec = Codecs.repeat(Codecs.uniform(10), 4);
        byte[] bytes = CheckedStream.encode(codec, java.util.List.of(1, 2, 3, 4), 99);
        AnsStack stack = CheckedStream.open(bytes, 0, bytes.length);
        assertThat(codec.pop(stack)).containsExactly(1, 2, 3, 4);
        CheckedStream.close(stack, 99);
    }

    @Test
    void theCheckIsCrc32cOfLittleEndianValues() {
        int[] item = new Random(5).ints(3000).toArray();
        ByteBuffer bytes = ByteBuffer.allocate(12000).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(item).forEach(bytes::putInt);
        CRC32C crc = new CRC32C();
        crc.update(bytes.array());
        assertThat(CheckedStream.checkOf(item)).isEqualTo((int) crc.getValue());
        assertThat(CheckedStream.checkOf(new int[0])).isZero();
        byte[] side = "what goes with it".getBytes(StandardCharsets.UTF_8);
        int[] shape = {3, 1000, 1};
        CRC32C withSide = new CRC32C();
        withSide.update(side);
        withSide.update(bytes.array());
        assertThat(CheckedStream.checkOf(side, item)).isEqualTo((int) withSide.getValue());
        CRC32C withShape = new CRC32C();
        withShape.update(side);
        withShape.update(new byte[] {3, 0, 0, 0, (byte) 0xE8, 3, 0, 0, 1, 0, 0, 0});
        withShape.update(bytes.array());
        assertThat(CheckedStream.checkOf(side, shape, item)).isEqualTo((int) withShape.getValue());
    }

    /** 7 to 30 check bits under a one: no stream that is written has fewer or more. */
    @Test
    void theNumberOfCheckBitsHasLimits() throws DamagedException {
        int check = 0x5A5A_5A5A;
        for (int bits = 1; bits < 40; bits++) {
            long one = 1L << bits;
            AnsStack stack = AnsStack.of(one | check & one - 1);
            if (bits >= 7 && bits <= 30) {
                CheckedStream.close(stack, check);
                assertThatExceptionOfType(DamagedException.class)
                        .isThrownBy(() -> CheckedStream.close(stack, check ^ 1));
            } else {
                assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> CheckedStream.close(stack, check));
            }
        }
    }

    @Test
    void tenThousandImagesTakeSeconds() {
        Distribution distribution = TableDistribution.fromWeights(new long[] {800, 100, 50, 50}, 0, 4, 24);
        Random random = new Random(6);
        Distribution[] distributions = new Distribution[784];
        Arrays.fill(distributions, distribution);
        int[] item = new int[784];
        Arrays.setAll(item, k -> Distributions.draw(random, distribution));
        Drawn drawn = Drawn.from(random, distributions, item);
        long begin = System.nanoTime();
        for (int k = 0; k < 10_000; k++) {
            CheckedStream.encode(drawn.starts, drawn.frequencies, 784, 24, k * 0x9E3779B9);
        }
        double seconds = (System.nanoTime() - begin) * 1e-9;
        System.out.printf("10,000 items of 784 symbols: %.2f s%n", seconds);
        assertThat(seconds).isLessThan(10);
    }
}
