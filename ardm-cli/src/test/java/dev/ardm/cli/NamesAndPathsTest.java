package dev.ardm.cli;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.image.ImageFiles;
import dev.ardm.data.items.ItemSets;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Links, names that are files and folders, permissions, and files that are kept whole: what is about files, not items. */
@ResourceLock(Resources.SYSTEM_OUT)
class NamesAndPathsTest {
    private static final Space GREY = Space.image(8, 8, 1, 256);

    @TempDir
    static Path models;

    private static Path bytes;
    private static Path text;
    private static Path grey;

    @TempDir
    Path dir;

    @BeforeAll
    static void writeModels() throws IOException {
        Path example = Files.writeString(models.resolve("example"), "abc\n".repeat(30));
        bytes = Cli.write(
                models.resolve("bytes.safetensors"),
                Cli.model(DataFormats.fit("bytes", List.of(example), Map.of("window", "32")), 1));
        text = Cli.write(
                models.resolve("text.safetensors"),
                Cli.model(DataFormats.fit("text", List.of(example), Map.of("window", "16")), 1));
        grey = Cli.modelFile(models.resolve("grey.safetensors"), GREY, 1);
    }

    private Path file(String name, String content) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static void links(Path link, Path target) throws IOException {
        try {
            Files.createSymbolicLink(link, target);
        } catch (UnsupportedOperationException e) {
            assumeTrue(false, "no symbolic links here");
        }
    }

    /** What is named is followed; with a slash and without, also from a folder that the link is relative to. */
    @Test
    void aLinkThatIsNamedIsFollowed() throws IOException {
        file("real/a", "one");
        file("real/deep/b", "two");
        links(dir.resolve("link"), Path.of("real"));
        links(dir.resolve("to-file"), Path.of("real/a"));
        Path archive = dir.resolve("x.ardm");
        for (String link : List.of(dir + "/link", dir + "/link/", dir + "/real/../link", dir + "/link/.")) {
            run("compress", "-f", "-m", bytes, "--calls", 2, "-o", archive, link)
                    .good();
            assertThat(run("list", archive).good().out()).contains("Z a", "Z deep/b");
        }
        run("compress", "-m", bytes, "--calls", 2, dir.resolve("link")).good();
        assertThat(dir.resolve("link.ardm")).exists();
        run("compress", "-f", "-m", bytes, "--calls", 2, "-o", archive, dir.resolve("to-file"))
                .good();
        run("add", "-m", bytes, archive, dir.resolve("link")).good();
        assertThat(run("list", archive).good().out()).contains(" to-file", " deep/b");
        // A link in a folder could lead out of it, or round and round.
        links(dir.resolve("real/loop"), Path.of(".."));
        assertThat(run("compress", "-f", "-m", bytes, "--calls", 2, "-o", archive, dir.resolve("link"))
                        .code())
                .isZero();
        assertThat(run("list", archive).good().out()).contains("2 items");
        run("compress", "-f", "-m", bytes, "--rm", "-o", archive, dir.resolve("link"))
                .failed("symbolic link");
    }

    @Test
    void everyCommandFollowsThem() throws IOException {
        List<int[]> images = Cli.values(GREY, 4, 5);
        Path real = Files.createDirectory(dir.resolve("real"));
        for (int k = 0; k < images.size(); k++) {
            ImageFiles.write(GREY, images.get(k), real.resolve(k + ".png"));
        }
        links(dir.resolve("link"), Path.of("real"));
        for (String link : List.of(dir + "/link", dir + "/link/")) {
            assertThat(run("score", "-m", grey, "--calls", 2, link).good().out())
                    .contains("3.png");
            assertThat(run("eval", "-m", grey, "--data", link, "--calls", 2).code())
                    .isZero();
            run("compress", "-f", "-m", grey, "--calls", 2, "-o", dir.resolve("x.ardm"), link)
                    .good();
        }
        Path filled = dir.resolve("filled");
        Cli.Result fill = run(
                "fill", "-m", grey, "--input", dir + "/link", "--mask", "missing:right", "--calls", 2, "-o", filled);
        assertThat(fill.code()).as(fill.err()).isZero();
        assertThat(ItemSets.open(filled).size()).isEqualTo(4);
    }

    private static final String CLASH = "cannot be in one archive";

