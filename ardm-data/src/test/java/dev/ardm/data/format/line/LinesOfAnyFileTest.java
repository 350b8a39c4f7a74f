package dev.ardm.data.format.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.core.Item;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.OutputOptions;
import dev.ardm.data.format.OutputOptions.As;
import dev.ardm.data.format.RoundTrips;
import dev.ardm.data.registry.DataFormats;
import dev.ardm.data.registry.FileItems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of files as they come: any bytes, any names, and what people report of other tools that read lines. */
class LinesOfAnyFileTest {
    @TempDir
    Path dir;

    private Path file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String name, byte[] content) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private DataFormat lines(Map<String, String> options) throws IOException {
        return DataFormats.fit("lines", List.of(file("learnt", "x\n")), options);
    }

    private static void write(DataFormat format, Path target, As as, List<Item> items) throws IOException {
        try (ItemWriter writer = format.writer(target, OutputOptions.named(true).as(as))) {
            for (Item item : items) {
                writer.add(item);
            }
            writer.commit();
        }
    }

    private List<String> remarks(DataFormat format, Path file) throws IOException {
        try (ItemCursor cursor = format.cursor(List.of(file))) {
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                assertThat(item.values()).isNotNull();
            }
            List<String> remarks = new ArrayList<>();
            cursor.remarks().files().forEach((remark, files) -> remarks.add(remark + ": " + files.first()));
            return remarks;
        }
    }

    /** Bytes of which many are those that mean something to somebody: ends of lines, marks, zero. */
    static byte[] anyBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        byte[] special = {
            '\n', '\n', '\n', '\r', 0, (byte) 0xEF, (byte) 0xBB, (byte) 0xBF, (byte) 0xFF, (byte) 0xFE, 0x1A
        };
        for (int i = 0; i < length; i++) {
            bytes[i] = random.nextInt(3) == 0 ? special[random.nextInt(special.length)] : (byte) random.nextInt(256);
        }
        return bytes;
    }

    @Test
    void anyBytesComeBackTogetherAndLineByLine() throws IOException {
        Random random = new Random(17);
        DataFormat format = lines(Map.of());
        for (int round = 0; round < 60; round++) {
            byte[] content = anyBytes(random, round < 20 ? round : random.nextInt(3000));
            Path file = file("any", content);
            List<Item> items = RoundTrips.items(format, file);
            Path back = dir.resolve("back");
            write(format, back, As.FILE, items);
            assertThat(back).hasBinaryContent(content);
            if (round >= 20) {
                continue; // Each line below takes a file.
            }
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            for (Item item : items) {
                write(format, back, As.JOINED, List.of(item));
                byte[] line = Files.readAllBytes(back);
                assertThat(new String(line, StandardCharsets.ISO_8859_1).indexOf('\n'))
                        .isIn(-1, line.length - 1);
                joined.write(line);
            }
            assertThat(joined.toByteArray()).isEqualTo(content);
        }
    }

    /** Of a record with a line separator of Unicode, other tools make two. */
    @Test
    void onlyALineFeedEndsALine() throws IOException {
        Path file = file("x.jsonl", "{\"a\":\"b\u2028c\u0085d\u2029\u000b\f\"}\r{}\n{}\r\n");
        assertThat(RoundTrips.items(lines(Map.of()), file)).hasSize(2);
        assertThat(RoundTrips.items(lines(Map.of()), file("mac", "one\rtwo\rthree\r")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}\n[2]\n\"x\"\n3\nnull\n",
                "\ufeff{\"a\":1}\n{}\n",
                "{}\r\n\r\n{}\r\n",
                "{\"line separator\":\"\u2028\"}\n\n \t\n{}",
                ""
            })
    void recordsAreTakenWithoutRemark(String content) throws IOException {
        assertThat(remarks(lines(Map.of()), file("x.ndjson", content))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'{}|{\"cut\":', 2",
        "'{} {}|{}', 1",
        "'{}|\ufeff{}', 2",
        "'{}|{''a'':1}', 2",
        "'{}||plain text', 3",
        "'{}|{\"a\":NaN}', 2"
    })
    void theFirstLineThatIsNoJsonIsNamed(String content, int line) throws IOException {
        Path file = file("x.jsonl", content.replace('|', '\n'));
        assertThat(remarks(lines(Map.of()), file))
                .containsExactly(
                        "taken as it is, although it has lines that are no JSON: [x.jsonl, line " + line + "]");
        Path other = file("x.txt", content.replace('|', '\n'));
        assertThat(remarks(lines(Map.of()), other)).isEmpty();
        assertThat(remarks(lines(FileItems.NDJSON.with(Map.of())), other)).hasSize(1);
    }

    @Test
    void recordsMayBeDeepAndLong() throws IOException {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);
        String number = "1".repeat(5_000);
        assertThat(remarks(lines(Map.of()), file("x.ndjson", deep + "\n" + number + "\n")))
                .isEmpty();
    }

    @Test
    void textInUtf16IsNamed() throws IOException {
        for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Path file = file("windows.log", "\ufeffone\r\ntwo\r\n".getBytes(charset));
            assertThat(remarks(lines(Map.of()), file))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("it is UTF-16", "windows.log");
        }
    }

    @Test
    void linesInZipFilesAreRead() throws IOException {
        Path zip = dir.resolve("logs.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of("b.log", "a.log")) {
                out.putNextEntry(new ZipEntry(name));
                out.write((name + "\nlast").getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(FileItems.guess(zip)).contains(FileItems.LINES);
        List<Item> items = RoundTrips.items(lines(Map.of()), zip);
        assertThat(items).hasSize(4);
        write(lines(Map.of()), dir.resolve("back"), As.FILE_IF_ONE, items);
        assertThat(dir.resolve("back/a.log")).hasContent("a.log\nlast");
    }

    @Test
    void oneFileComesBackAsAFileAndSeveralInAFolder() throws IOException {
        DataFormat format = lines(Map.of());
        List<Item> one = RoundTrips.items(format, file("in/one", "1\n2"));
        write(format, dir.resolve("any"), As.FILE_IF_ONE, one);
        assertThat(dir.resolve("any")).hasContent("1\n2");
        write(format, dir.resolve("other"), As.AS_BEFORE, one);
        assertThat(dir.resolve("other/one")).hasContent("1\n2");
        write(format, dir.resolve("new/one"), As.AS_BEFORE, one);
        assertThat(dir.resolve("new/one")).hasContent("1\n2");
        write(format, dir.resolve("other.log"), As.AS_BEFORE, one);
        assertThat(dir.resolve("other.log")).hasContent("1\n2");
        file("in/two", "");
        List<Item> two = RoundTrips.items(format, dir.resolve("in"));
        write(format, dir.resolve("two.d"), As.AS_BEFORE, two);
        assertThat(dir.resolve("two.d/two")).isEmptyFile();
        write(format, dir.resolve("joined"), As.JOINED, two);
        assertThat(dir.resolve("joined")).hasContent("1\n2");
    }

    @Test
    void permissionsComeBackAndJoinedLinesAreReadableToThoseWhoMayReadAll() throws IOException {
        assumeTrue(FileModes.of(dir).isPresent());
        DataFormat format = lines(Map.of());
        Path open = file("in/a", "1\n");
        FileModes.set(open, 0644);
        FileModes.set(file("in/b", "2\n"), 0400);
        List<Item> items = RoundTrips.items(format, dir.resolve("in"));
        write(format, dir.resolve("back"), As.FOLDER, items);
        assertThat(FileModes.of(dir.resolve("back/a"))).hasValue(0644);
        assertThat(FileModes.of(dir.resolve("back/b"))).hasValue(0400);
        write(format, dir.resolve("joined"), As.JOINED, items);
        assertThat(FileModes.of(dir.resolve("joined"))).hasValue(0400);
        write(format, dir.resolve("one"), As.FILE_IF_ONE, items.subList(0, 1));
        assertThat(FileModes.of(dir.resolve("one"))).hasValue(0644);
    }

    @Test
    void aFileThatWasArchivedTwiceComesBackTwice() throws IOException {
        DataFormat format = lines(Map.of());
        List<Item> items = new ArrayList<>(RoundTrips.items(format, file("x.log", "old\n")));
        items.addAll(RoundTrips.items(format, file("x.log", "new\n")));
        write(format, dir.resolve("back"), As.FOLDER, items);
        assertThat(dir.resolve("back/x.log")).hasContent("old\n");
        assertThat(dir.resolve("back/x_2.log")).hasContent("new\n");
    }

    @ParameterizedTest
    @CsvSource({
        "x.log, LINES",
        "X.LOG.gz, LINES",
        "x.log.1, LINES",
        "x.log.12.gz, LINES",
        "x.log-20260131, LINES",
        "x.log.2026-01-31T10:00, LINES",
        "x.ndjson, LINES",
        "x.jsonl, LINES",
        "x.csv, ROWS",
        "x.tsv.gz, ROWS",
        "x.txt,",
        "x.logic,",
        "catalog.1,",
        "x.wav,",
        "x,"
    })
    void whatIsAnItemIsGuessedByName(String name, FileItems wanted) throws IOException {
        Path file = file(name, "1,2\n");
        assertThat(FileItems.guess(file).orElse(null)).isEqualTo(wanted);
        assertThat(FileItems.LINES.kind(file)).isEqualTo("lines");
        assertThat(FileItems.ROWS.kind(file)).isEqualTo("csv");
        assertThat(FileItems.FILES.kind(file)).isNotIn("lines", "csv");
    }
}
