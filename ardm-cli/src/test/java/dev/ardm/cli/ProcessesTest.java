package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ardm.coding.ChildProcess;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.core.Space;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.data.array.NpyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only shows in a program of its own: signals, and a disk that takes no more. */
@Timeout(60)
@Tag("slow")
class ProcessesTest {
    private static final Space SPACE = Space.image(8, 8, 1, 256);
    private static final int MANY = 4000;

    @TempDir
    Path dir;

    private Path model;
    private Path npy;

    @BeforeEach
    void data() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
        model = Cli.modelFile(dir.resolve("model.safetensors"), SPACE, 1);
        npy = dir.resolve("items.npy");
        NpyFile.write(npy, Cli.items(SPACE, MANY, 2));
    }

    /** An archive that takes no time to make and to decode, but some to write out. */
    private Path storedItems() throws IOException {
        Path archive = dir.resolve("items.ardm");
        ArchiveHeader header = new ArchiveHeader(
                ArithmeticVersions.NEWEST,
                Cli.model(SPACE, 1).id(),
                SPACE.shape(),
                SPACE.categories(),
                SPACE.scale().ordinal(),
                MaskingPlan.spread(Schedule.full(SPACE.dimensions())).toBytes());
        try (ArchiveWriter writer = ArchiveWriter.create(archive, header, false)) {
            for (int[] item : Cli.values(SPACE, MANY, 2)) {
                writer.add(ArchivedItem.stored(new byte[0], new int[0], item), ItemLabel.NONE);
            }
            writer.commit();
        }
        return archive;
    }

    /** Starts the program after some words of shell; its standard error goes to a file. */
    private Process start(String before, Object... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", before + " exec \"$@\"", "sh"));
        command.addAll(ChildProcess.java(
                List.of("-XX:-UsePerfData", "-Xmx512m", "--add-modules", "jdk.incubator.vector"),
                "dev.ardm.cli.Main",
                args));
        return ChildProcess.leashed(new ProcessBuilder(command)
                .redirectOutput(Path.of("/dev/null").toFile())
                .redirectError(dir.resolve("stderr").toFile()));
    }

    private String stderr() throws IOException {
        return Files.readString(dir.resolve("stderr"), StandardCharsets.UTF_8);
    }

    /** Interrupts a program as soon as it has begun to write. */
    private void interrupt(Process process) throws Exception {
        try {
            while (!hasBegun()) {
                assertThat(process.isAlive()).as(stderr()).isTrue();
                Thread.sleep(5);
            }
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(stderr()).isEqualTo(1);
            assertThat(stderr()).contains("ardm: interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private boolean hasBegun() throws IOException {
        try (Stream<Path> paths = Files.list(dir)) {
            return paths.anyMatch(path -> path.getFileName().toString().contains(".tmp-"));
        }
    }

    @Test
    void anInterruptedArchiveIsNotThere() throws Exception {
        interrupt(start("", "compress", "-m", model, "--threads", 1, "-o", dir.resolve("items.ardm"), npy));
        assertThat(Cli.files(dir)).containsOnlyKeys("model.safetensors", "items.npy", "stderr");
    }

    @Test
    void anInterruptedFolderIsNotThere() throws Exception {
        Path archive = storedItems();
        interrupt(start("", "decompress", "-m", model, "--threads", 1, archive, "-o", dir.resolve("out")));
        assertThat(Cli.files(dir)).containsOnlyKeys("model.safetensors", "items.npy", "items.ardm", "stderr");
    }

    @Test
    void aDiskThatIsFullIsSaidSo() throws Exception {
        Path archive = storedItems();
        Path few = dir.resolve("few.npy");
        NpyFile.write(few, Cli.items(SPACE, 300, 2));
        List<List<Object>> commands = List.of(
                List.of("compress", "-m", model, "--threads", 1, "--calls", 1, "-o", dir.resolve("x.ardm"), few),
                List.of("decompress", "-m", model, "--threads", 1, archive, "-o", dir.resolve("x.npy")),
                List.of("sample", "-m", model, "--threads", 1, "--calls", 1, "-n", 400, "-o", dir.resolve("x.png")));
        for (List<Object> command : commands) {
            // Files of 8 blocks, 4 or 8 KiB, and no more: for the program the same as a full disk.
            Process process = start("ulimit -f 8;", command.toArray());
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(stderr()).isEqualTo(1);
            assertThat(stderr())
                    .containsPattern("ardm: .*/x\\.\\w+: cannot be written: ")
                    .doesNotContain("Exception");
        }
        assertThat(Cli.files(dir))
                .containsOnlyKeys("model.safetensors", "items.npy", "few.npy", "items.ardm", "stderr");
    }

    @Test
    void anOutputThatTakesNothingIsAFailure() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "needs a device that is always full");
        Path archive = storedItems();
        Process process = start("exec >/dev/full;", "list", archive);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(stderr()).contains("ardm: standard output cannot be written");
    }
}
