package dev.ardm.cli;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as people have them, through the verbs that need to know what is in them. */
class TableCommandsTest {
    @TempDir
    Path dir;

    private Path model;

    @BeforeEach
    void model() throws IOException {
        Path file = write("train/all.csv", TABLE);
        model = dir.resolve("model.safetensors");
        Cli.write(model, Cli.model(DataFormats.fit("csv", List.of(file), Map.of()), 1));
    }

    private Path write(String name, String text) throws IOException {
        Path path = dir.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    static final String TABLE = "name,age,city\nann,31,ulm\nbob,42,bonn\ncid,31,ulm\nann,42,ulm\n";

    @Test
    void tablesAreImputed() throws IOException {
        Path holes = write("holes.csv", "name,age,city\r\n?,31,ulm\r\nbob,,bonn\r\nzoe,31,\"\"\r\n\r\ncid,42,ulm\r\n");
        Path out = dir.resolve("filled.csv");
        Cli.Result result = run("fill", "-m", model, "--input", holes, "--seed", 5, "-o", out);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("5 rows, 3 of 15 fields filled in, seed 5");
        List<String> lines = Files.readString(out).lines().toList();
        assertThat(Files.readString(out)).endsWith("cid,42,ulm\r\n");
        assertThat(lines.get(1)).matches("(ann|bob|cid|),31,ulm");
        assertThat(lines.get(2)).matches("bob,(31|42|),bonn");
        assertThat(lines.get(3)).matches("zoe,31,(ulm|bonn|)");
        assertThat(lines.get(4)).isEmpty();

        run("fill", "-m", model, "--input", holes, "--mask", "known:columns=name,age", "-o", out);
        lines = Files.readString(out).lines().toList();
        assertThat(lines.get(1)).startsWith("?,31,");
        assertThat(lines.get(3)).startsWith("zoe,31,");
        run("fill", "-m", model, "--input", holes, "--mask", "missing:columns=size", "-o", out)
                .failed("no column 'size'");
        run("fill", "-m", model, "--input", holes, "--mask", "known:prefix=2", "-o", out)
                .refused("is not for files of kind csv");
        run("fill", "-m", model, "--input", write("whole.csv", TABLE), "-o", out)
                .failed("whole.csv: this mask leaves nothing to fill in; --mask missing:fields=NA also");
        Path marked = write("marked.csv", "name,age,city\nann,NA,ulm\n\"n/a\",31,NaN\n");
        assertThat(run("fill", "-m", model, "--input", marked, "--mask", "missing:fields=NA,n/a", "-o", out)
                        .out())
                .contains("2 of 6 fields filled in");
        assertThat(Files.readString(out)).matches("name,age,city\nann,(31|42|),ulm\n(ann|bob|cid|),31,NaN\n");
    }

    /** A table gets a model of counts, unless there is an option of networks. It fills in what the other columns say. */
    @Test
    void tablesAreLearntByCountsInNoTime() throws IOException {
        StringBuilder rows = new StringBuilder("city,age,river\n");
        for (int n = 0; n < 300; n++) {
            rows.append(n % 3 == 0 ? "ulm," : "bonn,")
                    .append(20 + n * n % 31)
                    .append(n % 3 == 0 ? ",danube\n" : ",rhine\n");
        }
        Path table = write("cities.csv", rows.toString());
        Path learnt = dir.resolve("run");
        Cli.Result result = run("train", "--data", table, "--out", learnt).good();
        assertThat(result.out()).contains("300 items of kind csv learnt");
        Path holes = write("rivers.csv", "city,age,river\n?,31,danube\nbonn,22,?\nulm,,danube\nulm,20,\n");
        Path out = dir.resolve("filled.csv");
        run("fill", "-m", learnt, "--input", holes, "--seed", 1, "-o", out).good();
        assertThat(Files.readString(out))
                .matches("city,age,river\nulm,31,danube\nbonn,22,rhine\nulm,\\d\\d,danube\nulm,20,danube\n");
        Path archive = dir.resolve("cities.ardm");
        run("compress", "-m", learnt, "-o", archive, table).good();
        run("decompress", archive, "-m", learnt, "-o", dir.resolve("back.csv")).good();
        assertThat(Files.readString(dir.resolve("back.csv"))).isEqualTo(rows.toString());
        run("train", "--data", table, "--out", dir.resolve("other"), "--network", "counts", "--minutes", 1)
                .refused("--minutes is for networks, and a model of counts has none");
    }

    /** A network that corrects counts, from left to right, and one that generates columns in any order, through every verb. */
    @ParameterizedTest
    @CsvSource({"autoregressive,causal-transformer+counts", "permuted,causal-transformer"})
    void causalTransformersTakeTables(String process, String network) throws IOException {
        StringBuilder rows = new StringBuilder("city,age,river\n");
        for (int n = 0; n < 60; n++) {
            rows.append(n % 3 == 0 ? "ulm," : "bonn,")
                    .append(20 + n * n % 7)
                    .append(n % 3 == 0 ? ",danube\n" : ",rhine\n");
        }
        Path table = write("cities.csv", rows.toString());
        Path learnt = dir.resolve("run");
        Object[] train = {"train", "--data", table, "--out", learnt, "--process", process, "--network", network};
        run(Stream.concat(Stream.of(train), Stream.of("--preset", "tiny", "--steps", 40, "--seed", 1))
                        .toArray())
                .good();
        Path archive = dir.resolve("cities.ardm");
        run("compress", "-m", learnt, "-o", archive, table).good();
        run("decompress", archive, "-m", learnt, "-o", dir.resolve("back.csv")).good();
        assertThat(Files.readString(dir.resolve("back.csv"))).isEqualTo(rows.toString());
        assertThat(run("eval", "-m", learnt, "--data", table).good().out()).contains("exact log-likelihood");
        run("score", "-m", learnt, table).good();
        run("sample", "-m", learnt, "-n", 3, "-o", dir.resolve("drawn.csv")).good();
        assertThat(Files.readString(dir.resolve("drawn.csv")))
                .matches("city,age,river\n((ulm|bonn|),\\d*,(danube|rhine|)\n){3}");
        boolean any = process.equals("permuted");
        Path holes = write("holes.csv", any ? "city,age,river\n?,31,danube\n" : "city,age,river\nulm,?,?\n");
        Path out = dir.resolve("filled.csv");
        run("fill", "-m", learnt, "--input", holes, "--seed", 1, "-o", out).good();
        assertThat(Files.readString(out))
                .matches(
                        any ? "city,age,river\n(ulm|bonn|),31,danube\n" : "city,age,river\nulm,\\d*,(danube|rhine|)\n");
    }

    /** Files as people have them, with holes. Known fields come out byte for byte, and holes get words of their own column. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "city,name,age\nulm,NAME,31\nCITY,bob,42\nulm,\"zoe\",AGE\n",
                "city;name;age\nulm;NAME;31\nCITY;bob;42\nulm;\"zoe\";AGE\n",
                "age\tcity\tname\tnote\r\n31\tulm\tNAME\t\"a\tb\nc\"\r\n42\tCITY\tbob\t\r\nAGE\tulm\tzoe\tx\r\n",
                "\u00EF\u00BB\u00BF\"name\"|\"age\"|\"city\"\nNAME|\"31\"|\"ulm\"\n\"bob\"|\"42\"|CITY\n\n",
                "NAME,31,ulm\nbob,42,CITY\nzoe,AGE,ulm",
            })
    void knownFieldsComeOutAsTheyWentIn(String table) throws IOException {
        Map<String, String> words = Map.of("NAME", "ann|bob|cid", "AGE", "31|42", "CITY", "ulm|bonn");
        for (String hole : List.of("?", "", "\"?\"", "\"\"")) {
            String holes = table;
            String wanted = "\\Q" + table + "\\E";
            for (String column : words.keySet()) {
                holes = holes.replace(column, hole);
                wanted = wanted.replace(column, "\\E\"?(" + words.get(column) + "|)\"?\\Q");
            }
            Path in = Files.write(dir.resolve("holes.csv"), holes.getBytes(StandardCharsets.ISO_8859_1));
            Path out = dir.resolve("filled.csv");
            Cli.Result result = run("fill", "-m", model, "--input", in, "--seed", 3, "-o", out);
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(Files.readString(out, StandardCharsets.ISO_8859_1)).matches(wanted);
        }
    }

    @Test
    void tablesThatAreNotTheModelsAreRefusedOrSaid() throws IOException {
        Path out = dir.resolve("out.csv");
        Path swapped = write("swapped.csv", "city;age;name;id\nulm;31;?;7\n");
        run("fill", "-m", model, "--input", swapped, "-o", out)
                .warned(
                        "swapped.csv: the fields are separated by ';'",
                        "swapped.csv: the columns have another order",
                        "not looked at: 'id'");
        run("score", "-m", model, swapped).warned("separated by ';'", "'id'");
        run("eval", "-m", model, "--data", swapped).warned("separated by ';'", "'id'");
        run("score", "-m", model, "--format", "delimiter=,", swapped)
                .failed("swapped.csv: the first line has neither the names");
        run("score", "-m", model, "--format", "delimiter=;;", swapped).failed("option delimiter of the csv format");
        run("score", "-m", model, "--format", "names=x", swapped).failed("unknown option 'names'");
        Files.delete(out);
        Path lacking = write("lacking.csv", "name,age\nann,?\n");
        Path ragged = write("ragged.csv", "name,age,city\nann,?,ulm\nbob,42\n");
        for (String verb : List.of("fill", "score", "eval")) {
            for (Path file : List.of(lacking, ragged)) {
                List<Object> command = new ArrayList<>(List.of(verb, "-m", model));
                command.addAll(
                        switch (verb) {
                            case "fill" -> List.of("--input", file, "-o", out);
                            case "eval" -> List.of("--data", file);
                            default -> List.of(file);
                        });
                run(command.toArray())
                        .failed(
                                file == ragged
                                        ? "ragged.csv, line 3: has 2 fields, not 3"
                                        : "lacking.csv: lacks the column 'city'");
                assertThat(out).doesNotExist();
            }
        }
        Path folder = Files.createDirectory(dir.resolve("all"));
        for (Path file : List.of(swapped, lacking, ragged)) {
            Files.move(file, folder.resolve(file.getFileName()));
        }
        Cli.Result result = run("compress", "-m", model, "-o", dir.resolve("all.ardm"), folder)
                .warned(
                        "swapped.csv: the fields are separated by ';'",
                        "lacking.csv: columns of the model are not there: 'city'",
                        "ragged.csv, line 3 has 2 fields, not 3; it is kept as it is");
        assertThat(result.err()).doesNotContain("ardm: " + System.lineSeparator());
        run("decompress", "-m", model, dir.resolve("all.ardm"), "-o", dir.resolve("back") + "/")
                .good();
        assertThat(Cli.files(dir.resolve("back"))).isEqualTo(Cli.files(folder));
        write("more/x.csv", "age|name|city\n31|ann|ulm\n");
        run("add", "-m", model, dir.resolve("all.ardm"), dir.resolve("more/x.csv"))
                .warned("x.csv: the fields are separated by '|'");
        run("decompress", "-f", "-m", model, dir.resolve("all.ardm"), "-o", dir.resolve("more/back") + "/")
                .good();
        assertThat(dir.resolve("more/back/x.csv")).hasSameBinaryContentAs(dir.resolve("more/x.csv"));
    }

    @Test
    void tablesAreMappedByColumn() throws IOException {
        run("score", "-m", model, "--map", dir.resolve("map.tsv"), dir.resolve("train"))
                .good();
        List<String> lines = Files.readAllLines(dir.resolve("map.tsv"));
        assertThat(lines).hasSize(1 + 4 * 3);
        assertThat(lines.get(2)).matches("0\tage\t31\t[0-9.]+");
    }
}
