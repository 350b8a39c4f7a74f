package dev.ardm.cli;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ardm.core.Space;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.network.Weights;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.image.ImageFiles;
import dev.ardm.data.image.ImageFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An error names its cause and a remedy, and leaves no file behind. */
class BadInputTest {
    private static final Space GREY = Space.image(8, 8, 1, 256);

    @TempDir
    Path dir;

    private Path model;
    private Path npy;
    private List<String> before = List.of();

    @BeforeEach
    void greyModel() throws IOException {
        model = Cli.modelFile(dir.resolve("model.safetensors"), GREY, 1);
        npy = dir.resolve("items.npy");
        NpyFile.write(npy, Cli.items(GREY, 2, 2));
    }

    @AfterEach
    void nothingNewIsThere() throws IOException {
        if (!before.isEmpty()) {
            assertThat(Cli.files(dir).keySet()).containsExactlyElementsOf(before);
        }
    }

    /** Every command that reads items refuses these. */
    private void everyReaderRefuses(Path data, String... parts) throws IOException {
        readersOfItemsRefuse(data, parts);
        run("compress", "-m", model, "-o", dir.resolve("out.ardm"), data).failed(parts);
    }

    private void readersOfItemsRefuse(Path data, String... parts) throws IOException {
        before = List.copyOf(Cli.files(dir).keySet());
        run("eval", "-m", model, "--data", data).failed(parts);
        run("fill", "-m", model, "--input", data, "--mask", "missing:left", "-o", dir.resolve("out.npy"))
                .failed(parts);
        run("compress", "-m", model, "-o", dir.resolve("out.ardm"), npy, data).failed(parts);
    }

    /** What does not fit the model is taken as images of any size, if there is nothing else. */
    private void takenAsImagesOfAnySize(Path data, String... parts) throws IOException {
        before = List.copyOf(Cli.files(dir).keySet());
        assertThat(run("eval", "-m", model, "--calls", 1, "--data", data).good().out())
                .contains("images of any size");
        run("fill", "-m", model, "--input", data, "--mask", "missing:left", "-o", dir.resolve("out.npy"))
                .failed("images of any size are written as PNG files");
        run("compress", "-m", model, "-o", dir.resolve("out.ardm"), npy, data).failed(parts);
        Path archive = dir.resolve("out.ardm");
        run("compress", "-q", "-m", model, "-o", archive, data).good();
        Files.delete(archive);
    }

    @Test
    void missingFile() throws IOException {
        everyReaderRefuses(dir.resolve("none"), "none: no such file or folder");
    }

    @Test
    void emptyFolder() throws IOException {
        everyReaderRefuses(Files.createDirectory(dir.resolve("empty")), "no images in", "empty");
    }

    @Test
    void mixedSizes() throws IOException {
        ImageFolder.write(dir.resolve("in"), Cli.items(GREY, 2, 1));
        ImageFiles.write(Space.image(8, 9, 1, 256), new int[72], dir.resolve("in/x.png"));
        takenAsImagesOfAnySize(dir.resolve("in"), "x.png", "8x9", "8x8");
    }

