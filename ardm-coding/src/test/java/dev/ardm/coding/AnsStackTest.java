package dev.ardm.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.ardm.coding.error.DamagedException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnsStackTest {
    private record Interval(int start, int frequency, int precision) {}

    private static Interval interval(Random random, int precision) {
        long range = 1L << precision;
        long frequency =
                1 + (random.nextLong() >>> 1) % Math.min(range >> random.nextInt(precision + 1), Integer.MAX_VALUE);
        long start = (random.nextLong() >>> 1) % (range - frequency + 1);
        return new Interval((int) start, (int) frequency, precision);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomPushesAndPopsOfAllPrecisions(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            AnsStack stack = CodecLaws.randomStack(random);
            Deque<Interval> pushed = new ArrayDeque<>();
            Deque<AnsStack> states = new ArrayDeque<>();
            for (int step = 0; step < 400; step++) {
                if (random.nextInt(3) > 0 || pushed.isEmpty()) {
                    Interval i = interval(random, random.nextInt(32));
                    states.push(stack.copy());
                    pushed.push(i);
                    stack.push(i.start, i.frequency, i.precision);
                } else {
                    Interval i = pushed.pop();
                    assertThat(stack.peek(i.precision)).isBetween(i.start, i.start + (i.frequency - 1));
                    stack.pop(i.start, i.frequency, i.precision);
                    assertThat(stack).isEqualTo(states.pop());
                }
                assertThat(stack.words() > 0 && stack.head() < 1L << 31).isFalse();
            }
        }
    }

    @Test
    void certainSymbolsCostNothing() {
        Random random = new Random(7);
        for (int precision = 0; precision <= 30; precision++) {
            for (int round = 0; round < 20; round++) {
                AnsStack stack = CodecLaws.randomStack(random);
                AnsStack before = stack.copy();
                stack.push(0, 1 << precision, precision);
                assertThat(stack).isEqualTo(before);
                stack.pop(0, 1 << precision, precision);
                assertThat(stack).isEqualTo(before);
            }
        }
    }

    /** From the smallest head on, the content grows by the information content: nothing is lost at the bottom. */
    @ParameterizedTest
    @ValueSource(ints = {12, 24, 30, 31})
    void smallHeadsGrowByTheInformationContent(int precision) {
        Random random = new Random(precision);
        double sum = 0;
        for (int round = 0; round < 2000; round++) {
            AnsStack stack = AnsStack.of(128 + random.nextInt(128));
            double before = Math.log(stack.head());
            // A likely symbol at a random place.
            int frequency = (1 << precision - 1) - random.nextInt(1 << precision - 2);
            long range = 1L << precision;
            int start = (int) ((random.nextLong() >>> 1) % (range - frequency + 1));
            stack.push(start, frequency, precision);
            assertThat(stack.words()).isZero();
            double more = (Math.log(stack.head()) - before - Math.log((double) range / frequency)) / Math.log(2);
            assertThat(more).isBetween(-0.2, 0.2);
            sum += more;
        }
        assertThat(sum / 2000).isBetween(-0.01, 0.01);
    }

    @Test
    void spreadSlotsAreAPermutationOfEveryInterval() {
        for (int precision = 0; precision <= 6; precision++) {
            for (int start = 0; start < 1 << precision; start++) {
                for (int frequency = 1; start + frequency <= 1 << precision; frequency++) {
                    int rank = 0;
                    for (int place = 0; place < 1 << precision; place++) {
                        int slot = SpreadSlots.slotAt(place, precision);
                        if (slot >= start && slot < start + frequency) {
                            assertThat(SpreadSlots.rank(start, frequency, precision, place))
                                    .isEqualTo(rank);
                            assertThat(SpreadSlots.place(start, frequency, precision, rank))
                                    .isEqualTo(place);
                            rank++;
                        }
                    }
                    assertThat(rank).isEqualTo(frequency);
                }
            }
        }
    }

    /** A push moves a word out from the first head on that would not fit, and a pop takes one in for no head that fits. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 24, 31})
    void aWordMovesExactlyAtTheBoundaries(int precision) throws DamagedException {
        for (int frequency : new int[] {1, 3, (1 << precision - 1) - 1, 1 << precision - 1}) {
            if (frequency < 1 || frequency > 1 << precision - 1) {
                continue;
            }
            long first = (long) frequency << 63 - precision;
            for (long head : new long[] {first - 1, first}) {
                AnsStack stack = AnsStack.of(head);
                stack.push(0, frequency, precision);
                assertThat(stack.words()).as("words after head %x", head).isEqualTo(head == first ? 1 : 0);
                assertThat(stack.head()).isPositive();
                stack.pop(0, frequency, precision);
                assertThat(stack).isEqualTo(AnsStack.of(head));
            }
        }
        // A word under the smallest head that can be over words.
        byte[] bytes = {1, 2, 3, 4, 0, 0, 0, (byte) 0x80};
        AnsStack stack = AnsStack.fromBytes(bytes, 0, bytes.length);
        assertThat(stack.head()).isEqualTo(1L << 31);
        stack.push(0, 1, precision);
        assertThat(stack.words()).isEqualTo(1);
        stack.pop(0, 1, precision);
        assertThat(stack.words()).isEqualTo(1);
        assertThat(stack.toBytes())
                .isEqualTo(bytes)
                .isNotEqualTo(AnsStack.of(1L << 31).toBytes());
        assertThat(stack).isNotEqualTo(AnsStack.of(1L << 31));
    }

    /** Below 16 times all slots a head without words takes them in the spread order, and from there on in their own. */
    @Test
    void theOrderOfSlotsChangesAtTheBoundary() {
        int precision = 12;
        int start = 100;
        int frequency = 7;
        for (int rest = 0; rest < frequency; rest++) {
            AnsStack small = AnsStack.of(15 * frequency + rest);
            small.push(start, frequency, precision);
            assertThat(small.head())
                    .isEqualTo((15L << precision) + SpreadSlots.place(start, frequency, precision, rest));
            small.pop(start, frequency, precision);
            assertThat(small.head()).isEqualTo(15 * frequency + rest);
            AnsStack large = AnsStack.of(16 * frequency + rest);
            large.push(start, frequency, precision);
            assertThat(large.head()).isEqualTo((16L << precision) + start + rest);
            large.pop(start, frequency, precision);
            assertThat(large.head()).isEqualTo(16 * frequency + rest);
        }
    }

    @Test
    void theLargestHeadMovesOneWord() {
        AnsStack stack = AnsStack.of(Long.MAX_VALUE);
        AnsStack before = stack.copy();
        stack.push((1 << 30) + 5, 1, 31);
        assertThat(stack.words()).isEqualTo(1);
        assertThat(stack.head()).isBetween(1L << 31, Long.MAX_VALUE);
        stack.pop((1 << 30) + 5, 1, 31);
        assertThat(stack).isEqualTo(before).hasSameHashCodeAs(before);
    }

    @Test
    void anExhaustedStackIsSafeAndStillReversible() {
        Random random = new Random(8);
        for (int round = 0; round < 100; round++) {
            AnsStack stack = CodecLaws.randomStack(random);
            AnsStack before = stack.copy();
            Deque<Interval> popped = new ArrayDeque<>();
            for (int k = 0; k < 300; k++) {
                int precision = 1 + random.nextInt(31);
                Interval i = new Interval(stack.peek(precision), 1, precision);
                stack.pop(i.start, 1, precision);
                popped.push(i);
            }
            assertThat(stack.head()).isZero();
            assertThat(stack.words()).isZero();
            assertThatIllegalStateException().isThrownBy(stack::toBytes);
            popped.forEach(i -> stack.push(i.start, i.frequency, i.precision));
            assertThat(stack).isEqualTo(before);
        }
    }

    @Test
    void bytesOfAllLengthsRoundTrip() throws DamagedException {
        Random random = new Random(9);
        int[] lengths = new int[200];
        for (int round = 0; round < 3000; round++) {
            AnsStack stack = CodecLaws.randomStack(random);
            byte[] bytes = stack.toBytes();
            assertThat(stack.byteLength()).isEqualTo(bytes.length);
            lengths[bytes.length]++;
            byte[] padded = new byte[bytes.length + 7];
            System.arraycopy(bytes, 0, padded, 3, bytes.length);
            assertThat(AnsStack.fromBytes(padded, 3, bytes.length)).isEqualTo(stack);
        }
        assertThat(Arrays.stream(lengths, 1, 100)).allMatch(count -> count > 0);
    }

    /** Every byte string that does not end in zero is the form of exactly one stack: nothing is lost to framing. */
    @Test
    void everyStringIsTheFormOfOneStack() throws DamagedException {
        Random random = new Random(10);
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(30)];
            random.nextBytes(bytes);
            byte last = (byte) (1 << random.nextInt(8));
            bytes[bytes.length - 1] |= last;
            AnsStack stack = AnsStack.fromBytes(bytes, 0, bytes.length);
            assertThat(stack.toBytes()).isEqualTo(bytes);
            assertThat(stack.words() > 0 && stack.head() < 1L << 31).isFalse();
        }
    }

    @Test
    void boundaryHeads() throws DamagedException {
        for (int shift = 0; shift < 63; shift++) {
            for (long head : new long[] {1L << shift, (1L << shift) | 1, (1L << shift) + ((1L << shift) - 1)}) {
                AnsStack stack = AnsStack.of(head);
                assertThat(AnsStack.fromBytes(stack.toBytes(), 0, shift / 8 + 1))
                        .isEqualTo(stack);
            }
        }
        // One word under a head of 4 bytes, and a head of 8 bytes alone, have the same length.
        byte[] word = {1, 2, 3, 4, 5, 6, 7, (byte) 0x80};
        assertThat(AnsStack.fromBytes(word, 0, 8).words()).isEqualTo(1);
        byte[] head = {1, 2, 3, 4, 5, 6, 7, 0x7F};
        assertThat(AnsStack.fromBytes(head, 0, 8).head()).isEqualTo(0x7F07060504030201L);
    }

    @Test
    void refusesWhatIsNoStack() {
        assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> AnsStack.fromBytes(new byte[0], 0, 0));
        for (int length = 1; length < 40; length++) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 9);
            bytes[length - 1] = 0;
            assertThatExceptionOfType(DamagedException.class)
                    .isThrownBy(() -> AnsStack.fromBytes(bytes, 0, bytes.length));
        }
        AnsStack stack = AnsStack.of(5);
        assertThatIllegalArgumentException().isThrownBy(() -> AnsStack.of(0));
        assertThatIllegalArgumentException().isThrownBy(() -> stack.push(0, 0, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> stack.push(10, 7, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> stack.push(-1, 2, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> stack.push(0, 1, 32));
        assertThatIllegalArgumentException().isThrownBy(() -> stack.peek(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> stack.pop(6, 2, 4));
        int slot = stack.peek(4);
        assertThatIllegalArgumentException().isThrownBy(() -> stack.pop(slot - 3, 3, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> stack.pop(slot + 1, 3, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> stack.pop(-1, 17, 4));
        assertThat(stack).isEqualTo(AnsStack.of(5));
    }
}
