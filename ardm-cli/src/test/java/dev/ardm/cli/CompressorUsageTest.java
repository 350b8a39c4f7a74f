package dev.ardm.cli;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Space;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.image.ImageFolder;
import dev.ardm.data.items.ItemSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people know of other compressors, of archives of images and arrays: docs/internals/compressor-checklist.md. */
class CompressorUsageTest {
    private static final Space SPACE = Space.image(8, 8, 1, 16);

    @TempDir
    Path dir;

    private Path model;
    private Path npy;
    private Path photos;

    @BeforeEach
    void modelAndItems() throws IOException {
        model = Cli.modelFile(Files.createDirectory(dir.resolve("models")).resolve("m.safetensors"), SPACE, 1);
        npy = dir.resolve("items.npy");
        NpyFile.write(npy, Cli.items(SPACE, 3, 1));
        photos = dir.resolve("photos");
        ImageFolder.write(
                photos,
                PackedItemSet.of(SPACE, Cli.values(SPACE, 4, 5), List.of("a.png", "b/c.png", "b/d e.png", "z.png")));
    }

    private Path compressed(Object in) {
        run("compress", "-m", model, "-1", in).good();
        return Path.of(in + ".ardm");
    }

    private JsonNode list(Path archive, Object... more) {
        Object[] args = new Object[3 + more.length];
        args[0] = "list";
        args[1] = "--json";
        args[2] = archive;
        System.arraycopy(more, 0, args, 3, more.length);
        return JsonMapper.builder().build().readTree(run(args).good().out());
    }

    @Test
    void theArchiveStandsBesideItsInput() throws IOException {
        run("compress", "-m", model, "-1", photos + "/").good();
        Path archive = dir.resolve("photos.ardm");
        assertThat(archive).exists();
        assertThat(photos).as("Compresses files into an archive").isNotEmptyDirectory();
        run("decompress", archive).failed("photos: exists already");
        Files.move(photos, dir.resolve("before"));
        assertThat(run("decompress", archive).good().out())
                .isEqualTo(archive + " => " + photos + ": 4 items, all exact" + System.lineSeparator());
        assertThat(Cli.files(photos).keySet())
                .isEqualTo(Cli.files(dir.resolve("before")).keySet());
        assertThat(ItemSets.open(photos).item(2))
                .isEqualTo(ItemSets.open(dir.resolve("before")).item(2));
        assertThat(archive).as("archives are kept").exists();

        byte[] array = Files.readAllBytes(npy);
        Path arrays = compressed(npy);
        Files.delete(npy);
        run("decompress", arrays).good();
        assertThat(npy).hasBinaryContent(array);

        Path image = photos.resolve("a.png");
        Path alone = compressed(image);
        run("decompress", "-m", model, alone).failed("a.png: exists already; --force replaces it");
        run("decompress", "-m", model, "-f", alone).good();
        run("compress", "-m", model, ".").failed("give the archive a name with -o");
    }

    @Test
    void severalInputsNeedAName() throws IOException {
        run("compress", "-m", model, npy, photos)
                .refused("several inputs need a name for their archive", "-o FILE.ardm");
        run("compress", "-m", model, "-o", dir.resolve("x.ardm"), "-c", npy).refused("-c and -o exclude each other");
        run("compress", "-m", model, "-", "-").refused("standard input can be read once");
        run("compress", "-m", model, "--rm", "-c", npy).refused("--rm needs files as sources and as the archive");
        run("compress", "-m", model, "--rm", "-k", npy).refused("--rm and --keep exclude each other");
    }

    @ParameterizedTest
    @CsvSource({"1,4", "2,8", "3,12", "4,16", "5,24", "6,32", "7,64", "8,64", "9,64"})
    void levelsAreBudgets(int level, int calls) {
        Path archive = dir.resolve("x.ardm");
        run("compress", "-m", model, "-" + level, "-o", archive, npy).good();
        assertThat(list(archive).path("calls").asInt()).isEqualTo(calls); // the model has 64 steps
    }

