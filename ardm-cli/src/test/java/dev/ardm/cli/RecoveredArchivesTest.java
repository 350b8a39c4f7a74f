package dev.ardm.cli;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.Space;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.image.ImageFolder;
import dev.ardm.data.items.ItemSets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Archives that are damaged, or several of them in one file. */
class RecoveredArchivesTest {
    private static final Space SPACE = Space.image(8, 8, 1, 16);

    @TempDir
    Path dir;

    private Path models;
    private Path archive;
    private Path bad;
    private byte[] bytes;

    @BeforeEach
    void archive() throws IOException {
        models = Files.createDirectory(dir.resolve("models"));
        Cli.modelFile(models.resolve("m1.safetensors"), SPACE, 1);
        Cli.modelFile(models.resolve("m2.safetensors"), SPACE, 2);
        bad = dir.resolve("bad.ardm");
        archive = compressed("a", 1, 2, "a1.png", "a2.png");
        bytes = Files.readAllBytes(archive);
    }

    private Path compressed(String folder, int model, int calls, String... names) throws IOException {
        ImageFolder.write(
                dir.resolve(folder),
                PackedItemSet.of(SPACE, Cli.values(SPACE, names.length, folder.hashCode()), List.of(names)));
        run("compress", "-m", models.resolve("m" + model + ".safetensors"), "--calls", calls, dir.resolve(folder))
                .good();
        return dir.resolve(folder + ".ardm");
    }

