package dev.ardm.data.format.sequence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.RoundTrips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text and bytes as sequences. */
class TextFormatTest {
    @TempDir
    Path dir;

    private DataFormat text(String training, Map<String, String> options) throws IOException {
        Path file = Files.writeString(dir.resolve("training.txt"), training);
        return RoundTrips.fitted("text", options, file);
    }

    @Test
    void theAlphabetIsThatOfTheTrainingData() throws IOException {
        DataFormat format = text("banana bread\u00E9\uD83D\uDE00", Map.of("window", "4"));
        assertThat(format.space()).isEqualTo(Space.of(new int[] {4}, 9, Space.Scale.NOMINAL));
        assertThat(format.definition().toString())
                .isEqualTo("{\"kind\":\"text\",\"version\":1,\"window\":4,"
                        + "\"alphabet\":[32,97,98,100,101,110,114,233,128512],\"other\":false}");
        Item item = RoundTrips.assertRestored(format, dir.resolve("a"), "dab \uD83D\uDE00".getBytes(UTF_8));
        assertThat(item.values()).containsExactly(3, 1, 2, 0, 8);
        assertThat(item.side()).isEmpty();
    }

    @Test
    void rareCharactersShareASymbol() throws IOException {
        // e, a and b are the most frequent; c and d are as frequent as each other, and c comes first.
        DataFormat format = text("eeeeeeaaaaabbbbccddx", Map.of("max-alphabet", "5"));
        assertThat(format.definition().toString()).contains("\"alphabet\":[97,98,99,101],\"other\":true");
        Item item = RoundTrips.assertRestored(format, dir.resolve("a"), "adxe\uFFFDb".getBytes(UTF_8));
        assertThat(item.values()).containsExactly(0, 4, 4, 3, 4, 1);
        assertThat(item.side()).isNotEmpty();
        assertThat(format.definition())
                .isEqualTo(text("eeeeeeaaaaabbbbccddx", Map.of("max-alphabet", "5"))
                        .definition());
    }

    @Test
    void whatAModelMadeUpIsText() throws IOException {
        DataFormat format = text("eeeeeeaaaaabbbbccddx", Map.of("max-alphabet", "5", "window", "3"));
        RoundTrips.write(format, dir.resolve("sample.txt"), List.of(new Item("x", new int[] {0, 4, 3}, new byte[0])));
        assertThat(dir.resolve("sample.txt")).hasContent("a\uFFFDe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "256"})
    void anyBytesComeBack(String maxAlphabet) throws IOException {
        DataFormat format = text("abcabcab\n\u20AC", Map.of("max-alphabet", maxAlphabet));
        byte[][] hostile = {
            {},
            {0},
            {(byte) 0x80},
            {'a', (byte) 0xE2, (byte) 0x82},
            {(byte) 0xE2, (byte) 0x82, 'a', (byte) 0xE2, (byte) 0x82, (byte) 0xAC},
            {(byte) 0xC0, (byte) 0x80, (byte) 0xED, (byte) 0xA0, (byte) 0x80}, // overlong, surrogate
            {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80, (byte) 0xFF, (byte) 0xFE},
            "\uFEFFabc\r\n\r\u2028".getBytes(UTF_8),
            "xyz".getBytes(UTF_8),
        };
        for (int i = 0; i < hostile.length; i++) {
            RoundTrips.assertRestored(format, dir.resolve("hostile" + i), hostile[i]);
        }
        Random random = new Random(5);
        for (int i = 0; i < 30; i++) {
            // Around the size of the buffers, so that characters lie across their ends.
            byte[] content = new byte[i % 3 == 0 ? (1 << 15) - 5 + i : random.nextInt(300)];
            for (int k = 0; k < content.length; k++) {
                content[k] = (byte)
                        (random.nextInt(4) > 0 ? "ab\u20AC\uD83D\uDE00".getBytes(UTF_8)[k % 9] : random.nextInt());
            }
            RoundTrips.assertRestored(format, dir.resolve("random" + i), content);
        }
    }

    @Test
    void wideAlphabetsAreHeldInTwoBytes() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int c = 0x4E00; c < 0x4E00 + 1000; c++) {
            all.appendCodePoint(c);
        }
        DataFormat format = text(all.toString(), Map.of("max-alphabet", "65536", "window", "10"));
        assertThat(format.space().maxCategories()).isEqualTo(1000);
        assertThat(format.items(List.of(dir.resolve("training.txt"))).item(99))
                .containsExactly(990, 991, 992, 993, 994, 995, 996, 997, 998, 999);
        RoundTrips.assertRestored(
                format, dir.resolve("a"), all.reverse().toString().getBytes(UTF_8));
    }

    @Test
    void damagedSideInformationIsRefused() throws IOException {
        for (String max : new String[] {"2", "256"}) {
            DataFormat format = text("aaab\n", Map.of("max-alphabet", max));
            int[] values = {0, 1, 0};
            byte[][] damaged = {
                {1}, // no code
                {9, 'x'}, // no such place
                {1, (byte) 0x80, (byte) 0xB0, 3}, // a surrogate
                {1, (byte) 0x80, (byte) 0x82, 0x44}, // after the last byte
                {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F, 0},
                {1, (byte) 0xFF}
            };
            for (byte[] side : damaged) {
                assertThatThrownBy(() -> RoundTrips.write(
                                format, dir.resolve("out"), List.of(new Item("doc.txt", values, side))))
                        .isInstanceOf(DataException.class)
                        .hasMessageContaining("doc.txt")
                        .hasMessageContaining("damaged");
                assertThat(dir.resolve("out")).doesNotExist();
            }
        }
    }

    @Test
    void thereMustBeCharacters() throws IOException {
        assertThatThrownBy(() -> text("", Map.of()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no characters");
        // One symbol is no space.
        assertThat(text("aaaa", Map.of()).space().maxCategories()).isEqualTo(2);
    }

    @Test
    void bytesAreWhatTheyAre() throws IOException {
        DataFormat format = RoundTrips.fitted(
                "bytes", Map.of("window", "16"), Files.write(dir.resolve("training.bin"), new byte[] {1, 2, 3}));
        assertThat(format.space()).isEqualTo(Space.of(new int[] {16}, 256, Space.Scale.NOMINAL));
        Random random = new Random(1);
        for (int size : new int[] {0, 1, 16, 255, 70_000, (1 << 18) + 1}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            Item item = RoundTrips.assertRestored(format, dir.resolve("x" + size), content);
            assertThat(item.side()).isEmpty();
            assertThat(item.values()).hasSize(size);
        }
        assertThat(format.items(List.of(dir.resolve("training.bin"))).item(0))
                .containsExactly(1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> RoundTrips.write(
                        format, dir.resolve("out"), List.of(new Item("d", new int[] {1}, new byte[] {1}))))
                .isInstanceOf(DataException.class);
    }
}