    @Test
    void oneBudgetIsMeant() {
        run("compress", "-m", model, "-3", "--calls", 4, npy).refused("--calls and -3 exclude each other");
        Path archive = dir.resolve("x.ardm");
        run("compress", "-m", model, "-9", "-2", "-o", archive, npy).good();
        assertThat(list(archive).path("calls").asInt()).as("the last one").isEqualTo(8);
        run("compress", "-m", model, "-f", "-o", archive, npy).good();
        assertThat(list(archive).path("calls").asInt()).as("the default").isEqualTo(64);
        assertThat(run("compress", "--help").good().out()).contains("4, 8, 12, 16, 24, 32, 64, 128");
    }

    @Test
    void theModelThatAnArchiveNeedsIsFound() throws IOException {
        Path archive = compressed(npy);
        assertThat(run("test", "-v", archive).good().out()).contains("good, 3 items", model.toString());
        Path other = Cli.modelFile(dir.resolve("models/other.safetensors"), SPACE, 2);
        run("test", "-m", other, archive).failed("wrong model", "the right one is " + model);

        Path away = Files.createDirectory(dir.resolve("away"));
        Path moved = Files.move(archive, away.resolve("x.ardm"));
        MaskingModel wanted = Cli.model(SPACE, 1);
        run("decompress", moved)
                .failed("x.ardm: the model was not found", wanted.idText(), "-m MODEL", away + ", ", "models");
        run("test", "-m", other, moved).failed("wrong model", "in full it needs " + wanted.idText());
        Files.createDirectory(away.resolve("run"));
        Files.copy(model, away.resolve("run/model.safetensors"));
        run("test", moved).good();
        Files.writeString(away.resolve("bad.safetensors"), "of another program");
        run("test", moved).good();
    }

    @Test
    void archivesAreDoneOneByOne() throws IOException {
        Path first = compressed(npy);
        Path second = compressed(photos);
        Path bad = Files.writeString(dir.resolve("bad.ardm"), "nonsense");
        Cli.Result tested = run("test", first, bad, second).failed("bad.ardm: not an ardm file");
        assertThat(tested.out()).contains("items.npy.ardm: good, 3 items", "photos.ardm: good, 4 items");
        Files.delete(npy);
        Files.move(photos, dir.resolve("before"));
        Path unknown = Files.copy(first, dir.resolve("unknown.suffix"));
        run("decompress", bad, first, unknown, dir.resolve("none.ardm"), second)
                .failed(
                        "bad.ardm: not an ardm file",
                        "unknown.suffix: the name does not end in .ardm; skipped",
                        "none.ardm");
        assertThat(npy).exists();
        assertThat(photos).isNotEmptyDirectory();
        run("decompress", unknown).failed("does not end in .ardm; give a name for its contents with -o");
        run("decompress", unknown, "-o", dir.resolve("known.npy")).good();
        run("decompress", first, second, "-o", dir.resolve("x")).refused("-o needs a single archive");
        assertThat(run("list", "--json", first, second).good().out().lines()).hasSize(2);
    }

    @Test
    void oneFileIsNotInputAndOutput() throws IOException {
        Path archive = compressed(npy);
        Path hard = dir.resolve("hard.npy");
        Files.createLink(hard, npy);
        Path linked = Files.createSymbolicLink(dir.resolve("linked"), dir);
        for (Path same : List.of(
                npy,
                hard,
                dir.resolve("./items.npy"),
                dir.resolve("photos/../items.npy"),
                linked.resolve("items.npy"))) {
            run("compress", "-m", model, "-f", "-o", same, npy).failed("is both input and output");
        }
        for (Path same : List.of(archive, linked.resolve("items.npy.ardm"))) {
            run("extract", "-f", archive, 0, "-o", same).failed("is both input and output");
        }
        assertThat(NpyFile.read(npy).size()).isEqualTo(3);
        run("test", archive).good();
    }

