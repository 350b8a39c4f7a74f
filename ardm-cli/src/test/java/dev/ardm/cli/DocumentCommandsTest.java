package dev.ardm.cli;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.InputOptions;
import dev.ardm.data.image.ImageFolder;
import dev.ardm.data.items.ItemSets;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Text, bytes, sound and tables from file to file, through every verb that takes a finished model. */
class DocumentCommandsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path dir;

    private Path model(DataFormat format) throws IOException {
        return Cli.write(dir.resolve(format.kind() + ".safetensors"), Cli.model(format, 1));
    }

    private Path fitted(String kind, Path data, String... options) throws IOException {
        Map<String, String> map = new java.util.TreeMap<>();
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return model(DataFormats.fit(kind, List.of(data), map));
    }

    private Path write(String name, String text) throws IOException {
        Path path = dir.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private JsonNode list(Path archive) {
        return JSON.readTree(run("list", archive, "--json").good().out());
    }

    private Path archived(Path model, Path... paths) {
        Path archive = dir.resolve("files.ardm");
        Object[] args = new Object[] {"compress", "-m", model, "--calls", 6, "-f", "-o", archive};
        Object[] all = Arrays.copyOf(args, args.length + paths.length);
        System.arraycopy(paths, 0, all, args.length, paths.length);
        Cli.Result result = run(all);
        assertThat(result.code()).as(result.err()).isZero();
        return archive;
    }

    /** Compresses, tests, and restores all files of a folder. */
    private void assertComesBack(Path model, Path folder, int items) throws IOException {
        Path archive = archived(model, folder);
        assertThat(run("test", "-m", model, archive).good().out())
                .contains("good, " + items + " item" + (items == 1 ? "" : "s"));
        assertThat(list(archive).path("items").asInt()).isEqualTo(items);
        Path back = dir.resolve("back-" + folder.getFileName());
        run("decompress", "-m", model, archive, "-o", back).good();
        assertThat(Cli.files(back)).isEqualTo(Cli.files(folder));
        byte[] bytes = Files.readAllBytes(archive);
        run("compress", "-m", model, "--calls", 6, "--threads", 3, "-f", "-o", archive, folder);
        assertThat(archive).hasBinaryContent(bytes);
    }

    private static String text(int length) {
        RandomStream random = RandomStream.of(3, Purpose.TEST, length);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("abcde \n".charAt(random.nextInt(7)));
        }
        return text.toString();
    }

    private Path textModel() throws IOException {
        return fitted("text", write("train/all.txt", "abcde \n".repeat(40)), "window", "16");
    }

    @Test
    void textOfAnyLengthComesBack() throws IOException {
        Path model = textModel();
        for (int length : new int[] {0, 1, 15, 16, 17, 28, 29, 300}) {
            write("in/deep/" + length + ".txt", text(length));
        }
        write("in/odd.txt", "a \u00e9 b\ud83d\ude00");
        Files.write(dir.resolve("in/stray"), new byte[] {'a', (byte) 0xFF, 'b', 0});
        assertComesBack(model, dir.resolve("in"), 10);
        JsonNode list = list(dir.resolve("files.ardm"));
        assertThat(list.path("layout").asString()).isEqualTo("sequences");
        assertThat(list.path("context").asInt()).isEqualTo(4);
        JsonNode last = list.path("entries").get(7);
        assertThat(last.path("name").asString()).isEqualTo("deep/300.txt");
        assertThat(last.path("values").asInt()).isEqualTo(300);
        assertThat(run("list", dir.resolve("files.ardm")).good().out())
                .contains("in windows that see 4 values before at least", "deep/300.txt");

        run("decompress", "-m", model, dir.resolve("files.ardm"), "--item", 7, "-o", dir.resolve("one.txt"))
                .good();
        assertThat(dir.resolve("one.txt")).hasContent(text(300));
    }

    /** A file of one channel and 16 bits a sample. */
    static byte[] wav(int channels, int rate, int samples, byte[] behind) {
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples + behind.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples + behind.length);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
        wav.putShort((short) channels).putInt(rate).putInt(2 * channels * rate).putShort((short) (2 * channels));
        wav.putShort((short) 16).put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            wav.putShort((short) (8000 * StrictMath.sin(0.1 * i)));
        }
        return wav.put(behind).array();
    }

    @Test
    void soundComesBack() throws IOException {
        Files.createDirectories(dir.resolve("in"));
        byte[] behind = "LIST\4\0\0\0abcd".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(dir.resolve("in/tone.wav"), wav(2, 8000, 150, new byte[0]));
        Files.write(dir.resolve("in/short.wav"), wav(2, 8000, 6, new byte[0]));
        Files.write(dir.resolve("in/tagged.wav"), wav(2, 8000, 64, behind));
        Path model = fitted("wav", dir.resolve("in"), "window", "40");
        assertComesBack(model, dir.resolve("in"), 3);
        assertThat(list(dir.resolve("files.ardm")).path("padding_value").asInt())
                .isEqualTo(1 << 15);

        Path other = dir.resolve("other.wav");
        Files.write(other, wav(1, 8000, 10, new byte[0]));
        run("compress", "-m", model, "-o", dir.resolve("x.ardm"), other)
                .failed("other.wav: is of 16 bits, 1 channel, 8000 Hz, and the model of 16 bits, 2 channels");
        run("compress", "-m", model, "--context", 7, "-o", dir.resolve("x.ardm"), dir.resolve("in"))
                .refused("--context must be a multiple of the number of channels, 2");
        assertThat(dir.resolve("x.ardm")).doesNotExist();
    }

    @Test
    void tablesComeBack() throws IOException {
        Path model = fitted("csv", write("train/all.csv", TableCommandsTest.TABLE));
        write("in/a.csv", TableCommandsTest.TABLE);
        write("in/b.csv", "name,age,city\r\nann,99,\"x, y\"\r\nonly one field\r\ncid,31,bonn");
        assertComesBack(model, dir.resolve("in"), 7);
        assertThat(list(dir.resolve("files.ardm")).path("layout").asString()).isEqualTo("rows");
        Path archive = archived(model, dir.resolve("in/b.csv"));
        run("decompress", "-m", model, archive, "-o", dir.resolve("one.csv")).good();
        assertThat(dir.resolve("one.csv")).hasSameBinaryContentAs(dir.resolve("in/b.csv"));
        run("decompress", "-m", model, archived(model, dir.resolve("in")), "-o", dir.resolve("two.csv"))
                .failed("there are several files");
        assertThat(dir.resolve("two.csv")).doesNotExist();
    }

    @Test
    void textIsFilledWhereItIsMissing() throws IOException {
        Path model = textModel();
        String before = text(60);
        Path in = write("in.txt", before);
        Path out = dir.resolve("out.txt");
        run("fill", "-m", model, "--calls", 8, "--input", in, "--mask", "known:prefix=40", "-o", out)
                .good();
        assertThat(Files.readString(out))
                .hasSize(60)
                .startsWith(before.substring(0, 40))
                .isNotEqualTo(before);
        run("fill", "-m", model, "--calls", 8, "--input", in, "--mask", "missing:range=20,26", "-o", out)
                .good();
        assertThat(Files.readString(out))
                .hasSize(60)
                .startsWith(before.substring(0, 20))
                .endsWith(before.substring(26));
        byte[] first = Files.readAllBytes(out);
        run(
                        "fill",
                        "-m",
                        model,
                        "--calls",
                        8,
                        "--threads",
                        2,
                        "--input",
                        in,
                        "--mask",
                        "missing:range=20,26",
                        "-o",
                        out)
                .good();
        assertThat(out).hasBinaryContent(first);
        run("fill", "-m", model, "--calls", 8, "--input", in, "--length", 100, "-o", out)
                .good();
        assertThat(Files.readString(out)).hasSize(100).startsWith(before);
        run("fill", "-m", model, "--calls", 8, "--input", in, "--length", 59, "-o", out)
                .failed("in.txt: is 60 long, more than --length; known values are not dropped");

        Path odd = write("odd.txt", "a\u00e9b" + text(20) + "\u00e9c");
        run("fill", "-m", model, "--calls", 8, "--input", odd, "--mask", "missing:suffix=5", "-o", out)
                .good();
        assertThat(Files.readString(out)).startsWith("a\u00e9b");
        run("fill", "-m", model, "--input", in, "-o", out).refused("--mask is required");
        run("fill", "-m", model, "--input", in, "--mask", "known:left", "-o", out)
                .refused("--mask: mask \"known:left\" is not understood; expected");
        run("fill", "-m", model, "--input", in, "--mask", "known:prefix=x", "-o", out)
                .refused("contains something that is not a place, x");
        run("fill", "-m", model, "--input", in, "--mask", "known:prefix=60", "-o", out)
                .failed("this mask leaves nothing to fill in");
    }

    @Test
    void soundIsFilledBySeconds() throws IOException {
        Path in = dir.resolve("tone.wav");
        Files.write(in, wav(2, 100, 200, new byte[0]));
        Path model = fitted("wav", in, "window", "40");
        Path out = dir.resolve("out.wav");
        run("fill", "-m", model, "--calls", 4, "--input", in, "--mask", "missing:range=0.5s,0.6s", "-o", out)
                .good();
        byte[] before = Files.readAllBytes(in);
        byte[] after = Files.readAllBytes(out);
        int from = 44 + 4 * 50;
        int to = 44 + 4 * 60;
        assertThat(after).hasSameSizeAs(before);
        assertThat(Arrays.copyOf(after, from)).isEqualTo(Arrays.copyOf(before, from));
        assertThat(Arrays.copyOfRange(after, to, after.length))
                .isEqualTo(Arrays.copyOfRange(before, to, before.length));
        assertThat(after).isNotEqualTo(before);
        for (int size : new int[] {0, 1, 201, -1}) {
            ByteBuffer.wrap(before).order(ByteOrder.LITTLE_ENDIAN).putInt(40, size);
            Files.write(in, before);
            run("fill", "-m", model, "--calls", 4, "--input", in, "--length", 210, "-o", out)
                    .good();
            after = Files.readAllBytes(out);
            assertThat(after).hasSize(44 + 4 * 210);
            assertThat(Arrays.copyOfRange(after, 44, before.length))
                    .as("size %d", size)
                    .isEqualTo(Arrays.copyOfRange(before, 44, before.length));
        }
    }

    @Test
    void imagesAreScoredAndMapped() throws IOException {
        Space space = Space.image(8, 8, 3, 256);
        Path model = Cli.modelFile(dir.resolve("images.safetensors"), space, 2);
        ImageFolder.write(dir.resolve("in"), Cli.items(space, 3, 4));
        run("score", "-m", model, "--calls", 4, "--map", dir.resolve("maps"), dir.resolve("in"))
                .good();
        var maps = ItemSets.open(dir.resolve("maps"), Space.image(64, 64, 1, 256));
        assertThat(maps.size()).isEqualTo(3);
        run("score", "-m", model, "--calls", 4, "--map", dir.resolve("maps.npy"), dir.resolve("in"))
                .good();
        var values = ItemSets.open(dir.resolve("maps.npy"), Space.image(8, 8, 1, 256));
        for (int pixel = 0; pixel < 64 * 64; pixel++) {
            int place = pixel / 64 / 8 * 8 + pixel % 64 / 8;
            assertThat(maps.item(1)[pixel]).isEqualTo(values.item(1)[place]);
        }
        // Random values are worth about 8 bits each, which is half of white.
        assertThat(Arrays.stream(maps.item(1)).average().orElseThrow()).isBetween(100.0, 200.0);
        run("score", "-m", model, "--calls", 4, "--map", dir.resolve("map.png"), dir.resolve("in"))
                .failed("an image holds a single item, there are 3");
        Files.writeString(dir.resolve("in/notes.txt"), "no image");
        run("score", "-m", model, "--calls", 4, dir.resolve("in")).warned("1 file skipped, of another kind: notes.txt");
        Files.delete(dir.resolve("in/notes.txt"));
        LikelihoodModel likelihood = dev.ardm.core.family.Models.open(model, 1);
        JsonNode scores = JSON.readTree(run("score", "-m", model, "--calls", 4, "--json", dir.resolve("in"))
                .good()
                .out());
        double mean = likelihood
                .estimator(Estimator.PLAN, likelihood.plan(4), 1)
                .measureValues(ItemSets.open(dir.resolve("in"), space).all(), 0, n -> {})
                .bitsPerDimension();
        double sum = 0;
        for (JsonNode item : scores.path("items")) {
            sum += item.path("bits_per_dimension").asDouble();
        }
        assertThat(sum / 3).isCloseTo(mean, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void whatCannotBeDoneIsSaid() throws IOException {
        Path model = textModel();
        Path archive = dir.resolve("x.ardm");
        Files.createDirectories(dir.resolve("empty"));
        run("compress", "-m", model, "-o", archive, dir.resolve("empty")).failed("empty: contains no files to read");
        run("compress", "-m", model, "-o", archive, dir.resolve("none")).failed("none: no such file or folder");
        run("compress", "-m", model, "--context", 16, "-o", archive, write("a.txt", "a"))
                .refused("--context must be in 0..15, got 16");
        Path images = Cli.modelFile(dir.resolve("images.safetensors"), Space.image(8, 8, 1, 16), 2);
        Path grey = dir.resolve("grey.npy");
        NpyFile.write(grey, Cli.items(Space.image(8, 8, 1, 16), 2, 1));
        run("compress", "-m", images, "--context", 3, "-o", archive, grey)
                .refused("--context applies to items cut into windows");
        Path twoFiles = archived(model, write("in/a.txt", "abc"), write("in/b.txt", "cba"));
        run("decompress", "-m", model, twoFiles, "-o", dir.resolve("one.txt"))
                .failed("one.txt: is a single file, but", "has 2 items; choose one with --item");
        run("decompress", "-m", images, twoFiles, "-o", dir.resolve("out")).failed("wrong model");
        run("decompress", "-m", model, twoFiles, "-o", dir.resolve("in")).failed("is not an empty folder");
        Path inside = write("in/old.ardm", "abc");
        run("compress", "-m", model, "-f", "-o", inside, dir.resolve("in")).failed("is both input and output");
    }

    @Test
    void streamsThatDoNotComeBackAreNotKept() throws IOException {
        Path data = write("in/a.txt", text(16 * 30));
        DataFormat format = DataFormats.fit("text", List.of(data), Map.of("window", "16"));
        LikelihoodModel model = dev.ardm.core.family.Models.open(model(format), 1);
        Path archive = dir.resolve("x.ardm");
        LikelihoodModel inexact = CompressionTest.inexact(model);
        for (int i = 0; i < 5; i++) {
            write("five/" + i + ".txt", text(30 + i));
        }
        String notices = Cli.archive(
                archive, inexact, 4, format.input(List.of(dir.resolve("five")), InputOptions.nextTo(archive)));
        assertThat(notices).contains("2 items stored without the model", "(please report this): 1.txt, 3.txt");
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            assertThat(reader.entry(1).stored()).isTrue();
            assertThat(reader.item(3).values()).hasSize(33);
            assertThat(reader.length(3)).isEqualTo(33);
        }
        Path file = dir.resolve("text.safetensors");
        run("decompress", "-m", file, archive, "-o", dir.resolve("back")).good();
        assertThat(Cli.files(dir.resolve("back"))).isEqualTo(Cli.files(dir.resolve("five")));
    }

    @Test
    void sequencesOfAnyLengthAreDrawnAndMeasured() throws IOException {
        Path model = textModel();
        Path drawn = dir.resolve("drawn");
        run("sample", "-m", model, "-n", 2, "--length", 40, "--calls", 4, "-o", drawn)
                .good();
        assertThat(Files.readString(drawn.resolve("0.txt"))).hasSize(40);
        assertThat(Files.readString(drawn.resolve("1.txt"))).hasSize(40);
        JsonNode estimates = JSON.readTree(run("eval", "-m", model, "--data", drawn, "--calls", 4, "--json")
                        .good()
                        .out())
                .path("estimates");
        JsonNode whole = estimates.path(estimates.size() - 1);
        assertThat(whole.path("kind").asString()).isEqualTo("whole_files");
        assertThat(whole.path("items").asInt()).isEqualTo(2);
    }
}
