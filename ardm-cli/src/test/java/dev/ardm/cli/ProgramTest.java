package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ardm.core.Space;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.image.ImageFolder;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive's commands as processes: pipes, exit codes, terminals, signals. */
@Timeout(300)
@EnabledOnOs({OS.LINUX, OS.MAC})
class ProgramTest {
    private static final Space SPACE = Space.image(8, 8, 1, 16);
    private static final byte[] NOTHING = new byte[0];

    @TempDir
    Path dir;

    private Path npy;

    @BeforeEach
    void modelAndItems() throws Exception {
        Cli.modelFile(dir.resolve("model.safetensors"), SPACE, 1);
        npy = dir.resolve("items.npy");
        NpyFile.write(npy, Cli.items(SPACE, 3, 1));
    }

    private Programs.Ended run(byte[] input, Object... args) throws Exception {
        return Programs.run(Programs.in(dir, Programs.line(args)), input);
    }

    @Test
    void whatGoesThroughPipesComesBack() throws Exception {
        byte[] items = Files.readAllBytes(npy);
        byte[] archive =
                run(items, "-z", "-m", "model.safetensors", "-1", "-").good().out();
        assertThat(new String(archive, 0, 8, StandardCharsets.ISO_8859_1)).contains("ARDM");
        Programs.Ended back = run(archive, "-d", "-m", "model.safetensors", "-").good();
        assertThat(back.out()).isEqualTo(items);
        assertThat(back.err()).isEmpty();
        byte[] cut = Arrays.copyOf(archive, archive.length - 1);
        Programs.Ended recovered = run(cut, "-d", "-m", "model.safetensors", "-")
                .failed(1, "ardm: standard input: damaged", "ardm: standard input: 3 items whole, 0 lost");
        assertThat(recovered.out()).isEqualTo(items);
    }

    /** As in {@code ardm list x.ardm | head -1}. */
    @Test
    void aReaderThatHasSeenEnoughIsNoError() throws Exception {
        run(NOTHING, "compress", "-m", "model.safetensors", "-1", "items.npy").good();
        for (Object[] command : new Object[][] {
            {"list", "items.npy.ardm"}, {"decompress", "-m", "model.safetensors", "-c", "items.npy.ardm"}
        }) {
            Process process = Programs.in(dir, Programs.line(command)).start();
            try {
                process.getInputStream().close();
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                        .isEmpty();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsAnError() throws Exception {
        run(NOTHING, "compress", "-m", "model.safetensors", "-1", "items.npy").good();
        Process process = Programs.in(dir, Programs.line("list", "items.npy.ardm"))
                .redirectOutput(Path.of("/dev/full").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("standard output cannot be written");
        assertThat(process.exitValue()).isEqualTo(1);
    }

    @Test
    void modelsAreFoundThroughTheVariable() throws Exception {
        run(NOTHING, "compress", "-m", "model.safetensors", "-1", "items.npy").good();
        Path elsewhere = Files.createDirectories(dir.resolve("kept/run"));
        Files.move(dir.resolve("model.safetensors"), elsewhere.resolve("model.safetensors"));
        run(NOTHING, "test", "items.npy.ardm")
                .failed(
                        1,
                        "items.npy.ardm: the model was not found",
                        "ARDM_MODEL_PATH is not set",
                        "models (not there)");
        ProcessBuilder with = Programs.in(dir, Programs.line("test", "-v", "items.npy.ardm"));
        with.environment().put("ARDM_MODEL_PATH", "nowhere" + File.pathSeparator + "kept");
        Programs.Ended found = Programs.run(with, NOTHING).good();
        assertThat(new String(found.out(), StandardCharsets.UTF_8))
                .contains("good, 3 items", "kept/run/model.safetensors");
    }

    @Test
    void theOnlyModelThereIsServesToCompress() throws Exception {
        Path models = Files.createDirectory(dir.resolve("models"));
        Files.move(dir.resolve("model.safetensors"), models.resolve("only.safetensors"));
        run(NOTHING, "-z", "-1", "items.npy").good();
        assertThat(dir.resolve("items.npy.ardm")).exists();
        Cli.modelFile(models.resolve("second.safetensors"), SPACE, 2);
        run(NOTHING, "-z", "-f", "-1", "items.npy").failed(1, "no model; give one with -m MODEL", "found 2 models");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void archivesAreNotWrittenToATerminal() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")));
        String command =
                String.join(" ", Programs.line("compress", "-m", "model.safetensors", "-1", "-c", "items.npy"));
        ProcessBuilder terminal = Programs.in(dir, List.of("/usr/bin/script", "-qec", command, "/dev/null"));
        Programs.Ended refused = Programs.run(terminal, NOTHING);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(new String(refused.out(), StandardCharsets.UTF_8)).contains("standard output is a terminal");
        ProcessBuilder forced = Programs.in(dir, List.of("/usr/bin/script", "-qec", command + " -f", "/dev/null"));
        assertThat(Programs.run(forced, NOTHING).code()).isZero();
    }

    @Test
    void anInterruptLeavesNothing() throws Exception {
        Path in = dir.resolve("in");
        Space large = Space.image(32, 32, 3, 256);
        Cli.modelFile(dir.resolve("large.safetensors"), large, 1);
        ImageFolder.write(in, Cli.items(large, 300, 1));
        Path out = Files.createDirectory(dir.resolve("out"));
        Process process = Programs.in(
                        dir,
                        Programs.line(
                                "compress", "-m", "large.safetensors", "-9", "--threads", 1, "-o", "out/x.ardm", "in"))
                .redirectErrorStream(true)
                .start();
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (files(out).stream().noneMatch(name -> name.startsWith(".x.ardm.tmp-"))) {
                assertThat(process.isAlive()).isTrue();
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(20);
            }
            new ProcessBuilder("kill", Programs.interrupt(), Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("interrupted");
            assertThat(files(out)).isEmpty();
            assertThat(files(in)).hasSize(300);
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> files(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
