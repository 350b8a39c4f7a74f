package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ardm.coding.ChildProcess;
import dev.ardm.core.Space;
import dev.ardm.data.array.NpyFile;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive's commands as processes: pipes, exit codes, terminals, signals. */
@Timeout(300)
@EnabledOnOs({OS.LINUX, OS.MAC})
@Tag("slow")
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
            try (ChildProcess child = ChildProcess.start(Programs.in(dir, Programs.line(command)))) {
                child.process().getInputStream().close();
                ChildProcess.Ended ended = child.end(ChildProcess.LIMIT);
                assertThat(ended.err()).isEmpty();
                assertThat(ended.code()).isZero();
            }
        }
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
}
