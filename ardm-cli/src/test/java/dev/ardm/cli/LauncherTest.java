package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.exact.Kernels;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ardm} in a folder that looks built, and the archive of classes that it makes and may find in any state. */
@Timeout(300)
@EnabledOnOs({OS.LINUX, OS.MAC})
@Tag("slow")
class LauncherTest {
    private static final byte[] NOTHING = new byte[0];
    private static final String VERSION = "arithmetic version 1";

    @TempDir
    Path root;

    private Path target;
    private Path jar;

    @BeforeEach
    void builtFolder() throws Exception {
        Path repository = Path.of(System.getProperty("basedir", "."))
                .toAbsolutePath()
                .normalize()
                .getParent();
        Files.copy(repository.resolve("ardm"), root.resolve("ardm"));
        Path models = Files.createDirectories(root.resolve("models/tiny-unet"));
        for (String name : List.of("model.safetensors", "golden.ardm")) {
            Files.copy(repository.resolve("models/tiny-unet").resolve(name), models.resolve(name));
        }
        target = Files.createDirectory(root.resolve("target"));
        Path own = Files.createDirectories(root.resolve("ardm-cli/target"));
        jar = own.resolve("ardm-cli-1.jar");
        List<String> classpath = new ArrayList<>();
        Path core = Files.createDirectories(root.resolve("ardm-core/target"));
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : all.split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            if (Files.isDirectory(path)) {
                path = pack(path, core.resolve(classpath.size() + ".jar"));
            }
            classpath.add(path.toString());
        }
        pack(Files.createDirectory(root.resolve("empty")), jar);
        Files.writeString(own.resolve("classpath"), String.join(":", classpath));
    }

    private static Path pack(Path folder, Path to) throws IOException {
        try (OutputStream file = Files.newOutputStream(to);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> walk = Files.walk(folder)) {
            walk.filter(Files::isRegularFile).forEach(path -> {
                try {
                    out.putNextEntry(new JarEntry(folder.relativize(path).toString()));
                    Files.copy(path, out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return to;
    }

    private Programs.Ended run(Object... args) throws Exception {
        return run(Map.of(), "exec \"$@\"", args);
    }

    /** @param shell what a shell does that has the command as its arguments */
    private Programs.Ended run(Map<String, String> environment, String shell, Object... args) throws Exception {
        List<String> line = new ArrayList<>(
                List.of("bash", "-c", shell, "bash", root.resolve("ardm").toString()));
        Stream.of(args).map(Object::toString).forEach(line::add);
        ProcessBuilder builder = Programs.in(root, line);
        builder.environment().put("ARDM_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return Programs.run(builder, NOTHING);
    }

    /** TMPDIR says where temporary files are, and a message about them names it. */
    @Test
    void temporaryFilesAreInTheFolderOfTheEnvironment() throws Exception {
        Path tmp = Files.createDirectory(root.resolve("tmp"));
        Map<String, String> there = Map.of("TMPDIR", tmp.toString());
        String archive = root.resolve("models/tiny-unet/golden.ardm").toString();
        run(there, "exec \"$@\" <" + archive, "list", "-").good();
        run(there, "head -c 9999 /dev/zero | { ulimit -f 1; exec \"$@\"; }", "list", "-")
                .failed(1, tmp + "/.ardm-scratch.tmp-", "cannot be written", "TMPDIR=FOLDER");
        try (Stream<Path> left = Files.list(tmp)) {
            assertThat(left).isEmpty();
        }
        run(Map.of("TMPDIR", tmp + "/none"), "exec \"$@\"", "--version")
                .failed(1, "TMPDIR=" + tmp + "/none is not a folder");
    }

    @Test
    void littleMemoryIsASentence() throws Exception {
        run(Map.of("ARDM_JAVA_OPTS", "-Xmx16m"), "exec \"$@\"", "--version").good();
        run(Map.of(), "ulimit -v 500000; exec \"$@\"", "--version")
                .failed(1, "ulimit -v allows 488 MiB of memory, and Java needs 900 MiB");
        Programs.Ended ended =
                run(Map.of(), "ulimit -v 1500000; exec \"$@\"", "list", root.resolve("models/tiny-unet/golden.ardm"));
        assertThat(ended.good().err()).isEmpty();
    }

    /** Of three libraries two are in the builder's own folder, and one of these only the builder can read. */
    @Test
    void aBuildServesOtherUsers(@TempDir Path repository) throws Exception {
        Path open = Files.copy(jar, repository.resolve("open.jar"));
        Path closed = Files.copy(jar, repository.resolve("closed.jar"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rw-------"));
        Path own = target.resolveSibling("ardm-core/target/own.jar");
        Files.copy(jar, own);
        Path list = jar.resolveSibling("classpath");
        Files.writeString(list, open + ":" + own + ":" + closed + "\n");
        String script = Files.readString(root.resolve("ardm"));
        String gather = script.substring(script.indexOf("\ngather() {"), script.indexOf("\nbuild() {"));
        // The function alone, as the build calls it.
        String shell = "set -u; root=$0 target=$0/ardm-cli/target libraries=$0/target/ardm-libraries" + gather
                + "\numask 077; gather";
        Programs.run(Programs.in(root, List.of("bash", "-c", shell, root.toString())), NOTHING)
                .good();
        Path libraries = target.resolve("ardm-libraries");
        assertThat(Files.readString(list).strip())
                .isEqualTo(libraries.resolve("open.jar") + ":" + own + ":" + libraries.resolve("closed.jar"));
        for (String name : List.of("open.jar", "closed.jar")) {
            assertThat(libraries.resolve(name)).hasSameBinaryContentAs(jar);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(libraries.resolve(name))))
                    .endsWith("r--");
        }
    }

    /** Every line of both streams is the command's own. */
    private void saysItsVersionOnly() throws Exception {
        Programs.Ended ended = run("--version").good();
        assertThat(ended.err()).isEmpty();
        assertThat(new String(ended.out(), StandardCharsets.UTF_8))
                .startsWith("ardm ")
                .contains(VERSION)
                .hasLineCount(2);
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.toList();
        }
    }

    @Test
    void makesAnArchiveOnceAndDoesWithoutOneThatDoesNotFit() throws Exception {
        saysItsVersionOnly();
        Path archive = archives().get(0);
        assertThat(archives()).containsExactly(archive);
        assertThat(Files.size(archive)).isPositive();
        FileTime made = Files.getLastModifiedTime(archive);

        saysItsVersionOnly();
        assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);

        // Java notices that the jar is another one than the archive's.
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(5000)));
        saysItsVersionOnly();
        assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);

        Files.delete(archive);
        Files.write(archive, new byte[1000]);
        saysItsVersionOnly();

        // The script notices a jar that is newer, and makes another archive.
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minusSeconds(5000)));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
        saysItsVersionOnly();
        assertThat(archives()).containsExactly(archive);
        assertThat(Files.size(archive)).isGreaterThan(1000);
    }

    @Test
    void runsWhereNothingCanBeWritten() throws Exception {
        Files.delete(target);
        Files.writeString(target, "");
        saysItsVersionOnly();
    }

    @Test
    void doesNotTryAgainWhatFailed() throws Exception {
        Files.delete(root.resolve("models/tiny-unet/golden.ardm"));
        saysItsVersionOnly();
        Path archive = archives().get(0);
        assertThat(Files.size(archive)).isZero();
        FileTime made = Files.getLastModifiedTime(archive);
        saysItsVersionOnly();
        assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);
    }

    @Test
    void firstRunsMayComeTogether() throws Exception {
        List<CompletableFuture<Void>> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            runs.add(CompletableFuture.runAsync(() -> {
                try {
                    saysItsVersionOnly();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        runs.forEach(CompletableFuture::join);
        assertThat(archives()).hasSize(1);
        saysItsVersionOnly();
    }

    /** The Vector API is loaded late, and Java's warning about incubator modules does not come. */
    @Test
    void computesOnVectorsWithoutAWarning() throws Exception {
        Programs.Ended ended = run("selftest", "--kernels").good();
        assertThat(ended.err()).isEmpty();
        assertThat(new String(ended.out(), StandardCharsets.UTF_8))
                .contains("on " + Kernels.best().name() + " kernels");
    }
}
