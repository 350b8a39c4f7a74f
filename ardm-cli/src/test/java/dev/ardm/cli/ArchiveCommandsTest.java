package dev.ardm.cli;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Space;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.array.IdxFile;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.image.ImageFolder;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.items.ItemSets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** compress, list, test and decompress, end to end. */
class ArchiveCommandsTest {
    private static final Space GREY = Space.image(8, 8, 1, 256);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path dir;

    private Path model;
    private Path archive;

    @BeforeEach
    void greyModel() throws IOException {
        model = Cli.modelFile(dir.resolve("model.safetensors"), GREY, 1);
        archive = dir.resolve("items.ardm");
    }

    private Path npy(Space space, int count) throws IOException {
        Path path = dir.resolve("items.npy");
        NpyFile.write(path, Cli.items(space, count, 2));
        return path;
    }

    private static void assertSame(ItemSet back, ItemSet items) {
        assertThat(back.size()).isEqualTo(items.size());
        for (int i = 0; i < items.size(); i++) {
            assertThat(back.item(i)).isEqualTo(items.item(i));
            assertThat(back.name(i)).isEqualTo(items.name(i));
        }
    }

    private JsonNode list() {
        return JSON.readTree(run("list", archive, "--json").good().out());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void imagesComeBackUnderTheirNames(int channels) throws IOException {
        Space space = Space.image(8, 12, channels, 256);
        Path own = Cli.modelFile(dir.resolve("own.safetensors"), space, channels);
        PackedItemSet items = PackedItemSet.of(
                space, Cli.values(space, 4, 5), List.of("a.png", "b/deep/x y.png", "b/\u00e9\u4e2d.png", "c.png"));
        ImageFolder.write(dir.resolve("in"), items);

        String said = run("compress", "-m", own, "--calls", 5, "-o", archive, dir.resolve("in"))
                .good()
                .out();
        assertThat(said).contains("4 items", "=> " + archive + ": ", "bits/dim");
        assertThat(said.lines()).hasSize(3);
        assertThat(said).contains("model ", ", both ", "zstd -19", "xz -9e");
        run("decompress", "-m", own, archive, "-o", dir.resolve("out")).good();

        assertSame(ItemSets.open(dir.resolve("out"), space), items);
        JsonNode list = list();
        assertThat(list.path("items").asInt()).isEqualTo(4);
        assertThat(list.path("calls").asInt()).isEqualTo(5);
        assertThat(list.path("bytes").asLong()).isEqualTo(Files.size(archive));
        assertThat(list.path("bits_per_dimension").asDouble())
                .isEqualTo(8.0 * Files.size(archive) / (4 * space.dimensions()));
        assertThat(list.path("entries").get(1).path("name").asString()).isEqualTo("b/deep/x y.png");
    }

    @Test
    void arraysComeBackAndHaveNoNames() throws IOException {
        PackedItemSet items = Cli.items(GREY, 11, 3);
        Path idx = dir.resolve("t10k-images-idx3-ubyte.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(idx))) {
            IdxFile.write(out, items);
        }
        run("compress", "-m", model, "--calls", 3, "-o", archive, idx).good();
        assertThat(list().path("entries").get(0).has("name")).isFalse();

        run("decompress", "-m", model, archive, "-o", dir.resolve("out.npy")).good();
        run("decompress", "-m", model, archive, "-o", dir.resolve("out.idx")).good();
        run("decompress", "-m", model, archive, "-o", dir.resolve("images-idx3-ubyte"))
                .good();
        run("decompress", "-m", model, archive, "-o", dir.resolve("out")).good();
        assertSame(NpyFile.read(dir.resolve("out.npy")), items);
        assertSame(IdxFile.read(dir.resolve("out.idx")), items);
        assertThat(dir.resolve("out.idx")).hasSameBinaryContentAs(dir.resolve("images-idx3-ubyte"));
        assertThat(ItemSets.open(dir.resolve("out")).name(10)).isEqualTo("00010.png");
        assertThat(ItemSets.open(dir.resolve("out")).item(10)).isEqualTo(items.item(10));

        Path again = dir.resolve("again.ardm");
        run("compress", "-m", model, "--calls", 3, "-o", again, dir.resolve("out.npy"))
                .good();
        assertThat(again).hasSameBinaryContentAs(archive);
    }

    @Test
    void oneItemIsReadAlone() throws IOException {
        Path npy = npy(GREY, 5);
        run("compress", "-m", model, "--calls", 2, "-o", archive, npy).good();
        run("decompress", "-m", model, archive, "--item", 3, "-o", dir.resolve("three.png"))
                .good();
        run("decompress", "-m", model, archive, "--item", 3, "-o", dir.resolve("three.npy"))
                .good();
        run("decompress", "-m", model, archive, "--item", 3, "-o", dir.resolve("three"))
                .good();
        int[] item = NpyFile.read(npy).item(3);
        assertThat(ItemSets.open(dir.resolve("three.png")).item(0)).isEqualTo(item);
        assertThat(ItemSets.open(dir.resolve("three.npy")).item(0)).isEqualTo(item);
        assertThat(ItemSets.open(dir.resolve("three")).name(0)).isEqualTo("00003.png");

        run("decompress", "-m", model, archive, "--item", 5, "-o", dir.resolve("x.png"))
                .failed("items.ardm: no item 5; it has the items 0..4");
        run("decompress", "-m", model, archive, "--item", -1, "-o", dir.resolve("x.png"))
                .refused("--item must be in");
        run("decompress", "-m", model, archive, "-o", dir.resolve("x.png"))
                .failed("is a single file", "has 5", "--item");
        assertThat(dir.resolve("x.png")).doesNotExist();
    }

    @Test
    void callsAreAtMostOneForEachValue() throws IOException {
        Path npy = npy(GREY, 9);
        for (int calls : new int[] {1, 64, 1_000_000}) {
            Path other = dir.resolve("calls" + calls + ".ardm");
            run("compress", "-m", model, "--calls", calls, "-o", other, npy).good();
            run("test", "-m", model, other).good();
            assertThat(run("list", other).good().out()).contains("plan   spread, " + Math.min(calls, 64) + " ca");
        }
        assertThat(dir.resolve("calls64.ardm")).hasSameBinaryContentAs(dir.resolve("calls1000000.ardm"));
    }

    @Test
    void severalPathsGoIntoOneArchive() throws IOException {
        ImageFolder.write(dir.resolve("one"), Cli.items(GREY, 2, 1));
        ImageFolder.write(dir.resolve("two"), Cli.items(GREY, 2, 7));
        Files.writeString(dir.resolve("two").resolve("notes.txt"), "no image");
        Cli.Result result =
                run("compress", "-m", model, "--calls", 2, "-o", archive, dir.resolve("one"), dir.resolve("two"));
        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("1 file skipped").contains("notes.txt");
        run("decompress", "-m", model, archive, "-o", dir.resolve("out")).good();
        assertThat(Cli.files(dir.resolve("out")))
                .containsOnlyKeys("one", "one/00000.png", "one/00001.png", "two", "two/00000.png", "two/00001.png");
    }

    @Test
    void archivesAreThoseOfItemsInMemory() throws IOException {
        ImageFolder.write(dir.resolve("in"), Cli.items(GREY, 3, 1));
        Path npy = npy(GREY, 300);
        List<Path> paths = List.of(npy, dir.resolve("in"), dir.resolve("in/00001.png"));
        run(
                        "compress",
                        "-m",
                        model,
                        "--no-times",
                        "--no-modes",
                        "--calls",
                        1,
                        "-o",
                        archive,
                        paths.get(0),
                        paths.get(1),
                        paths.get(2))
                .good();
        LikelihoodModel likelihood = MaskingModel.of(Models.read(model)).open(1);
        Path expected = dir.resolve("expected.ardm");
        Cli.archive(expected, likelihood, 1, ItemInput.of(ItemSets.open(paths, GREY), true));
        assertThat(archive).hasSameBinaryContentAs(expected);
    }

    @Test
    void nothingIsReplacedUnasked() throws IOException {
        Path npy = npy(GREY, 2);
        run("compress", "-m", model, "--calls", 1, "-o", archive, npy).good();
        byte[] first = Files.readAllBytes(archive);
        run("compress", "-m", model, "--calls", 2, "-o", archive, npy).failed("items.ardm: exists already; --force");
        assertThat(archive).hasBinaryContent(first);
        run("compress", "-m", model, "--calls", 2, "-f", "-o", archive, npy).good();
        assertThat(Files.readAllBytes(archive)).isNotEqualTo(first);
        run("decompress", "-m", model, archive, "-o", npy).failed("items.npy: exists already; --force");
        run("decompress", "-m", model, archive, "--force", "-o", npy).good();

        run("compress", "-m", model, "-f", "-o", npy, npy).failed("is both input and output");
        run("compress", "-m", model, "-f", "-o", model, npy).failed("is both input and output");
        Path link = Files.createSymbolicLink(dir.resolve("link.ardm"), npy);
        run("compress", "-m", model, "-f", "-o", link, npy).failed("is both input and output");
        ImageFolder.write(dir.resolve("in"), Cli.items(GREY, 2, 1));
        Path inside = dir.resolve("in").resolve("00001.png");
        run("compress", "-m", model, "-f", "-o", inside, dir.resolve("in")).failed("is both input and output");
        assertThat(ItemSets.open(inside).size()).isEqualTo(1);
        Path nextTo = dir.resolve("in").resolve("items.ardm");
        run("compress", "-m", model, "-o", nextTo, dir.resolve("in")).good();
        assertThat(run("compress", "-m", model, "-f", "-o", nextTo, dir.resolve("in"))
                        .code())
                .isZero();
    }

    @Test
    void spacesOfFewValuesAndOfManyRoundTrip() throws IOException {
        for (Space space : List.of(Space.image(8, 8, 1, 2), Space.image(8, 8, 1, 1000), Space.image(8, 8, 5, 16))) {
            Path own = Cli.modelFile(dir.resolve("own.safetensors"), space, 4);
            Path npy = npy(space, 3);
            Path out = dir.resolve("back.npy");
            run("compress", "-m", own, "--calls", 3, "-f", "-o", archive, npy).good();
            run("decompress", "-m", own, archive, "-f", "-o", out).good();
            assertThat(out).hasSameBinaryContentAs(npy);
        }
        run("decompress", "-m", dir.resolve("own.safetensors"), archive, "-o", dir.resolve("folder"))
                .failed("items of 8x8x5 of 16 are not images; write them to a file NAME.npy");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void namesThatCouldLeadAstrayAreReplaced() throws IOException {
        ImageFolder.write(
                dir.resolve("in"), PackedItemSet.of(GREY, Cli.values(GREY, 2, 1), List.of("12_30.png", "b.png")));
        Files.move(dir.resolve("in/b.png"), dir.resolve("in/12\\30.png"));
        run("compress", "-m", model, "--calls", 1, "-o", archive, dir.resolve("in"))
                .good();
        assertThat(run("list", archive).good().out()).contains("12\\30.png");
        Cli.Result result = run("decompress", "-m", model, archive, "-o", dir.resolve("out"));
        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("1 name, such as 12_30_2.png");
        assertThat(Cli.files(dir.resolve("out"))).containsOnlyKeys("12_30.png", "12_30_2.png");
    }
}