    @Test
    void unreadableImage() throws IOException {
        ImageFolder.write(dir.resolve("in"), Cli.items(GREY, 2, 1));
        byte[] png = Files.readAllBytes(dir.resolve("in/00001.png"));
        Files.write(dir.resolve("in/00001.png"), Arrays.copyOf(png, png.length - 20));
        everyReaderRefuses(dir.resolve("in"), "00001.png", "cut off");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 256, alpha channel",
        "4, 256, the space has 1 channel",
        "3, 256, the space has 1 channel",
        "1, 65536, 16-bit channels"
    })
    void channelsThereIsNoRoomFor(int channels, int categories, String part) throws IOException {
        Space other = Space.image(8, 8, channels, categories);
        ImageFolder.write(dir.resolve("in"), Cli.items(other, 2, 1));
        takenAsImagesOfAnySize(dir.resolve("in"), "00000.png", part);
    }

    @Test
    void alphaBesideColour() throws IOException {
        model = Cli.modelFile(dir.resolve("model.safetensors"), Space.image(8, 8, 3, 256), 1);
        ImageFolder.write(dir.resolve("in"), Cli.items(Space.image(8, 8, 4, 256), 2, 1));
        takenAsImagesOfAnySize(dir.resolve("in"), "items.npy: items of 8x8x1 do not fit a space of 8x8x3");
    }

    @Test
    void anotherShapeOrRange() throws IOException {
        NpyFile.write(dir.resolve("other.npy"), Cli.items(Space.image(9, 8, 1, 256), 2, 1));
        everyReaderRefuses(dir.resolve("other.npy"), "other.npy", "items of 9x8x1 do not fit a space of 8x8x1");
        before = List.of();
        NpyFile.write(dir.resolve("other.npy"), Cli.items(Space.image(8, 8, 1, 1000), 2, 1));
        everyReaderRefuses(dir.resolve("other.npy"), "other.npy", "is outside [0, 256)");
    }

    @Test
    void truncatedArray() throws IOException {
        byte[] all = Files.readAllBytes(npy);
        Files.write(dir.resolve("cut.npy"), Arrays.copyOf(all, all.length - 3));
        everyReaderRefuses(dir.resolve("cut.npy"), "cut.npy");
    }

    /** After hundreds of good items, or of files. */
    @Test
    void theLastItem() throws IOException {
        List<int[]> values = Cli.values(GREY, 600, 1);
        values.get(599)[63] = 256;
        Path last = dir.resolve("last.npy");
        NpyFile.write(last, PackedItemSet.of(Space.image(8, 8, 1, 512), values, null));
        ImageFolder.write(dir.resolve("in"), Cli.items(GREY, 300, 1));
        ImageFiles.write(Space.image(8, 8, 3, 256), new int[192], dir.resolve("in/z.png"));
        before = List.copyOf(Cli.files(dir).keySet());
        run("compress", "-m", model, "-o", dir.resolve("out.ardm"), last)
                .failed("last.npy: item 599 (00599): value 256 at position 63 is outside [0, 256)");
        run("compress", "-m", model, "-o", dir.resolve("out.ardm"), npy, dir.resolve("in"))
                .failed("z.png: the image is RGB (3 channels), the space has 1 channel");
    }

    @Test
    void unusableModels() throws IOException {
        byte[] all = Files.readAllBytes(model);
        Path cut = dir.resolve("cut.safetensors");
        for (int length : new int[] {0, 5, 100, all.length / 2, all.length - 1}) {
            Files.write(cut, Arrays.copyOf(all, length));
            run("eval", "-m", cut, "--data", npy).failed("cut.safetensors: not a usable model file");
        }
        byte[] changed = all.clone();
        changed[all.length - 2] ^= 1;
        Files.write(cut, changed);
        run("sample", "-m", cut, "-n", 1, "-o", dir.resolve("x.png")).failed("cut.safetensors", "damaged");
        run("sample", "-m", dir.resolve("none"), "-n", 1, "-o", dir.resolve("x.png"))
                .failed("none: no such model file");
        Files.writeString(Files.createDirectory(dir.resolve("run")).resolve("config.json"), "{}");
        run("sample", "-m", dir.resolve("run"), "-n", 1, "-o", dir.resolve("x.png"))
                .failed("run: contains no model.safetensors; the run is not finished");
    }

    private List<List<Object>> writers(Path png, Path array, Path archive) {
        List<Object> compress = new ArrayList<>(List.of("compress", "-m", model, "--calls", 1, npy, "-o", archive));
        List<Object> sample = List.of("sample", "-m", model, "--calls", 1, "-n", 1, "-o", png);
        List<Object> fill =
                List.of("fill", "-m", model, "--calls", 1, "--input", npy, "--mask", "missing:top", "-o", array);
        List<Object> decompress = List.of("decompress", "-m", model, dir.resolve("items.ardm"), "-o", array);
        return List.of(compress, sample, fill, decompress);
    }

    @Test
    void outputFoldersMustBeThere() throws IOException {
        run("compress", "-m", model, "--calls", 1, npy, "-o", dir.resolve("items.ardm"))
                .good();
        before = List.copyOf(Cli.files(dir).keySet());
        Path none = dir.resolve("none");
        for (List<Object> command : writers(none.resolve("x.png"), none.resolve("x.npy"), none.resolve("x.ardm"))) {
            run(command.toArray()).failed("x.", "cannot be written: no folder " + none);
        }
        for (List<Object> command : writers(npy.resolve("x.png"), npy.resolve("x.npy"), npy.resolve("x.ardm"))) {
            run(command.toArray()).failed("x.", "cannot be written: " + npy + " is not a folder");
        }
        run("compress", "-m", model, npy, "-o", dir).failed(dir + ": is a folder");
        run("decompress", "-m", model, dir.resolve("items.ardm"), "-o", dir)
                .failed(dir + ": exists already and is not an empty folder");
        run("sample", "-m", model, "-n", 1, "-o", dir).failed(dir + ": exists already and is not an empty folder");
        run("sample", "-m", model, "-n", 1, "-o", "./").failed("is the current folder");
        run("sample", "-m", model, "-n", 1, "-o", npy + "/").failed("items.npy: exists already and is not a folder");
    }

    @Test
    void outputFoldersMustBeWritable() throws IOException {
        run("compress", "-m", model, "--calls", 1, npy, "-o", dir.resolve("items.ardm"))
                .good();
        Path locked = Files.createDirectory(dir.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(locked), "this user may write everywhere");
            for (List<Object> command :
                    writers(locked.resolve("x.png"), locked.resolve("x.npy"), locked.resolve("x.ardm"))) {
                run(command.toArray()).failed("the folder " + locked + " is not writable");
            }
        } finally {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void devicesAreNotReplaced() throws IOException {
        Path full = Path.of("/dev/full");
        assumeFalse(!Files.exists(full), "no such device here");
        run("compress", "-m", model, "--calls", 1, npy, "-o", full).failed("/dev/full: exists already");
        run("compress", "-m", model, "--calls", 1, npy, "-f", "-o", full).failed("/dev/full: is not a regular file");
        assertThat(Files.exists(full)).isTrue();
    }

    @Test
    void namesOfOutputsThatAreNotWritten() throws IOException {
        Path archive = dir.resolve("a.ardm");
        run("compress", "-m", model, "--calls", 2, "-o", archive, npy).good();
        before = List.copyOf(Cli.files(dir).keySet());
        for (String name : List.of("x.jpg", "x.npy.gz", "x.ardm", "x.zip")) {
            run("decompress", "-m", model, archive, "-o", dir.resolve(name)).refused(name + ": not a kind of output");
            run("fill", "-m", model, "--input", npy, "--mask", "missing:top", "-o", dir.resolve(name))
                    .refused("not a kind of output");
        }
        run("sample", "-m", model, "-n", 1, "-o", dir.resolve("x")).refused("not a kind of output");
        run("sample", "-m", model, "-n", 1, "-o", "").refused("-o must not be empty");
    }

    @Test
    void numbersOutOfRange() throws IOException {
        Path larger = Cli.modelFile(dir.resolve("larger.safetensors"), Space.image(32, 32, 1, 2), 1);
        before = List.copyOf(Cli.files(dir).keySet());
        Path out = dir.resolve("x.png");
        for (Object n : List.of(0, -1, 100_001, "many")) {
            run("sample", "-m", model, "-n", n, "-o", out).refused("-n");
        }
        run("sample", "-m", larger, "-n", 100_000, "-o", out).refused("too many items for one picture", "NAME.npy");
        for (int calls : new int[] {0, -3}) {
            String message = "--calls must be at least 1, got " + calls;
            run("sample", "-m", model, "-n", 1, "--calls", calls, "-o", out).refused(message);
            run("eval", "-m", model, "--data", npy, "--calls", calls).refused(message);
            run("fill", "-m", model, "--input", npy, "--mask", "missing:top", "--calls", calls, "-o", out)
                    .refused(message);
            // There are options -1 to -9, so picocli itself refuses them as values.
            run("compress", "-m", model, "--calls", calls, "-o", dir.resolve("x.ardm"), npy)
                    .refused(calls == 0 ? message : "'--calls' but found '-3'");
        }
        run("eval", "-m", model, "--data", npy, "--limit", 0).refused("--limit must be in 1..");
        run("eval", "-m", model, "--data", npy, "--passes", 0).refused("--passes must be in 1..");
        run("sample", "-m", model, "-n", 1, "--threads", 0, "-o", out).refused("--threads must be in 1..4096");
        run("sample", "-m", model, "-n", 1, "--seed", "x", "-o", out).refused("--seed");
    }

    @Test
    void masks() throws IOException {
        ImageFiles.write(Space.image(9, 9, 1, 256), new int[81], dir.resolve("large.png"));
        Files.writeString(dir.resolve("mask.txt"), "no image");
        before = List.copyOf(Cli.files(dir).keySet());
        for (String mask : List.of("left", "missing:nowhere", "known:rect=1,2", "other:left", "missing:random=2")) {
            run("fill", "-m", model, "--input", npy, "--mask", mask, "-o", dir.resolve("x.npy"))
                    .refused("--mask: mask \"" + mask + "\"");
        }
        run("fill", "-m", model, "--input", npy, "--mask", "missing:rect=0,0,9,1", "-o", dir.resolve("x.npy"))
                .refused("is not inside");
        run("fill", "-m", model, "--input", npy, "--mask", dir.resolve("none.png"), "-o", dir.resolve("x.npy"))
                .failed("none.png: no such file or folder");
        run("fill", "-m", model, "--input", npy, "--mask", dir.resolve("large.png"), "-o", dir.resolve("x.npy"))
                .failed("large.png: a mask of 9x9 pixels does not fit items of 8x8");
        run("fill", "-m", model, "--input", npy, "--mask", dir.resolve("mask.txt"), "-o", dir.resolve("x.npy"))
                .failed("mask.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eval", "plan", "sample", "fill", "compress", "decompress", "test", "list", "train"})
    void helpAndUsage(String command) {
        assertThat(run(command, "--help").good().out()).contains("Usage: ardm " + command, "--threads", "--help");
        assertThat(run(command, "--version").good().out()).contains("arithmetic version");
        run(command).refused("Missing required");
        assertOneLine(run(command, "--nonsense"), "Unknown option: '--nonsense'", "(see ardm " + command + " --help)");
    }

    private static void assertOneLine(Cli.Result result, String... parts) {
        assertThat(result.refused(parts).err().lines()).hasSize(1);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aCommandIsNeeded() {
        assertOneLine(run(), "no command given", "(see ardm --help)");
        assertOneLine(run("nonsense"), "nonsense");
        assertOneLine(run("compres"), "did you mean", "compress");
        assertOneLine(run("eval", "--modle", "x"), "Unknown option: '--modle'", "did you mean --model?");
    }

    /** Each of them once made a file of that name, or 60 lines of help. */
    @Test
    void whatLooksLikeAnOptionIsNoFileName() {
        assertOneLine(run("compress", "-m", model, "-0"), "Unknown option: '-0'; a file of that name is ./-0");
        assertOneLine(run("-0", "x"), "-0");
        assertOneLine(run("list", "-77", "x.ardm"), "-77");
        assertOneLine(run("test", "-1.5"), "-1.5");
        run("list", "--", "-0").failed("-0: no such file or folder");
        assertOneLine(run("train", "--data", "x", "--out", "y", "--seed", "z"), "'z' is not a whole number");
        assertOneLine(run("train", "--data", "x", "--out", "y", "--minutes", "z"), "'z' is not a number");
    }

    /** As after training that diverged; an output is finite or is a sentence, in JSON too. */
    @Test
    void aLikelihoodThatIsNoNumberIsAnError() throws IOException {
        MaskingModel trained = Cli.model(GREY, 1);
        for (float value : new float[] {Float.NaN, 1e30f, 3e38f}) {
            Weights weights = trained.weights();
            for (String name : List.copyOf(weights.names())) {
                float[] values = weights.get(name).clone();
                Arrays.fill(values, value);
                weights = weights.with(name, values);
            }
            Path broken = Cli.write(
                    dir.resolve("broken.safetensors"),
                    new MaskingModel(GREY, trained.config(), weights, Map.of(), Map.of()));
            for (List<Object> command : List.<List<Object>>of(
                    List.of("eval", "-m", broken, "--data", npy, "--calls", 2),
                    List.of("eval", "-m", broken, "--data", npy, "--calls", 2, "--json"),
                    List.of("score", "-m", broken, "--calls", 2, npy),
                    List.of("score", "-m", broken, "--calls", 2, "--json", npy))) {
                Cli.Result result = run(command.toArray()).failed("ardm: ");
                assertThat(result.err())
                        .containsAnyOf("value NaN", "not a finite number")
                        .hasLineCount(1);
                assertThat(result.out()).doesNotContain("NaN", "Infinity");
            }
        }
    }

    /** Keys of a model file are repeated in messages. */
    @Test
    void aHostileFileIsNotRepeated() throws IOException {
        String junk = "\u001b[31m" + "junk".repeat(1_000_000);
        String spaced = "junk ".repeat(1_000_000);
        for (String text : List.of(junk, spaced)) {
            byte[] json = ("{\"" + text.replace("\u001b", "\\u001b") + "\":{\"dtype\":\"F32\",\"shape\":[1,\""
                            + "junk".repeat(99_999) + "\"],\"data_offsets\":[0,4]}}")
                    .getBytes(StandardCharsets.UTF_8);
            Path file = dir.resolve("hostile.safetensors");
            Files.write(
                    file,
                    ByteBuffer.allocate(12 + json.length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(json.length)
                            .put(json)
                            .array());
            Cli.Result result = run("eval", "-m", file, "--data", dir).failed("hostile.safetensors");
            assertThat(result.err()).hasSizeLessThan(600).doesNotContain("\u001b");
            assertThat(result.err().split("junk", -1)).hasSizeLessThan(51);
        }
    }
}