    @Test
    void someItemsAreExtracted() throws IOException {
        Path archive = compressed(photos);
        Path out = dir.resolve("out");
        run("extract", archive, "b/*", 3, "-o", out + "/").good();
        assertThat(Cli.files(out)).containsOnlyKeys("b", "b/c.png", "b/d e.png", "z.png");
        assertThat(ItemSets.open(out).item(1)).isEqualTo(ItemSets.open(photos).item(2));
        run("extract", archive, "z.png", "a.png", "-o", out).failed("z.png: exists already; --force replaces it");
        assertThat(out.resolve("a.png")).doesNotExist();
        run("extract", "-f", archive, "z.png", "a.png", "-o", out).good();
        assertThat(out.resolve("a.png")).exists();
        run("extract", archive, 1, "-o", dir.resolve("one.png")).good();
        assertThat(ItemSets.open(dir.resolve("one.png")).item(0))
                .isEqualTo(ItemSets.open(photos).item(1));
        run("extract", archive, 1, 2, "-o", dir.resolve("two.png")).failed("two.png: is not a folder, and 2 items");
        run("extract", archive, "b/x.png", "-o", out)
                .failed("no item b/x.png; it has the items 0..3; did you mean b/c.png");
        run("extract", archive, 4, "-o", out).failed("no item 4");
        run("cat", archive, "nothing*").failed("no item nothing*");
        run("cat", archive).refused("Missing required");
    }

    @Test
    void listsShowSums() throws IOException {
        Path archive = compressed(photos);
        JsonNode all = list(archive);
        assertThat(all.path("coded_items").asInt() + all.path("stored_items").asInt())
                .isEqualTo(4);
        long bytes = 0;
        for (JsonNode entry : all.path("entries")) {
            bytes += entry.path("bytes").asLong();
        }
        assertThat(all.path("coded_bytes").asLong() + all.path("stored_bytes").asLong())
                .isEqualTo(bytes);
        assertThat(all.path("values").asInt()).isEqualTo(256);
        JsonNode some = list(archive, "--names", "b/*");
        assertThat(some.path("items").asInt()).isEqualTo(4);
        assertThat(some.path("entries")).hasSize(2);
        assertThat(run("list", "--names", "?.png", archive).good().out())
                .contains("a.png", "z.png", "coded  ")
                .doesNotContain("b/c.png");
        assertThat(run("list", "-q", archive).good().out()).contains("total").doesNotContain("a.png");
    }

    @Test
    void quietIsQuiet() {
        assertThat(run("compress", "-q", "-m", model, "-1", npy).good().out()).isEmpty();
        assertThat(run("compress", "-f", "-v", "-m", model, "-1", npy).good().out())
                .contains("%), ", "with the model " + model, "4 calls");
        assertThat(run("test", "-q", dir.resolve("items.npy.ardm")).good().out())
                .isEmpty();
        assertThat(run("decompress", "-qf", dir.resolve("items.npy.ardm"))
                        .good()
                        .out())
                .isEmpty();
    }

    @Test
    void shortFormsAreCommands() {
        Path archive = compressed(npy);
        assertThat(run("-t", archive).good().out()).contains("good");
        assertThat(run("-l", archive).good().out()).contains("3 items");
        run("-df", archive).good();
        run("-z1f", "-m", model, npy).good();
        run("-d").refused("Missing required");
    }

    @Test
    void imagesAreRemovedIfThatIsMeant() throws IOException {
        run("compress", "-m", model, "-1", "--rm", photos).failed("--rm would lose data", "--force deletes them");
        assertThat(dir.resolve("photos.ardm")).doesNotExist();
        Files.writeString(photos.resolve("notes.txt"), "no image");
        run("compress", "-m", model, "-1", "--rm", "-f", photos).failed("no source was deleted", "1 file skipped");
        assertThat(photos.resolve("a.png")).exists();
        Files.delete(photos.resolve("notes.txt"));
        Files.writeString(photos.resolve("b/.hidden"), "kept");
        Path link = Files.createSymbolicLink(dir.resolve("link.npy"), npy);
        run("compress", "-m", model, "-1", "--rm", "-f", link).failed("link.npy: is a symbolic link");
        assertThat(run("compress", "-m", model, "-1", "--rm", "-f", photos)
                        .good()
                        .out())
                .contains("removed 4 source files");
        assertThat(Cli.files(photos)).containsOnlyKeys("b", "b/.hidden");
        run("test", dir.resolve("photos.ardm")).good();
    }
}
