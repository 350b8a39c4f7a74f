package dev.ardm.coding.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a writer chooses where docs/format.md allows several encodings of the head of a frame, and the limits of what is in one. */
class HeadEncodingTest {
    private static ByteCursor cursor(byte[] bytes) {
        return new ByteCursor("file", "part", 0, bytes, bytes.length);
    }

    /** The bits of the Rice code, counted one by one. */
    private static long bits(int[] lengths, int least, int parameter) {
        long bits = 0;
        for (int length : lengths) {
            int rest = length - least;
            while (rest >= 1 << parameter) {
                rest -= 1 << parameter;
                bits++;
            }
            bits += 1 + parameter;
        }
        return bits;
    }

    @Test
    void lengthsHaveTheSmallestParameterWithTheFewestBits() throws DamagedException {
        Random random = new Random(1);
        for (int round = 0; round < 400; round++) {
            int[] lengths = new int[1 + random.nextInt(12)];
            int spread = 1 + random.nextInt(1 << random.nextInt(10));
            int from = 1 + random.nextInt(300);
            Arrays.setAll(lengths, i -> from + random.nextInt(spread));
            int least = Arrays.stream(lengths).min().getAsInt();
            int wanted = 0;
            for (int parameter = 1; parameter < 12; parameter++) {
                wanted = bits(lengths, least, parameter) < bits(lengths, least, wanted) ? parameter : wanted;
            }
            ByteSink sink = new ByteSink();
            RiceLengths.write(sink, lengths, lengths.length);
            byte[] bytes = sink.toByteArray();
            ByteCursor head = cursor(bytes);
            assertThat(head.varint("least", 0, Integer.MAX_VALUE)).isEqualTo(least);
            assertThat((int) head.number(1)).as("%s", Arrays.toString(lengths)).isEqualTo(wanted);
            assertThat(head.left()).isEqualTo((int) (bits(lengths, least, wanted) + 7) / 8);
            assertThat(RiceLengths.read(cursor(bytes), lengths.length)).isEqualTo(lengths);
        }
    }

    @Test
    void namesShareTheLongestStartAndThenTheLongestEnd() throws DamagedException {
        List<String> names = new ArrayList<>(List.of(
                "", "", "a", "a", "aa", "aaa", "a", "b/1.png", "b/12.png", "b/2.png", "png", "b/2.png", "xb/2.pngx"));
        Random random = new Random(2);
        while (names.size() < 80) {
            StringBuilder name = new StringBuilder();
            for (int length = random.nextInt(6); length > 0; length--) {
                name.append((char) ('a' + random.nextInt(2)));
            }
            names.add(name.toString());
        }
        ByteSink sink = new ByteSink();
        FrontCodedNames.write(
                sink,
                names.stream()
                        .map(name -> name.getBytes(StandardCharsets.UTF_8))
                        .toList());
        byte[] bytes = sink.toByteArray();
        ByteCursor cursor = cursor(bytes);
        for (int k = 0; k < names.size(); k++) {
            String name = names.get(k);
            int start = 0;
            int end = 0;
            if (k % 16 != 0) {
                String last = names.get(k - 1);
                while (start < Math.min(last.length(), name.length())
                        && last.startsWith(name.substring(0, start + 1))) {
                    start++;
                }
                while (start + end < Math.min(last.length(), name.length())
                        && last.endsWith(name.substring(name.length() - end - 1))) {
                    end++;
                }
                assertThat(cursor.varint("start", 0, 100))
                        .as("start of %s after %s", name, last)
                        .isEqualTo(start);
                assertThat(cursor.varint("end", 0, 100))
                        .as("end of %s after %s", name, last)
                        .isEqualTo(end);
            }
            int own = cursor.varint("length", 0, 100);
            assertThat(new String(cursor.bytes(own), StandardCharsets.UTF_8))
                    .isEqualTo(name.substring(start, name.length() - end));
        }
        cursor.finish();
        // They are found from wherever they begin in the file.
        ByteCursor later = new ByteCursor("file", "part", 1000, bytes, bytes.length);
        FrontCodedNames read = FrontCodedNames.read("file", later, bytes, 1000, names.size());
        for (int k = 0; k < names.size(); k++) {
            assertThat(read.name(k)).isEqualTo(names.get(k));
        }
    }

    @Test
    void namesEndWhereTheLimitSays() {
        String longest = "n".repeat(ArchiveFormat.MAX_NAME_BYTES);
        assertThat(FrontCodedNames.checked(longest)).hasSize(ArchiveFormat.MAX_NAME_BYTES);
        assertThatIllegalArgumentException().isThrownBy(() -> FrontCodedNames.checked(longest + "n"));
    }

    @Test
    void labelsTakeAllTimesAndPermissionsThatAnArchiveHas() {
        long most = ArchiveFormat.MAX_TIME;
        for (long time : new long[] {most, -most}) {
            assertThat(new ItemLabel("", OptionalLong.of(time)).time()).hasValue(time);
            long beyond = time + Long.signum(time);
            assertThatIllegalArgumentException().isThrownBy(() -> new ItemLabel("", OptionalLong.of(beyond)));
        }
        for (int mode : new int[] {0, ArchiveFormat.MAX_MODE}) {
            assertThat(ItemLabel.named("").permitted(OptionalInt.of(mode)).mode())
                    .hasValue(mode);
        }
        for (int mode : new int[] {-1, ArchiveFormat.MAX_MODE + 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ItemLabel.named("").permitted(OptionalInt.of(mode)));
        }
    }
}
