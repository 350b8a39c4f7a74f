package dev.ardm.data.format.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.RoundTrips;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFormatTest {
    @TempDir
    Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private Path file(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private static String text(Item item) {
        return new String(item.values(), 0, item.values().length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one\ntwo\nthree\n",
                "one\ntwo",
                "",
                "\n",
                "\n\n\n",
                "\r\n",
                "a\r\nb\nc\r\r\n\nd\r",
                "\u00ef\u00bb\u00bfwith a BOM\nnext\n",
                "no UTF-8: \u00ff\u00fe\u0000\u0001\n\u0000",
            })
    void filesComeBackByteByByte(String content) throws IOException {
        Path file = file("in/some.log", bytes(content));
        DataFormat format = RoundTrips.fitted("lines", Map.of("window", "4"), file("other.log", bytes("to learn\n")));
        List<Item> items = RoundTrips.items(format, file);
        Path back = folder.resolve("back.log");
        RoundTrips.write(format, back, items);
        assertThat(back).hasBinaryContent(bytes(content));
    }

    /** Windows of 4 values and the end: from the second on, the first two are those that the window before ends with. */
    @Test
    void linesWithTheirEndsAreCutWhereACoderCutsThem() throws IOException {
        Path file = file("some.log", bytes("abcdefgh\n\nabcd\nabcde"));
        DataFormat format = DataFormats.fit("lines", List.of(file), Map.of("window", "4"));
        ItemSet items = format.endedItems(List.of(file));
        assertThat(items.space().toString()).isEqualTo("5 of 257");
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            assertThat(items.item(i)).hasSize(5);
            StringBuilder text = new StringBuilder();
            for (int value : items.present(i)) {
                text.append(value == 256 ? "." : (char) value);
            }
            seen.add(text.insert(items.context(i), '|').toString());
        }
        assertThat(seen).containsExactly("|abcde", "de|fgh", "gh|.", "|.", "|abcd.", "|abcde", "de|.");
        assertThat(items.meanLength()).isEqualTo((9 + 1 + 5 + 6) / 7.0);
        assertThat(items.subset(new int[] {1}).context(0)).isEqualTo(2);
        DataFormat whole = DataFormats.fit("bytes", List.of(file), Map.of());
        assertThatThrownBy(() -> whole.endedItems(List.of(file)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("do not end by themselves");
        Path empty = file("none.log", bytes(""));
        assertThat(format.endedItems(List.of(empty)).present(0)).containsExactly(256);
    }

    @Test
    void aWindowIsFittedToTheLines() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < 1000; k++) {
            text.append("x".repeat(k < 985 ? 20 + k % 10 : k < 995 ? 70 : 3000)).append('\n');
        }
        Path file = file("some.log", bytes(text.toString()));
        LineFormat format = (LineFormat) DataFormats.fit("lines", List.of(file), Map.of());
        assertThat(format.fitting(List.of(file)).space().dimensions()).isEqualTo(70);
        Path longer = file("longer.log", bytes("y".repeat(5000)));
        assertThat(format.fitting(List.of(longer)).space().dimensions()).isEqualTo(512);
        Path empty = file("empty.log", bytes("\n\n"));
        LineFormat least = format.fitting(List.of(empty));
        assertThat(least.space().dimensions()).isEqualTo(16);
        assertThat(DataFormats.of(least.definition(), least.space()).definition())
                .isEqualTo(least.definition());
    }

    @Test
    void anItemIsALine() throws IOException {
        Path file = file("x.ndjson", bytes("{\"a\":1}\n\n{\"b\":\"\u00e4\"}"));
        DataFormat format = DataFormats.fit(DataFormats.guess(file).orElseThrow(), List.of(file), Map.of());
        List<Item> items = RoundTrips.items(format, file);
        assertThat(items).extracting(LineFormatTest::text).containsExactly("{\"a\":1}", "", "{\"b\":\"\u00e4\"}");
        assertThat(items).allSatisfy(item -> {
            assertThat(item.name()).isEmpty();
            assertThat(item.modified()).isEmpty();
        });
        assertThat(items.get(1).side()).isEmpty();
    }

    /** Each line that is not empty makes windows of its own, which do not reach into the next. */
    @Test
    void networksLearnFromLines() throws IOException {
        Path file = file("x.log", bytes("abcdefghij\n\nxy\n1234\nlast"));
        DataFormat format = RoundTrips.fitted("lines", Map.of("window", "4"), file);
        for (boolean evaluation : new boolean[] {false, true}) {
            ItemSet items = evaluation ? format.evaluationItems(List.of(file)) : format.items(List.of(file));
            List<String> texts = IntStream.range(0, items.size())
                    .mapToObj(i -> new String(items.present(i), 0, items.length(i)))
                    .toList();
            assertThat(texts)
                    .containsExactlyElementsOf(
                            evaluation
                                    ? List.of("abcd", "efgh", "xy", "1234", "last")
                                    : List.of("abcd", "efgh", "ghij", "xy", "1234", "last"));
            assertThat(items.all()).allSatisfy(item -> assertThat(item).hasSize(4));
            assertThat(items.all(true)).extracting(item -> item.length).contains(2, 4);
            assertThat(items.name(items.size() - 1)).isEqualTo("4@0");
        }
        Path empty = file("empty.log", bytes("\n\n"));
        assertThatThrownBy(() -> format.items(List.of(empty)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no symbols");
    }

    @Test
    void onlyTheFirstLineHasThePermissionsOfItsFileAndAllBytesCount() throws IOException {
        Path file = file("x.log", bytes("one\ntwo\n\nfour"));
        DataFormat format = RoundTrips.fitted("lines", Map.of(), file);
        try (ItemCursor cursor = format.cursor(List.of(file))) {
            Item first = cursor.next();
            assertThat(first).isNotNull();
            assertThat(first.mode().isPresent())
                    .isEqualTo(Files.getFileStore(file).supportsFileAttributeView("posix"));
            int others = 0;
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                assertThat(item.mode()).isEmpty();
                others++;
            }
            assertThat(others).isEqualTo(3);
            assertThat(cursor.bytes()).isEqualTo(13);
        }
        assertThat(format.filePerItem()).isFalse();
        assertThat(format.kind()).isEqualTo("lines");
    }

    @Test
    void severalFilesComeBackIntoAFolder() throws IOException {
        file("in/a.log", bytes("1\n2"));
        file("in/b/c.log", bytes(""));
        file("in/d.log", bytes("\n"));
        DataFormat format = RoundTrips.fitted("lines", Map.of(), folder.resolve("in"));
        List<Item> items = RoundTrips.items(format, folder.resolve("in"));
        Path back = folder.resolve("back");
        RoundTrips.write(format, back, items);
        assertThat(back.resolve("a.log")).hasBinaryContent(bytes("1\n2"));
        assertThat(back.resolve("b/c.log")).hasBinaryContent(bytes(""));
        assertThat(back.resolve("d.log")).hasBinaryContent(bytes("\n"));
        assertThatThrownBy(() -> RoundTrips.write(format, folder.resolve("one.log"), items))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("there are several files (a.log, b/c.log); give a folder for them");
    }

    @Test
    void aLineAloneHasItsEnd() throws IOException {
        Path file = file("x.log", bytes("first\nsecond\n"));
        DataFormat format = RoundTrips.fitted("lines", Map.of(), file);
        Path back = folder.resolve("second.log");
        RoundTrips.write(format, back, RoundTrips.items(format, file).subList(1, 2));
        assertThat(back).hasBinaryContent(bytes("second\n"));
    }

    @Test
    void longLinesAndLinesAcrossBuffersAreWhole() throws IOException {
        byte[] content = new byte[3_000_000];
        Random random = new Random(1);
        random.nextBytes(content);
        for (int k = 0; k < content.length; k++) {
            content[k] = content[k] == '\n' && k < 1_500_000 ? (byte) ' ' : content[k];
        }
        Path file = file("x.log", content);
        DataFormat format = RoundTrips.fitted("lines", Map.of(), file);
        List<Item> items = RoundTrips.items(format, file);
        assertThat(items.get(0).values().length).isGreaterThanOrEqualTo(1_500_000);
        Path back = folder.resolve("back.log");
        RoundTrips.write(format, back, items);
        assertThat(back).hasBinaryContent(content);
    }

    @Test
    void packedFilesAreLearntFromButNotArchived() throws IOException {
        Path file = folder.resolve("x.log.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes("one\ntwo\n"));
        }
        DataFormat format = DataFormats.fit("lines", List.of(file), Map.of());
        List<String> lines = new ArrayList<>();
        try (ItemCursor cursor = format.wholeItems(List.of(file))) {
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                lines.add(text(item));
            }
        }
        assertThat(lines).containsExactly("one", "two");
        assertThatThrownBy(() -> RoundTrips.items(format, file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is packed with gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "08", "06", "0105", "010261", "0300", "02ff"})
    void damagedSideInformationIsRefused(String hex) throws IOException {
        byte[] side = java.util.HexFormat.of().parseHex(hex);
        if (hex.equals("0300")) {
            assertThat(LineSide.of("x", side)).isEqualTo(new LineSide("", true, false));
            return;
        }
        assertThatThrownBy(() -> LineSide.of("line 3", side))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("damaged");
    }
}
