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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        List<String> line = new ArrayList<>(List.of("bash", root.resolve("ardm").toString()));
        Stream.of(args).map(Object::toString).forEach(line::add);
        ProcessBuilder builder = Programs.in(root, line);
        builder.environment().put("ARDM_JAVA_HOME", System.getProperty("java.home"));
        return Programs.run(builder, NOTHING);
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
