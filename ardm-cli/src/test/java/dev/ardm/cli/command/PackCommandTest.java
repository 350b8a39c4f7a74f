package dev.ardm.cli.command;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.cli.Cli;
import dev.ardm.data.source.Lines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Packing and everything that works on the archive then. */
class PackCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path dir;

    private Path write(String name, List<String> lines, String end) throws IOException {
        return write(name, String.join("\n", lines) + end);
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(dir.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Path archive() {
        return dir.resolve("x.ardm");
    }

    private Cli.Result pack(Path input, Object... more) {
        Object[] all = new Object[4 + more.length];
        System.arraycopy(new Object[] {"pack", input, "-o", archive()}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        return run(all).warned();
    }

    private void requireRestored(Path input) throws IOException {
        Path back = dir.resolve("back.log");
        run("test", archive()).good();
        run("decompress", archive(), "-o", back, "-f");
        assertThat(back).hasSameBinaryContentAs(input);
    }

    @Test
    void everythingWorksOnTheArchive() throws IOException {
        List<String> lines = Lines.sentences(500, 12, 1);
        Path log = write("server.log", lines, "\n");
        String said = pack(log).out();
        assertThat(said).contains("nothing learnt", "all items learnt", "chosen: ", "zstd -19", "xz -9e", "500 items");
        requireRestored(log);
        assertThat(new String(Cli.piped(new byte[0], "cat", archive(), 17), StandardCharsets.US_ASCII))
                .isEqualTo(lines.get(17) + "\n");
        JsonNode listed = JSON.readTree(run("list", "--json", archive()).good().out());
        assertThat(listed.path("items").asInt()).isEqualTo(500);
        assertThat(listed.path("model_inside").asBoolean()).isTrue();
        assertThat(listed.path("model_bytes").asInt())
                .isBetween(500, listed.path("bytes").asInt());
        assertThat(listed.path("bytes").asLong()).isEqualTo(Files.size(archive()));
        assertThat(run("info", archive()).good().out()).contains("of which the model takes");
        Path more = write("more.log", lines.subList(0, 20), "\n");
        run("add", archive(), more).good();
        assertThat(Cli.piped(new byte[0], "cat", archive(), 519))
                .isEqualTo((lines.get(19) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aNetworkOfLinesIsTriedAndMeasured() throws IOException {
        Path log = write("server.log", Lines.sentences(2_000, 12, 1), "\n");
        assertThat(pack(log, "--minutes", "0.04", "--threads", "1").out())
                .contains("of records with their ends", "  a network: about ", "items like these", "chosen: ");
        requireRestored(log);
        Path few = write("few.log", Lines.sentences(30, 3, 1), "\n");
        assertThat(pack(few, "-f", "--minutes", "0.04").out()).contains("no network: ", "are too few");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "one line\n",
                "one line",
                "\r\n\r\nx",
                "\u00ef\u00bb\u00bfa\n\u00ff\u00fe\u0000\n"
            })
    void tinyFilesComeBackByteByByte(String text) throws IOException {
        Path log = write("tiny.log", text);
        pack(log);
        requireRestored(log);
        assertThat(Files.size(archive())).isLessThan(text.length() + 1000L);
    }

    @Test
    void dataFromWhichLittleIsLearntAreSaidInWords() throws IOException {
        assertThat(pack(write("a.log", "just one\n")).err()).contains("one item");
        Path random = write("b.log", Lines.random(100, 40, 1), "\n");
        assertThat(pack(random, "-f").out()).contains("nothing in these items repeats, so they are kept as they are");
        requireRestored(random);
        Path equal = write("c.log", Collections.nCopies(3000, "all the same"), "\n");
        assertThat(pack(equal, "-f").err()).contains("all 3,000 items are equal");
        requireRestored(equal);
        assertThat(pack(write("d.log", "\n\n\n"), "-f").err()).contains("are empty");
        Path counter = write(
                "e.log", IntStream.range(0, 300).mapToObj(k -> "" + k % 10).toList(), "\n");
        assertThat(pack(counter, "-f").err()).contains("items of 1.0 values on average");
        requireRestored(counter);
    }

    @Test
    void filesAreItemsToo() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("notes"));
        List<String> lines = Lines.sentences(60, 5, 3);
        for (int k = 0; k < lines.size(); k++) {
            Files.writeString(folder.resolve(String.format("n%02d.md", k)), lines.get(k));
        }
        Files.write(folder.resolve("empty"), new byte[0]);
        pack(folder);
        run("decompress", archive(), "-o", dir.resolve("back/")).good();
        assertThat(Cli.files(dir.resolve("back"))).isEqualTo(Cli.files(folder));
        assertThat(pack(folder, "-f", "--minutes", "0.01").out()).contains("no network: ");
    }

    @Test
    void rowsOfATableArePackedByteByByte() throws IOException {
        List<String> rows = IntStream.range(0, 300)
                .mapToObj(k -> k % 7 + ",\"name, " + k % 3 + "\"," + 0.5 * (k % 11))
                .toList();
        Path table = write("t.csv", "a,b,c\r\n" + String.join("\r\n", rows));
        assertThat(pack(table, "--items", "rows").err()).contains("each line of the table is an item");
        run("decompress", archive(), "-o", dir.resolve("back.csv"));
        assertThat(dir.resolve("back.csv")).hasSameBinaryContentAs(table);
    }

    @Test
    void openingFasterTakesASmallerModel() throws IOException {
        Path log = write("server.log", Lines.sentences(600, 12, 1), "\n");
        pack(log, "--open-ms", 0);
        assertThat(JSON.readTree(run("list", "--json", archive()).good().out())
                        .path("model_bytes")
                        .asInt())
                .isLessThan(600);
        requireRestored(log);
        assertThat(pack(log, "--open-ms", 5, "-f").out())
                .contains("opening takes about")
                .doesNotContain("takes about 6 ms");
    }

    @Test
    void whatCannotBePackedIsRefusedAndNothingIsLeft() throws IOException {
        run("pack", dir.resolve("none.log"), "-o", archive()).failed("none.log: no such file or folder");
        run("pack", Files.createDirectory(dir.resolve("void")), "-o", archive()).failed("void", "no files");
        Path log = write("server.log", "a\n");
        run("pack", log, "-o", log, "-f").failed("server.log");
        run("pack", log, "-o", archive(), "--minutes", "-1").refused("--minutes");
        run("pack", log, "-o", archive(), "--items", "words").refused("--items");
        run("pack", "-", "-o", archive()).refused("-");
        assertThat(archive()).doesNotExist();
        Files.writeString(archive(), "mine");
        run("pack", log, "-o", archive()).failed("x.ardm");
        assertThat(archive()).hasContent("mine");
        assertThat(log).hasContent("a\n");
    }
}
