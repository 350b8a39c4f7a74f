package dev.ardm.cli.command;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ardm.cli.Cli;
import dev.ardm.cli.Programs;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveAppender;
import dev.ardm.core.Space;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.image.ImageFolder;
import dev.ardm.data.items.ItemSets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Adding to archives that are there. */
class AddCommandTest {
    private static final Space SPACE = Space.image(8, 8, 1, 16);

    @TempDir
    Path dir;

    private Path model;
    private Path archive;
    private Path more;

    @BeforeEach
    void archive() throws IOException {
        model = Cli.modelFile(Files.createDirectory(dir.resolve("models")).resolve("m.safetensors"), SPACE, 1);
        archive = dir.resolve("photos.ardm");
        ImageFolder.write(
                dir.resolve("photos"),
                PackedItemSet.of(SPACE, Cli.values(SPACE, 3, 5), List.of("a.png", "b.png", "c.png")));
        more = dir.resolve("more");
        ImageFolder.write(more, PackedItemSet.of(SPACE, Cli.values(SPACE, 2, 6), List.of("b.png", "d.png")));
        run("compress", "-m", model, "--calls", 3, dir.resolve("photos")).good();
    }

    @Test
    void itemsAreAddedBehindThoseThatAreThere() throws IOException {
        byte[] before = Files.readAllBytes(archive);
        Cli.Result added = run("add", archive, more);
        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.out()).contains("added 2 items", "5 items in all");
        assertThat(added.err()).contains("1 name there already, and kept twice: b.png");
        byte[] after = Files.readAllBytes(archive);
        assertThat(Arrays.copyOf(after, before.length)).isEqualTo(before);
        run("test", archive).good();
        run("decompress", archive, "-o", dir.resolve("all.npy")).good();
        assertThat(ItemSets.open(dir.resolve("all.npy")).item(4))
                .isEqualTo(ItemSets.open(more).item(1));
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            assertThat(reader.size()).isEqualTo(5);
            assertThat(reader.uniform()).isTrue();
            assertThat(reader.name(4)).contains("d.png");
            assertThat(reader.time(4))
                    .hasValue(Files.getLastModifiedTime(more.resolve("d.png")).toMillis());
        }
    }

    @Test
    void whatDoesNotFitChangesNothing() throws IOException {
        byte[] before = Files.readAllBytes(archive);
        Path other = Cli.modelFile(dir.resolve("other.safetensors"), SPACE, 2);
        run("add", "-m", other, archive, more).failed("photos.ardm: wrong model");
        Path large = dir.resolve("large.npy");
        NpyFile.write(large, Cli.items(Space.image(9, 8, 1, 16), 2, 1));
        run("add", archive, more, large).failed("large.npy");
        run("add", archive, dir.resolve("none")).failed("none: no such file or folder");
        run("add", dir.resolve("none.ardm"), more).failed("none.ardm: no such file or folder");
        run("add", archive, archive).failed("is both input and output");
        run("add", archive).refused("PATH");
        Files.delete(model);
        run("add", archive, more).failed("the model was not found");
        assertThat(archive).hasBinaryContent(before);
    }

    @Test
    void oneWriterAtATime() throws IOException {
        try (ArchiveAppender appender = ArchiveAppender.open(archive)) {
            run("add", archive, more).failed("photos.ardm: something else is adding items to it");
            assertThat(appender.size()).isEqualTo(3);
        }
    }

    @Test
    void anUnfinishedAppendIsCutOffAndDamageIsNot() throws IOException {
        byte[] whole = Files.readAllBytes(archive);
        byte[] longer = Arrays.copyOf(whole, whole.length + 100);
        Files.write(archive, longer);
        run("test", archive).failed("truncated", "3 items whole");
        run("add", archive, more).failed("damaged", "(bytes: 100)", "ardm repair " + archive + " -o WHOLE.ardm");
        assertThat(archive).hasBinaryContent(longer);
        Files.createFile(dir.resolve(".photos.ardm.append-lock")); // as a killed process leaves it
        Cli.Result added = run("add", archive, more);
        assertThat(added.code()).isZero();
        assertThat(added.err()).contains("an append that was not finished was cut off, 100 bytes");
        run("test", archive).good();

        byte[] bad = whole.clone();
        bad[whole.length - 20] ^= 1;
        Files.write(archive, bad);
        run("add", archive, more).failed("damaged", "ardm repair " + archive + " -o WHOLE.ardm");
        assertThat(archive).hasBinaryContent(bad);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void anInterruptChangesNothing() throws Exception {
        byte[] before = Files.readAllBytes(archive);
        Path many = dir.resolve("many.npy");
        NpyFile.write(many, Cli.items(SPACE, 60_000, 1));
        Process process = Programs.in(dir, Programs.line("add", "--threads", 1, "photos.ardm", "many.npy"))
                .redirectErrorStream(true)
                .start();
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (Files.size(archive) == before.length) {
                if (!process.isAlive()) {
                    fail(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                }
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(10);
            }
            Programs.interrupt(process);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
        } finally {
            process.destroyForcibly();
        }
        assertThat(archive).hasBinaryContent(before);
    }
}
