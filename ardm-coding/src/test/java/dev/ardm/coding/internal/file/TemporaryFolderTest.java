package dev.ardm.coding.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are being filled, and what a killed process left of them. */
class TemporaryFolderTest {
    private static final Instant NOW = Instant.now();
    /** Above all that systems give to processes. */
    private static final long NOBODY = 99_999_999_999L;

    @TempDir
    Path dir;

    private Path left(long process, int secondsOld, boolean locked) throws IOException {
        Path folder = Files.createDirectories(dir.resolve(".out.tmp-" + process + "-0"));
        Files.writeString(Files.createDirectories(folder.resolve("deep")).resolve("a.png"), "half");
        if (locked) {
            Path lock = Files.createFile(dir.resolve(folder.getFileName() + TemporaryFolder.LOCK));
            Files.setLastModifiedTime(lock, FileTime.from(NOW.minusSeconds(secondsOld)));
        }
        return folder;
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + TemporaryFolder.LOCK);
    }

    @Test
    void nothingIsLeftInOrder() throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.nextTo(dir.resolve("out"))) {
            assertThat(folder.path()).isEmptyDirectory();
            assertThat(lockOf(folder.path())).exists();
            StaleFiles.clean(dir, NOW.plusSeconds(3600));
            assertThat(folder.path()).as("of this process").exists();
            TemporaryFolder.deleteTree(folder.path());
        }
        try (Stream<Path> rest = Files.list(dir)) {
            assertThat(rest).isEmpty();
        }
    }

    @Test
    void nobodyElseSeesWhatIsInIt() throws IOException {
        assumeTrue(FileModes.of(dir).isPresent());
        try (TemporaryFolder folder = TemporaryFolder.nextTo(dir.resolve("out"))) {
            assertThat(FileModes.of(folder.path())).hasValue(0700);
            folder.open();
            assertThat(FileModes.of(folder.path()))
                    .isEqualTo(FileModes.of(Files.createDirectory(dir.resolve("usual"))));
            TemporaryFolder.deleteTree(folder.path());
        }
    }

    @Test
    void whatAKilledProcessLeftIsDeleted() throws IOException {
        Path stale = left(NOBODY, 61, true);
        Path another = left(NOBODY + 3, 61, true);
        Path young = left(NOBODY + 1, 30, true);
        Path unsure = left(NOBODY + 2, 3600, false);
        StaleFiles.clean(dir, NOW);
        assertThat(stale).doesNotExist();
        assertThat(lockOf(stale)).doesNotExist();
        assertThat(another).doesNotExist();
        assertThat(lockOf(another)).doesNotExist();
        assertThat(young.resolve("deep/a.png")).exists();
        assertThat(unsure.resolve("deep/a.png")).exists();
    }

    @Test
    void whatIsLockedStays() throws IOException {
        Path folder = left(NOBODY, 3600, true);
        try (FileChannel channel = FileChannel.open(lockOf(folder), StandardOpenOption.WRITE)) {
            channel.lock();
            StaleFiles.clean(dir, NOW);
            assertThat(folder.resolve("deep/a.png")).exists();
        }
        StaleFiles.clean(dir, NOW);
        assertThat(folder).doesNotExist();
    }
}
