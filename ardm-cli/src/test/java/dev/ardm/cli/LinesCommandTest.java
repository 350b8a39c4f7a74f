package dev.ardm.cli;

import static dev.ardm.cli.Cli.piped;
import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of many items: {@code --items}, and lines out of archives, alone and together. */
class LinesCommandTest {
    private static final byte[] NOTHING = {};
    private static final String TEXT = "12:01 ann opened the door\n12:02 bob closed the door\n".repeat(20);

    @TempDir
    static Path shared;

    @TempDir
    Path dir;

    private static Path model;

    @BeforeAll
    static void train() throws IOException {
        Path text = Files.writeString(shared.resolve("visits.txt"), TEXT);
        Path out = shared.resolve("run");
        assertThat(run("train", "--items", "lines", "--data", text, "--out", out)
                        .good()
                        .out())
                .contains("40 items of kind lines")
                .doesNotContain("as the names");
        model = out.resolve("model.safetensors");
    }

    private Path file(String name, String content) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    }

    private Path archive(Object... input) {
        Path archive = dir.resolve("x.ardm");
        List<Object> args =
                new ArrayList<>(List.of("compress", "-q", "-f", "-m", model, "--items", "lines", "-o", archive));
        args.addAll(List.of(input));
        run(args.toArray()).good();
        return archive;
    }

    private static String cat(Path archive, Object... items) {
        List<Object> args = new ArrayList<>(List.of("cat", "-m", model, archive));
        args.addAll(List.of(items));
        return new String(piped(NOTHING, args.toArray()), StandardCharsets.ISO_8859_1);
    }

    private static JsonNode json(Object... args) {
        return JsonMapper.shared().readTree(run(args).good().out());
    }

    /** A network learns lines with their ends; one that generates in any order learns them in windows, as it always did. */
    @Test
    void aCausalNetworkLearnsWhereLinesEnd() throws IOException {
        Path log = file("visits.log", (TEXT + "\n" + "13:05 ann looked\n").repeat(20));
        Path out = dir.resolve("network");
        String[] quick = {"--steps", "60", "--set", "learning-rate=0.01", "--set", "batch=16", "--preset", "tiny"};
        List<Object> args = new ArrayList<>(List.of("train", "--data", log, "--out", out, "--threads", "1"));
        args.addAll(List.of("--network", "dilated", "--process", "autoregressive"));
        args.addAll(List.of(quick));
        assertThat(run(args.toArray()).good().out()).contains("840 items of 26 of 257", "of records with their ends");
        Path network = out.resolve("model.safetensors");
        Path input =
                file("more.log", "12:03 bob opened the door\n\n" + "12:04 ann closed ".repeat(20) + "\n\u00ff\u0001");
        Path archive = dir.resolve("more.ardm");
        run("compress", "-q", "-m", network, "-o", archive, input, log).good();
        assertThat(json("list", "--json", archive).path("layout").asString()).isEqualTo("records");
        assertThat(Files.size(archive)).isLessThan(Files.size(log) / 5);
        run("test", "-m", network, archive).good();
        run("add", "-m", network, archive, input).good();
        run("decompress", "-m", network, archive, "-o", dir + "/back/").good();
        assertThat(dir.resolve("back/more.log")).hasSameBinaryContentAs(input);
        assertThat(dir.resolve("back/visits.log")).hasSameBinaryContentAs(log);
        JsonNode eval = json("eval", "-m", network, "--json", "--data", input);
        assertThat(eval.path("items").asInt()).isEqualTo(4);
        run("plan", "-m", network, "--calls", "5", "--data", input).failed("no schedules to plan");
        Path filled = dir.resolve("filled.log");
        run("fill", "-m", network, "--input", input, "--mask", "known:prefix=6", "--length", "60", "-o", filled)
                .good();
        assertThat(Files.readString(filled, StandardCharsets.ISO_8859_1)).startsWith("12:03 ");
    }

    @Test
    void whatIsAnItemIsGuessedByTheNameAndSaid() throws IOException {
        for (String name : List.of("x.log", "x.log.1", "x.jsonl")) {
            Path out = dir.resolve("run-" + name);
            Path data = file(name, "{}\n{}\n{}\n");
            assertThat(run("train", "--data", data, "--out", out).good().out())
                    .contains(data + ": items are lines, as the names of the files say; --items changes that");
        }
        Path out = dir.resolve("files");
        run("train", "--data", file("unknown", "text"), "--out", out)
                .failed("other files are read with --items lines or --items files");
        run("train", "--items", "files", "--network", "counts", "--data", file("x.log", "a\n"), "--out", out)
                .failed("1 item of kind bytes");
        run("train", "--items", "rows", "--network", "counts", "--data", file("x.log", "a,b\n1\n"), "--out", out)
                .failed("x.log, line 2: has 1 field, not 2");
    }

    @Test
    void recordsThatAreNoneAreNamed() throws IOException {
        Path data = file("x.txt", "{\"a\":1}\n{\"a\":2}\n{\"a\":");
        run("train", "--items", "ndjson", "--data", data, "--out", dir.resolve("run"))
                .warned("1 file taken as it is, although it has lines that are no JSON: x.txt, line 3");
        Path archive = dir.resolve("x.ardm");
        run("compress", "-m", model, "--items", "ndjson", "-o", archive, data).warned("x.txt, line 3");
        run("score", "-m", model, "--items", "ndjson", data).warned("x.txt, line 3");
        run("decompress", "-m", model, archive, "-o", dir.resolve("back")).good();
        assertThat(dir.resolve("back")).hasSameBinaryContentAs(data);
    }

    @Test
    void contradictionsAreRefused() throws IOException {
        Path data = file("x.txt", "a\nb\n");
        Path out = dir.resolve("out");
        run("train", "--items", "lines", "--kind", "text", "--data", data, "--out", out)
                .refused("--items lines and --kind text exclude each other");
        run("train", "--items", "words", "--data", data, "--out", out).refused("--items", "'words'", "LINES");
        for (String items : List.of("rows", "files")) {
            String refusal = "--items " + items + ": the items of this model are lines";
            run("compress", "-m", model, "--items", items, "-o", out, data).failed(refusal);
            run("add", "-m", model, "--items", items, archive(data), data).failed(refusal);
            run("score", "-m", model, "--items", items, data).failed(refusal);
            run("eval", "-m", model, "--items", items, "--data", data).failed(refusal);
            run("fill", "-m", model, "--items", items, "--input", data, "-o", out)
                    .failed(refusal);
            run("sample", "-m", model, "--items", items, "-n", 1, "-o", out).failed(refusal);
        }
        assertThat(out).doesNotExist();
    }

    @Test
    void aLineIsAnItem() throws IOException {
        Path archive = archive(file("visits", "one\r\n\ntwo\nthree"));
        assertThat(cat(archive, 0)).isEqualTo("one\r\n");
        assertThat(cat(archive, 1)).isEqualTo("\n");
        assertThat(cat(archive, 3)).isEqualTo("three");
        assertThat(cat(archive, "1-2")).isEqualTo("\ntwo\n");
        assertThat(cat(archive, "3", "0-1")).isEqualTo("one\r\n\nthree");
        for (String none : List.of("4", "2-4", "2-1", "-", "1-", "x")) {
            run("cat", "-m", model, archive, none).failed("no item " + none + "; it has the items 0..3");
        }
        Path out = dir.resolve("out");
        run("extract", "-q", "-m", model, archive, 2, "-o", out).good();
        assertThat(out).hasContent("two\n");
        run("extract", "-q", "-m", model, archive, 2, "-o", out).failed("out: exists already");
        run("extract", "-q", "-f", "-m", model, archive, "0-1", "-o", out).good();
        assertThat(Files.readString(out)).isEqualTo("one\r\n\n");
        run("extract", "-m", model, archive, "0-1", 3, "-o", dir + "/each/").good();
        assertThat(Cli.files(dir.resolve("each"))).containsOnlyKeys("00000.log", "00001.log", "00003.log");
        assertThat(dir.resolve("each/00003.log")).hasContent("three");
        assertThat(piped(NOTHING, "extract", "-m", model, archive, 2, "-o", "-"))
                .isEqualTo("two\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void linesOfSeveralFilesAreOneSequence() throws IOException {
        file("in/a", "1\n2");
        file("in/b", "");
        file("in/c/d", "\n3\n");
        Path archive = archive(dir.resolve("in"));
        assertThat(cat(archive, "*")).isEqualTo("1\n2\n3\n");
        assertThat(cat(archive, 1, 3)).isEqualTo("2\n");
        assertThat(cat(archive, 2)).isEmpty();
        assertThat(piped(NOTHING, "decompress", "-m", model, "-c", archive))
                .isEqualTo("1\n2\n3\n".getBytes(StandardCharsets.UTF_8));
        run("decompress", "-m", model, archive, "-o", dir.resolve("one.txt")).failed("there are several files");
        assertThat(dir.resolve("one.txt")).doesNotExist();
        for (String out : List.of("back", "slash/")) {
            run("decompress", "-m", model, archive, "-o", dir + "/" + out).good();
            assertThat(Cli.files(dir.resolve(out))).isEqualTo(Cli.files(dir.resolve("in")));
        }
        run("decompress", "-m", model, archive).good();
        assertThat(Cli.files(dir.resolve("x"))).isEqualTo(Cli.files(dir.resolve("in")));
    }

    @Test
    void aFileGetsItsNameBackAndNothingIsReplacedUnasked() throws IOException {
        Path file = file("visits", TEXT);
        run("compress", "-m", model, file).good();
        Path archive = dir.resolve("visits.ardm");
        run("decompress", "-m", model, archive).failed("visits: exists already; --force replaces it");
        Files.writeString(file, "other");
        run("decompress", "-f", "-m", model, archive).good();
        assertThat(file).hasContent(TEXT);
        Files.delete(file);
        run("decompress", "-m", model, archive).good();
        assertThat(file).hasContent(TEXT);
        run("decompress", "-m", model, archive, "-o", file).failed("visits: exists already; --force replaces it");
        Files.delete(file);
        Files.createDirectories(file.resolve("inside"));
        run("decompress", "-f", "-m", model, archive).failed("visits: exists already and is not an empty folder");
        run("decompress", "-f", "-m", model, archive, "-o", file).failed("is not an empty folder");
        run("decompress", "-m", model, archive, "-o", dir.resolve("no/where")).failed("cannot be written: no folder");
        assertThat(piped(NOTHING, "decompress", "-m", model, archive, "-o", "-"))
                .isEqualTo(TEXT.getBytes(StandardCharsets.UTF_8));
        file("several/a", "1\n");
        file("several/b", "2\n");
        Path several = archive(dir.resolve("several"));
        Path taken = file("x", "a file where the folder should be");
        run("decompress", "-f", "-m", model, several).failed("x: is a file, and there are several");
        assertThat(taken).hasContent("a file where the folder should be");
    }

    /** Random bytes with many ends of lines: the file and each of its lines come back. */
    @Test
    void anyBytesComeBack() throws IOException {
        Random random = new Random(5);
        for (int round = 0; round < 12; round++) {
            byte[] content = new byte[round < 6 ? round : random.nextInt(400)];
            byte[] special = {'\n', '\r', 0, (byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
            for (int i = 0; i < content.length; i++) {
                boolean odd = random.nextInt(2) == 0;
                content[i] = odd ? special[random.nextInt(special.length)] : (byte) random.nextInt(256);
            }
            Path file = Files.write(dir.resolve("any"), content);
            Path archive = archive(file);
            Path back = dir.resolve("back");
            run("decompress", "-f", "-m", model, archive, "-o", back).good();
            assertThat(back).hasBinaryContent(content);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            int items = json("list", "--json", archive).path("items").asInt();
            for (int k = 0; k < items; k++) {
                all.write(piped(NOTHING, "cat", "-m", model, archive, k));
            }
            assertThat(all.toByteArray()).isEqualTo(content);
        }
    }

    @Test
    void filesAreAddedAndArchivesJoined() throws IOException {
        Path archive = archive(file("a.log", "1\n2"));
        run("add", "-q", "-m", model, "--items", "lines", archive, file("b.log", "3\n"))
                .good();
        run("add", "-q", "-m", model, archive, file("a.log", "4")).good();
        assertThat(cat(archive, "0-3")).isEqualTo("1\n23\n4");
        run("decompress", "-m", model, archive, "-o", dir.resolve("back")).good();
        assertThat(Cli.files(dir.resolve("back"))).containsOnlyKeys("a.log", "b.log", "a_2.log");
        Path both = dir.resolve("both.ardm");
        byte[] one = Files.readAllBytes(archive);
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.write(one);
        twice.write(one);
        Files.write(both, twice.toByteArray());
        assertThat(cat(both, "*")).isEqualTo("1\n23\n41\n23\n4");
    }

    @Test
    void sizesAreListedAndThousandsOfLinesStayReadable() throws IOException {
        Path archive = archive(file("visits", TEXT));
        String text = run("list", archive).good().out();
        assertThat(text.lines()).hasSizeLessThan(25);
        assertThat(text).contains("  and 30 items more without names; --names '*' shows them all");
        assertThat(run("list", "--names", "*", archive).good().out().lines()).hasSizeGreaterThan(40);
        JsonNode apart = json("list", "--json", archive);
        assertThat(apart.path("items").asInt()).isEqualTo(40);
        assertThat(apart.path("entries")).hasSize(40);
        assertThat(apart.path("bytes").asLong()).isEqualTo(Files.size(archive));
        assertThat(apart.path("model_bytes").isNull()).isTrue();
        Path beside = Files.copy(model, dir.resolve("model.safetensors"));
        assertThat(json("list", "--json", archive).path("model_bytes").asLong()).isEqualTo(Files.size(model));
        assertThat(run("info", archive).good().out()).contains(String.format("%,d bytes%n", Files.size(model)));
        Files.delete(beside);
        Path inside = archive("--embed-model", dir.resolve("visits"));
        JsonNode together = json("list", "--json", inside);
        assertThat(together.path("model_bytes").asLong()).isEqualTo(Files.size(model));
        assertThat(together.path("bytes").asLong())
                .isEqualTo(Files.size(inside))
                .isGreaterThan(Files.size(model));
    }

    @ParameterizedTest
    @ValueSource(strings = {"drawn", "drawn.txt"})
    void linesAreDrawnScoredAndContinued(String name) throws IOException {
        Path drawn = dir.resolve(name);
        run("sample", "-m", model, "--items", "lines", "-n", 30, "-o", drawn).good();
        assertThat(Files.readAllLines(drawn, StandardCharsets.ISO_8859_1)).hasSize(30);
        assertThat(run("score", "-m", model, "--items", "lines", drawn)
                        .good()
                        .out()
                        .lines())
                .hasSize(31);
        Path begun = file("begun", "12:01 ann\n12:02 bob closed\n" + "y".repeat(300) + "\n12:0");
        Path whole = dir.resolve("whole-" + name);
        assertThat(run("fill", "-m", model, "--items", "lines", "--input", begun, "-o", whole)
                        .good()
                        .out())
                .contains("4 lines");
        List<String> lines = Files.readAllLines(whole, StandardCharsets.ISO_8859_1);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("12:01 ann opened the door");
        assertThat(lines.get(1)).isEqualTo("12:02 bob closed the door");
        assertThat(lines.get(2)).isEqualTo("y".repeat(300));
        assertThat(lines.get(3)).startsWith("12:0");
        assertThat(Files.readString(whole, StandardCharsets.ISO_8859_1)).doesNotEndWith("\n");
    }

    @Test
    void aReaderThatStopsIsNoFailure() throws IOException {
        Path archive = archive(file("visits", TEXT.repeat(50)));
        List<String> line = new ArrayList<>(List.of("bash", "-c", "set -o pipefail; \"$@\" | head -c 10", "bash"));
        line.addAll(Programs.line("cat", "-m", model, archive, "*"));
        Programs.Ended ended = Programs.run(Programs.in(dir, line), NOTHING).good();
        assertThat(new String(ended.out(), StandardCharsets.UTF_8)).isEqualTo("12:01 ann ");
        assertThat(ended.err()).isEmpty();
    }
}
