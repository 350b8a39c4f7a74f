package dev.ardm.coding.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.coding.internal.file.RecordingFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is on the disk before what: a power cut at any moment leaves the old state or the new one. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class PowerCutTest {
    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void record() throws IOException {
        folder = RecordingFileSystem.recorded(java.nio.file.Files.createDirectory(parent.resolve("folder")));
    }

    /** A file has its content on the disk before it has its name, and then its name on the disk. */
    @Test
    void aNewFileIsOnTheDiskBeforeItsName() throws IOException {
        Path file = folder.resolve("out");
        for (boolean overwrite : new boolean[] {false, true}) {
            RecordingFileSystem.events(file).clear();
            AtomicFile.write(file, overwrite, out -> out.write(new byte[200_000]));
            assertThat(RecordingFileSystem.events(file))
                    .containsExactly("write temporary", "force temporary", "name out", "force folder");
        }
    }

    @Test
    void anArchiveIsAFileOfThatKind() throws IOException {
        Path archive = folder.resolve("items.ardm");
        Archives.write(archive, 40, true);
        assertThat(RecordingFileSystem.events(archive))
                .containsSubsequence("write temporary", "force temporary", "name items.ardm", "force folder")
                .endsWith("force temporary", "name items.ardm", "force folder");
    }

    /**
     * The mark of an unfinished append is on the disk before the first byte of it, items and their table before the footer that
     * makes them count, and the footer before the commit returns.
     */
    @Test
    void appendedItemsAreOnTheDiskBeforeTheyCount() throws IOException {
        Path archive = folder.resolve("items.ardm");
        Archives.write(archive, 3, true);
        RecordingFileSystem.events(archive).clear();
        try (ArchiveAppender appender = ArchiveAppender.open(archive)) {
            // Then the number of the process, for messages: it may be lost.
            assertThat(RecordingFileSystem.events(archive))
                    .containsExactly("force folder", "write .items.ardm.append-lock");
            for (int commit = 0; commit < 3; commit++) {
                RecordingFileSystem.events(archive).clear();
                appender.add(Archives.encode(Archives.item(commit)), ItemLabel.named("more " + commit));
                appender.commit();
                assertThat(RecordingFileSystem.events(archive))
                        .filteredOn(event -> !event.contains("temporary"))
                        .containsExactly(
                                "write items.ardm", "force items.ardm", "write items.ardm", "force items.ardm");
            }
        }
    }
}
