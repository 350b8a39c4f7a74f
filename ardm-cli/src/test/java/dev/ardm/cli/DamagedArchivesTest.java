package dev.ardm.cli;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.core.Space;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.Plan;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.image.ImageFolder;
import dev.ardm.data.items.ItemSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are truncated, corrupt, made for another model, or no archives. */
class DamagedArchivesTest {
    private static final Space SPACE = Space.image(8, 8, 1, 16);
    private static final List<String> NAMES = List.of("a.png", "b.png", "c.png", "d.png");

    @TempDir
    Path dir;

    private Path model;
    private Path archive;
    private Path bad;
    private byte[] bytes;

    @BeforeEach
    void archive() throws IOException {
        model = Cli.modelFile(dir.resolve("model.safetensors"), SPACE, 1);
        archive = dir.resolve("items.ardm");
        bad = dir.resolve("bad.ardm");
        ImageFolder.write(dir.resolve("in"), PackedItemSet.of(SPACE, Cli.values(SPACE, 4, 2), NAMES));
        run("compress", "-m", model, "--calls", 2, "-o", archive, dir.resolve("in"))
                .good();
        bytes = Files.readAllBytes(archive);
    }

    @Test
    void everyTruncationIsNoticed() throws IOException {
        for (int length = 0; length < bytes.length; length++) {
            Files.write(bad, Arrays.copyOf(bytes, length));
            String wanted = length == 0 ? "not an ardm file: it is empty" : "truncated";
            run("list", bad).failed("bad.ardm", wanted);
            if (length % 16 == 0) {
                run("test", "-m", model, bad).failed("bad.ardm", wanted);
                run("decompress", "-f", "-m", model, bad, "-o", dir.resolve("out.npy"))
                        .failed("bad.ardm", wanted);
            }
        }
        assertThat(ItemSets.open(dir.resolve("out.npy")).size())
                .as("items before the footer")
                .isEqualTo(4);
    }