    private static byte[] joined(byte[]... parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.write(part);
        }
        return out.toByteArray();
    }

    private static int lastTable(byte[] bytes) {
        int at = bytes.length - 4;
        while (bytes[at] != (byte) 0xF7 || bytes[at + 1] != 'A' || bytes[at + 2] != 'R' || bytes[at + 3] != 'T') {
            at--;
        }
        return at;
    }

    @Test
    void everyCommandGoesOnWithWhatIsThere() throws IOException {
        int table = lastTable(bytes);
        byte[] ofHeader = bytes.clone();
        ofHeader[30] ^= 4;
        byte[] ofMagic = bytes.clone();
        ofMagic[1] ^= 4;
        byte[] ofTable = bytes.clone();
        ofTable[table + 15] ^= 4;
        byte[] ofFooter = bytes.clone();
        ofFooter[bytes.length - 3] ^= 4;
        for (byte[] damaged : List.of(
                ofHeader, ofMagic, ofTable, ofFooter, Arrays.copyOf(bytes, table), joined(bytes, bytes, new byte[9]))) {
            Files.write(bad, damaged);
            run("test", bad).failed("ardm: " + bad, "continuing with what can be recovered", "items whole, 0 lost");
            assertThat(run("list", bad).failed("items whole, 0 lost").out()).contains("a2.png");
            Path out = dir.resolve("out.npy");
            run("decompress", "-f", bad, "-o", out).failed("items whole, 0 lost");
            assertThat(ItemSets.open(out).item(1))
                    .isEqualTo(ItemSets.open(dir.resolve("a")).item(1));
            Path one = dir.resolve("one.png");
            run("extract", "-f", bad, "1", "-o", one).failed("1 item whole");
            assertThat(ItemSets.open(one).item(0))
                    .isEqualTo(ItemSets.open(dir.resolve("a")).item(1));

            Path whole = dir.resolve("whole.ardm");
            Cli.Result repaired = run("repair", "-f", bad, "-o", whole);
            assertThat(repaired.out()).as(repaired.err()).contains("whole.ardm: ", ", 0 lost");
            run("test", whole).good();
            try (ArchiveReader reader = ArchiveReader.open(whole)) {
                assertThat(reader.name(1)).contains("a2.png");
                assertThat(reader.time(1)).isPresent();
            }
        }
    }

    /** A frame that ends too early: its last item is gone, and for the other nothing vouches but its own check. */
    @Test
    void itemsOfACutFrameAreInDoubt() throws IOException {
        Files.write(bad, Arrays.copyOf(bytes, lastTable(bytes) - 1));
        run("test", bad).failed("0 items whole, 1 in doubt, 1 lost");
    }

    @Test
    void lostItemsAreCounted() throws IOException {
        // The first of two appends loses its head, and so do the tables.
        Files.copy(archive, bad);
        ImageFolder.write(
                dir.resolve("b"), PackedItemSet.of(SPACE, Cli.values(SPACE, 2, 3), List.of("b1.png", "b2.png")));
        ImageFolder.write(dir.resolve("c"), PackedItemSet.of(SPACE, Cli.values(SPACE, 1, 4), List.of("c1.png")));
        run("add", bad, dir.resolve("b")).good();
        int first = (int) Files.size(bad);
        run("add", bad, dir.resolve("c")).good();
        byte[] damaged = Files.readAllBytes(bad);
        Arrays.fill(damaged, bytes.length + 24, first, (byte) 0);
        damaged = Arrays.copyOf(damaged, lastTable(damaged) + 4);
        Files.write(bad, damaged);
        run("test", bad).failed("items 2-3: lost", "bad.ardm: 3 items whole, 2 lost, and perhaps more");
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(run("list", "--json", bad).failed("2 lost").out());
        assertThat(json.path("lost_items").asInt()).isEqualTo(2);
        assertThat(json.path("entries").size()).isEqualTo(3);
        run("decompress", bad, "-o", dir.resolve("out")).failed("3 items whole, 2 lost");
        assertThat(Cli.files(dir.resolve("out"))).containsOnlyKeys("a1.png", "a2.png", "c1.png");
        Path whole = dir.resolve("whole.ardm");
        assertThat(run("repair", bad, "-o", whole).failed("damaged").out()).contains("3 items, 2 lost");
        run("test", whole).good();
        run("repair", bad, "-o", whole).failed("exists already");
        run("repair", bad, "-o", bad).failed("is both input and output");
    }

    @Test
    void whatCannotBeWholeIsLeftOut() throws IOException {
        byte[] damaged = bytes.clone();
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            ArchiveReader.Entry entry = reader.entry(0);
            damaged[(int) (entry.offset() + entry.length() - 1)] = 0; // No stream ends so.
        }
        Files.write(bad, damaged);
        Path whole = dir.resolve("whole.ardm");
        Cli.Result repaired = run("repair", bad, "-o", whole)
                .failed(
                        "1 item left out, because they cannot be intact: 0",
                        "1 item copied from parts of the file that fail their checksum");
        assertThat(repaired.out()).contains("1 item, 1 lost");
        run("test", whole).good();
    }

    @Test
    void partsOfOneModelAreOneArchive() throws IOException {
        Path second = compressed("b", 1, 5, "b1.png", "b2.png");
        Files.write(bad, joined(bytes, Files.readAllBytes(second)));
        assertThat(run("test", bad).good().out()).contains("good, 4 items");
        run("decompress", bad, "-o", dir.resolve("out")).good();
        assertThat(ItemSets.open(dir.resolve("out")).item(2))
                .isEqualTo(ItemSets.open(dir.resolve("b")).item(0));
        run("extract", bad, "b2.png", "-o", dir.resolve("one.png")).good();
        assertThat(run("list", bad).good().out()).contains("b2.png", "total  4 items");
        ImageFolder.write(dir.resolve("c"), PackedItemSet.of(SPACE, Cli.values(SPACE, 1, 4), List.of("c1.png")));
        run("add", bad, dir.resolve("c")).good();
        assertThat(run("test", bad).good().out()).contains("good, 5 items");
        Path whole = dir.resolve("whole.ardm");
        run("repair", bad, "-o", whole).good();
        assertThat(run("test", whole).good().out()).contains("good, 5 items");
    }

    @Test
    void partsOfSeveralModelsNeedThemAll() throws IOException {
        Path second = compressed("b", 2, 5, "b1.png", "b2.png");
        Files.write(bad, joined(bytes, Files.readAllBytes(second), bytes));
        assertThat(run("test", bad).good().out()).contains("good, 6 items");
        assertThat(run("test", "-m", models.resolve("m2.safetensors"), bad)
                        .good()
                        .out())
                .contains("6 items");
        run("decompress", bad, "-o", dir.resolve("out.npy")).good();
        assertThat(ItemSets.open(dir.resolve("out.npy")).item(3))
                .isEqualTo(ItemSets.open(dir.resolve("b")).item(1));
        assertThat(run("list", bad).good().out())
                .contains(Cli.model(SPACE, 1).idText(), Cli.model(SPACE, 2).idText());

        Files.delete(models.resolve("m2.safetensors"));
        run("test", bad)
                .failed(
                        "some items cannot be read: 2 of 6 items",
                        "items 2-3: the model was not found",
                        Cli.model(SPACE, 2).idText());
        run("decompress", bad, "-o", dir.resolve("some.npy")).failed("--keep-going writes what can be read");
        run("extract", bad, "a1.png", "-o", dir.resolve("a1/")).failed("2 items were chosen");
        run("extract", bad, "1", "-o", dir.resolve("one.png")).good();
        run("extract", bad, "b1.png", "-o", dir.resolve("b1.png")).failed("item 2: the model was not found");
    }

    @Test
    void theModelMayBeInside() throws IOException {
        Path model = models.resolve("m1.safetensors");
        Path plain = archive;
        Path inside = dir.resolve("inside.ardm");
        run("compress", "-m", model, "--calls", 2, "--embed-model", dir.resolve("a"), "-o", inside)
                .good();
        assertThat(Files.size(inside)).isGreaterThan(Files.size(plain) + Files.size(model));
        Files.delete(model);
        run("test", plain).failed("the model was not found");
        assertThat(run("test", "-v", inside).good().out()).contains("with the model inside " + inside);
        run("decompress", inside, "-o", dir.resolve("out")).good();
        assertThat(run("list", inside).good().out()).contains("(inside)");
        assertThat(run("list", plain).good().out()).doesNotContain("(inside)");
        ImageFolder.write(dir.resolve("c"), PackedItemSet.of(SPACE, Cli.values(SPACE, 1, 4), List.of("c1.png")));
        run("add", inside, dir.resolve("c")).good();
        assertThat(run("test", inside).good().out()).contains("3 items");
        Path whole = dir.resolve("whole.ardm");
        run("repair", inside, "-o", whole).good();
        assertThat(run("test", whole).good().out()).contains("3 items");

        byte[] damaged = Files.readAllBytes(inside);
        damaged[damaged.length / 2] ^= 1;
        Files.write(bad, damaged);
        run("test", bad).failed("the model was not found");
        run("repair", "-f", bad, "-o", whole).failed("its model is damaged and left out");
    }
}