    @Test
    void nothingIsFileAndFolderInOneArchive() throws IOException {
        Path file = file("one/a", "a file");
        Path folder = file("two/a/b", "in a folder").getParent().getParent();
        Path archive = dir.resolve("x.ardm");
        run("compress", "-m", bytes, "--calls", 2, "-o", archive, file, folder).failed("a and files in a/", CLASH);
        assertThat(archive).doesNotExist();
        run("compress", "-m", bytes, "--calls", 2, "-o", archive, folder, file).failed(CLASH);
        run("compress", "-m", bytes, "--calls", 2, "-o", archive, file).good();
        byte[] before = Files.readAllBytes(archive);
        run("add", "-m", bytes, archive, folder).failed(CLASH);
        assertThat(archive).hasBinaryContent(before);
        run("compress", "-f", "-m", bytes, "--calls", 2, "-o", archive, folder).good();
        run("add", "-m", bytes, archive, file).failed(CLASH);
        assertThat(run("list", archive).good().out()).contains("1 item");
    }

    @Test
    void zipFilesAreNoExcuse() throws IOException {
        Path zip = dir.resolve("x.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (String name : List.of("a.txt", "a.txt/b.txt")) {
                entries.putNextEntry(new ZipEntry(name));
                entries.write("abc\n".getBytes(StandardCharsets.UTF_8));
            }
        }
        run("compress", "-m", text, "--calls", 2, "-o", dir.resolve("x.ardm"), zip)
                .failed(CLASH);
        assertThat(dir.resolve("x.ardm")).doesNotExist();
    }

    /** Archives that other programs have written. */
    private Path clashing() throws IOException {
        Path archive = dir.resolve("clash.ardm");
        LikelihoodModel model = Models.open(bytes, 1);
        ItemLayout layout = ItemLayout.sequences(8, 0);
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(archive, model, model.plan(2), layout)) {
            for (String name : List.of("a", "a/b", "c", "a/b/d")) {
                writer.add(Item.ofBytes(name.getBytes(StandardCharsets.UTF_8), name));
            }
            writer.commit();
        }
        return archive;
    }

    @Test
    void whatCanBeRestoredIs() throws IOException {
        Path archive = clashing();
        Path out = dir.resolve("out");
        run("decompress", "-m", bytes, archive, "-o", out + "/").failed("2 items not written", "a, a/b");
        try (Stream<Path> files = Files.walk(out).filter(Files::isRegularFile)) {
            assertThat(files.map(file -> out.relativize(file).toString())).containsExactlyInAnyOrder("c", "a/b/d");
        }
        Path some = dir.resolve("some");
        run("extract", "-m", bytes, archive, "*", "-o", some + "/").failed("2 items not written", "a, a/b");
        assertThat(some.resolve("a/b/d")).hasContent("a/b/d");
        assertThat(some.resolve("c")).hasContent("c");
        run("extract", "-m", bytes, archive, "a", "-o", dir.resolve("other")).good();
        assertThat(dir.resolve("other")).hasContent("a");
        run("delete", archive, "a", "a/b").good();
        run("decompress", "-m", bytes, archive, "-o", dir + "/rest/").good();
    }

    @Test
    void imagesThatPngMakesSmallAreKeptAsThese() throws IOException {
        Space space = Space.image(48, 48, 1, 256);
        Path model = Cli.modelFile(models.resolve("large.safetensors"), space, 1);
        Path flat = Files.createDirectory(dir.resolve("flat"));
        for (int k = 0; k < 3; k++) {
            int[] values = new int[space.dimensions()];
            Arrays.fill(values, k);
            values[k] = 255;
            ImageFiles.write(space, values, flat.resolve("i" + k + ".png"));
        }
        Path archive = dir.resolve("x.ardm");
        run("compress", "-m", model, "--calls", 2, "-o", archive, flat).warned("3 items stored without the model");
        assertThat(Files.size(archive)).isLessThan(1200);
        run("decompress", "-m", model, archive, "-o", dir + "/back/").good();
        for (int k = 0; k < 3; k++) {
            assertThat(dir.resolve("back/i" + k + ".png")).hasSameBinaryContentAs(flat.resolve("i" + k + ".png"));
        }
        run("decompress", "-m", model, archive, "-o", dir.resolve("all.npy")).good();
        assertThat(ItemSets.open(dir.resolve("all.npy"), space).item(2))
                .isEqualTo(ItemSets.open(flat.resolve("i2.png")).item(0));
        // Metadata that is not wanted must not come along.
        run("compress", "-f", "-m", model, "--calls", 2, "--no-metadata", "-o", archive, flat);
        assertThat(Files.size(archive)).isGreaterThan(3 * 48 * 48);
    }

    /** Only reading counts: a shared archive stays shared, and a program's stays one. */
    @Test
    void additionsTakeAwayOnlyWhatTheyMust() throws IOException {
        Path archive = dir.resolve("x.ardm");
        Path file = file("f", "content");
        assumeTrue(FileModes.of(file).isPresent());
        run("compress", "-m", bytes, "--calls", 2, "-o", archive, file).good();
        FileModes.set(archive, 0775);
        FileModes.set(file, 0444);
        run("add", "-m", bytes, archive, file("g", "more")).good();
        run("add", "-m", bytes, archive, file("h", "more")).good();
        assertThat(FileModes.of(archive)).hasValue(0775);
        FileModes.set(file, 0640);
        run("add", "-m", bytes, archive, file).warned("there already", "may read what is added");
        assertThat(FileModes.of(archive)).hasValue(0771);
    }

    /** Deleting must not mix up the items of concatenated archives, nor lose a model that others need. */
    @Test
    void itemsOfConcatenatedArchivesAreDeleted() throws IOException {
        Path first = dir.resolve("a.ardm");
        Path second = dir.resolve("b.ardm");
        run("compress", "-m", bytes, "--calls", 2, "-o", first, file("a", "aaa"), file("b", "bbb"))
                .good();
        run(
                        "compress",
                        "-m",
                        text,
                        "--calls",
                        2,
                        "--embed-model",
                        "-o",
                        second,
                        file("c.txt", "cab\n"),
                        file("d.txt", "abc\n"))
                .good();
        Path both = dir.resolve("both.ardm");
        try (OutputStream out = Files.newOutputStream(both)) {
            Files.copy(first, out);
            Files.copy(second, out);
        }
        Files.delete(second);
        run("delete", both, "a", "c.txt", "a").good();
        assertThat(Cli.piped(new byte[0], "cat", "-m", bytes, both, "b"))
                .isEqualTo("bbb".getBytes(StandardCharsets.UTF_8));
        assertThat(run("list", both).good().out()).contains(" b", " d.txt").doesNotContain(" c.txt");
        assertThat(run("info", both).good().out()).contains("2 parts, 2 tables", "(inside)");
        Path link = dir.resolve("link.ardm");
        links(link, both.getFileName());
        run("delete", link, "b").good();
        assertThat(Files.isSymbolicLink(link)).isTrue();
        run("extract", both, "d.txt", "-o", dir.resolve("d")).good();
        assertThat(dir.resolve("d")).hasContent("abc\n");
    }

    @Test
    void repairedArchivesAreNoMoreReadable() throws IOException {
        Path archive = clashing();
        assumeTrue(FileModes.of(archive).isPresent());
        FileModes.set(archive, 0600);
        run("repair", archive, "-o", dir.resolve("whole.ardm")).good();
        assertThat(FileModes.of(dir.resolve("whole.ardm"))).hasValue(0600);
        run("compact", archive).good();
        assertThat(FileModes.of(archive)).hasValue(0600);
        run("extract", "-m", bytes, archive, "c", "-o", dir.resolve("c")).good();
        assertThat(FileModes.of(dir.resolve("c"))).hasValue(0600);
    }

    /** A table cannot do without its first row, which has its name and header. */
    @Test
    void rowsThatOthersNeedStay() throws IOException {
        Path table = file("t.csv", "x,y\n1,2\n3,4\n5,6\n");
        Path model = Cli.write(
                models.resolve("csv.safetensors"), Cli.model(DataFormats.fit("csv", List.of(table), Map.of()), 1));
        Path archive = dir.resolve("t.ardm");
        run("compress", "-m", model, "--calls", 2, "-o", archive, table).code();
        byte[] before = Files.readAllBytes(archive);
        run("delete", archive, 0).failed("item 1 cannot be restored without the first row of its table");
        assertThat(archive).hasBinaryContent(before);
        run("delete", archive, 1).good();
        run("decompress", "-m", model, archive, "-o", dir.resolve("back.csv")).good();
        assertThat(dir.resolve("back.csv")).hasContent("x,y\n1,2\n5,6\n");
        run("delete", archive, "0", "1").good();
    }

    @Test
    void badCallsAreRefused() throws IOException {
        run("delete", dir.resolve("none.ardm"), "a").failed("none.ardm");
        run("compact", dir.resolve("none.ardm")).failed("none.ardm");
        run("delete", "-", "a").refused("only items of a file");
        run("compact", "-").refused("only files");
        Path archive = clashing();
        byte[] damaged = Files.readAllBytes(archive);
        damaged[damaged.length - 45] ^= 1;
        Files.write(archive, damaged);
        run("delete", archive, "a").failed("damaged", "ardm repair");
        run("compact", archive).failed("damaged", "ardm repair");
        assertThat(archive).hasBinaryContent(damaged);
        assertThat(run("info", archive).code()).isOne();
    }
}
