package dev.ardm.coding.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.ChildProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process left is deleted, and nothing that may be somebody's. */
class StaleFilesTest {
    private static final Instant NOW = Instant.now();

    @TempDir
    Path folder;

    /** The number of a process that has ended. */
    private static long ended() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (ChildProcess child = ChildProcess.start(new ProcessBuilder(java, "-version"))) {
            child.end(ChildProcess.LIMIT);
            return child.process().pid();
        }
    }

    private Path file(String name, int secondsOld) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "half");
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(secondsOld)));
        return file;
    }

    @Test
    void onlyWhatIsNobodysIsDeleted() throws Exception {
        long dead = ended();
        Path parent = file(
                ".x.ardm.tmp-" + ProcessHandle.current().parent().orElseThrow().pid() + "-0", 3600);
        Path young = file(".x.ardm.tmp-" + dead + "-0", 50);
        Path named = file("x.ardm.tmp-" + dead + "-0", 3600);
        Path other = file(".x.tmp-" + dead, 3600);
        Path folderOfThatName = Files.createDirectory(folder.resolve(".y.tmp-" + dead + "-0"));
        Files.setLastModifiedTime(folderOfThatName, FileTime.from(NOW.minusSeconds(3600)));
        Path link = Files.createSymbolicLink(folder.resolve(".z.tmp-" + dead + "-0"), named);
        Path stale = file(".x.ardm.tmp-" + dead + "-1", 61);
        Path ofSameNumber = file(".x.ardm.tmp-" + ProcessHandle.current().pid() + "-7", 3600);
        StaleFiles.clean(folder, NOW);
        assertThat(stale).doesNotExist();
        assertThat(ofSameNumber).as("of an earlier process with our number").doesNotExist();
        for (Path kept : new Path[] {parent, young, named, other, folderOfThatName, link}) {
            assertThat(kept).exists();
        }
    }

    @Test
    void whatThisProcessWritesStays() throws IOException {
        try (AtomicFile file = AtomicFile.create(folder.resolve("x"), false)) {
            file.stream().write(1);
            StaleFiles.clean(folder, NOW.plusSeconds(3600));
            file.commit();
        }
        assertThat(folder.resolve("x")).hasBinaryContent(new byte[] {1});
    }

    @Test
    void whatIsLockedStays() throws Exception {
        Path locked = file(".x.ardm.tmp-" + ended() + "-0", 3600);
        try (FileChannel channel = FileChannel.open(locked, StandardOpenOption.WRITE)) {
            channel.lock();
            StaleFiles.clean(folder, NOW);
            assertThat(locked).exists();
        }
        StaleFiles.clean(folder, NOW);
        assertThat(locked).doesNotExist();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void theNextWriterCleansWhatAKilledOneLeft() throws Exception {
        ChildProcess child = ChildProcess.start(List.of(), AtomicFileTest.Unfinished.class, folder.resolve("x"));
        Path left = folder.resolve(".x.tmp-" + child.process().pid() + "-0");
        try (child) {
            child.await("ready", ChildProcess.LIMIT);
            Files.setLastModifiedTime(left, FileTime.from(NOW.minusSeconds(3600)));
            StaleFiles.clean(folder, NOW);
            assertThat(left).as("while its process lives").exists();
        }
        child.end(ChildProcess.LIMIT);
        assertThat(left).exists();
        AtomicFile.write(folder.resolve("y"), false, out -> out.write(1));
        assertThat(left).doesNotExist();
        assertThat(folder.resolve("y")).exists();
    }
}