    @Test
    void everyChangedByteIsNoticed() throws IOException {
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= (byte) (1 << at % 8);
            Files.write(bad, changed);
            run("test", "-m", model, bad).failed("bad.ardm");
        }
    }

    private int corrupt(int item) throws IOException {
        byte[] changed = bytes.clone();
        long offset;
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            offset = reader.entry(item).offset();
        }
        for (int i = 0; i < 6; i++) {
            changed[(int) offset + i] ^= 0x55;
        }
        Files.write(bad, changed);
        return (int) offset;
    }

    @Test
    void aDamagedItemIsNamedAndTheOthersCanBeSaved() throws IOException {
        int offset = corrupt(2);
        run("test", "-m", model, bad)
                .failed(
                        "bad.ardm: damaged: 1 of 4 items cannot be read",
                        "item 2 (c.png), byte " + offset + ": it does")
                .failed("each of the items 0-1, 3");
        for (String out : List.of("out", "out.npy", "out.idx")) {
            run("decompress", "-m", model, bad, "-o", dir.resolve(out))
                    .failed("item 2 (c.png)", "nothing was written; --keep-going");
            assertThat(dir.resolve(out)).doesNotExist();
        }
        run("list", bad).good();

        Cli.Result saved = run("decompress", "-m", model, bad, "--keep-going", "-o", dir.resolve("out"))
                .failed("item 2 (c.png)");
        assertThat(saved.out()).contains("3 items").doesNotContain("exact");
        assertThat(Cli.files(dir.resolve("out"))).containsOnlyKeys("a.png", "b.png", "d.png");
        assertThat(ItemSets.open(dir.resolve("out")).item(2))
                .isEqualTo(ItemSets.open(dir.resolve("in")).item(3));

        for (String out : List.of("saved.npy", "saved.idx")) {
            run("decompress", "-m", model, bad, "--keep-going", "-o", dir.resolve(out))
                    .failed("item 2 (c.png)");
            ItemSet three = ItemSets.open(dir.resolve(out));
            ItemSet all = ItemSets.open(dir.resolve("in"));
            assertThat(three.size()).isEqualTo(3);
            assertThat(List.of(three.item(0), three.item(1), three.item(2)))
                    .containsExactly(all.item(0), all.item(1), all.item(3));
        }

        run("decompress", "-m", model, bad, "--item", 2, "--keep-going", "-o", dir.resolve("c.png"))
                .failed("item 2 (c.png)");
        assertThat(dir.resolve("c.png")).doesNotExist();
        run("decompress", "-m", model, bad, "--item", 1, "-o", dir.resolve("b.png"))
                .failed("fails its checksum", "item 1");
        assertThat(dir.resolve("b.png")).doesNotExist();
        run("decompress", "-m", model, bad, "--item", 1, "--keep-going", "-o", dir.resolve("b.png"))
                .failed("fails its checksum");
        assertThat(ItemSets.open(dir.resolve("b.png")).item(0))
                .isEqualTo(ItemSets.open(dir.resolve("in")).item(1));
    }

    @Test
    void anotherModelIsRefused() throws IOException {
        Path other = Cli.modelFile(dir.resolve("other.safetensors"), SPACE, 2);
        String wanted = Cli.model(SPACE, 1).idText().substring(0, 12);
        String given = Cli.model(SPACE, 2).idText().substring(0, 12);
        run("test", "-m", other, archive).failed("items.ardm: wrong model", wanted, given);
        run("decompress", "-m", other, archive, "-o", dir.resolve("out")).failed("wrong model", wanted, given);
        Path larger = Cli.modelFile(dir.resolve("larger.safetensors"), Space.image(12, 12, 1, 16), 1);
        run("decompress", "-m", larger, archive, "-o", dir.resolve("out")).failed("wrong model");
        assertThat(dir.resolve("out")).doesNotExist();
    }

    @Test
    void newerVersionsAreToldFromDamage() throws IOException {
        byte[] changed = bytes.clone();
        changed[8] = 9;
        Files.write(bad, changed);
        run("list", bad).failed("bad.ardm: written by a newer version", "format version 9");
        run("test", "-m", model, bad).failed("bad.ardm: written by a newer version");
        Files.delete(bad);
        Plan plan = MaskingPlan.spread(Schedule.even(64, 2));
        write(ArithmeticVersions.NEWEST + 1, SPACE, plan.toBytes());
        run("test", "-m", model, bad).failed("written by a newer version", "arithmetic version 2");
        assertThat(run("list", bad).good().out()).contains("arithmetic version 2");
    }

    @Test
    void whatIsNoArchiveIsSaidSo() throws IOException {
        for (Path file : List.of(model, dir.resolve("in").resolve("a.png"))) {
            run("list", file).failed(file + ": not an ardm file");
            run("test", "-m", model, file).failed(file + ": not an ardm file");
        }
        run("list", dir).failed("is a folder, not an archive");
        run("list", dir.resolve("none.ardm")).failed("none.ardm: no such file or folder");
        run("test", "-m", model, dir.resolve("none.ardm")).failed("none.ardm: no such file or folder");
        run("test", "-m", archive, archive).failed("items.ardm: not a usable model file");
        run("test", "-m", dir, archive).good(); // a run folder holds the model
        run("test", "-m", dir.resolve("in"), archive).failed("in: contains no model.safetensors");
        run("test", "-m", dir.resolve("none"), archive).failed("none: no such model file or run folder");
    }

    private void write(int arithmetic, Space space, byte[] plan, String... names) throws IOException {
        ArchiveHeader header = new ArchiveHeader(
                arithmetic,
                Cli.model(SPACE, 1).id(),
                space.shape(),
                space.categories(),
                space.scale().ordinal(),
                plan);
        try (ArchiveWriter writer = ArchiveWriter.create(bad, header, true)) {
            for (String name : names) {
                writer.add(
                        ArchivedItem.stored(new byte[0], new int[0], new int[space.dimensions()]),
                        ItemLabel.named(name));
            }
            writer.commit();
        }
    }

    @Test
    void headersThatContradictTheirModelAreRefused() throws IOException {
        byte[] plan = MaskingPlan.spread(Schedule.even(64, 2)).toBytes();
        write(1, Space.image(8, 8, 1, 17), plan);
        run("test", "-m", model, bad)
                .failed("bad.ardm: damaged: header: items of 8x8x1 of 17, but the model has items of");
        write(1, Space.image(4, 8, 1, 16), plan);
        run("test", "-m", model, bad).failed("bad.ardm: damaged: header");
        write(1, SPACE, new byte[] {7, 7, 7});
        run("test", "-m", model, bad).failed("bad.ardm: damaged: header: plan: unknown kind of order 7");
        run("list", bad).failed("bad.ardm: damaged: header: plan");
        write(0, SPACE, plan);
        run("test", "-m", model, bad).failed("arithmetic version 0");
    }

    /** The names that items get do not depend on which of them can be read. */
    @Test
    void namesOfItemsThatCannotBeReadStayTaken() throws IOException {
        write(1, SPACE, MaskingPlan.spread(Schedule.even(64, 2)).toBytes(), "a\\b.png", "c.png", "a_b.png", "a\tb.png");
        byte[] changed = Files.readAllBytes(bad);
        try (ArchiveReader reader = ArchiveReader.open(bad)) {
            changed[(int) reader.entry(2).offset()] ^= 1;
        }
        Files.write(bad, changed);
        run("decompress", "-m", model, bad, "--keep-going", "-o", dir.resolve("out"))
                .failed("1 of 4 items cannot be read", "2 names, such as a_b_2.png");
        assertThat(Cli.files(dir.resolve("out"))).containsOnlyKeys("a_b_2.png", "c.png", "a_b_3.png");
    }

    @Test
    void hostileNamesLeadNowhere() throws IOException {
        byte[] plan = MaskingPlan.spread(Schedule.even(64, 2)).toBytes();
        for (String name : List.of("../x", "/x", "a/../../x", "..")) {
            write(1, SPACE, plan, "good.png", name);
            run("decompress", "-m", model, bad, "-o", dir.resolve("out")).failed("item 1: its name", name);
            assertThat(dir.resolve("out")).doesNotExist();
            run("decompress", "-m", model, bad, "-f", "-o", dir.resolve("out.npy"))
                    .good();
        }
        write(1, SPACE, plan, "same", "same");
        run("decompress", "-m", model, bad, "-o", dir.resolve("out")).failed("two items have the same name");
        write(1, SPACE, plan, "\u001b[31mred\n", "", "x");
        assertThat(run("list", bad).good().out()).contains("?[31mred?").doesNotContain("\u001b");
        assertThat(run("decompress", "-m", model, bad, "-o", dir.resolve("out")).code())
                .isZero();
        assertThat(Cli.files(dir.resolve("out"))).containsOnlyKeys("_[31mred_.png", "00001.png", "x.png");
        write(1, SPACE, plan);
        assertThat(run("list", bad).good().out()).contains("0 items");
        run("test", "-m", model, bad).good();
        run("decompress", "-m", model, bad, "--item", 0, "-o", dir.resolve("x.npy"))
                .failed("the archive is empty");
    }
}
