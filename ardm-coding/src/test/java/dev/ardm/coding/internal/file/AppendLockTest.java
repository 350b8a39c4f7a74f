package dev.ardm.coding.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.ardm.coding.ChildProcess;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveAppender;
import dev.ardm.coding.internal.write.Archives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
public class AppendLockTest {
    private static final String TAKEN = ": something else is adding items to it";

    @TempDir
    Path folder;

    private Path path;

    public static Path lockOf(Path archive) {
        return archive.resolveSibling("." + archive.getFileName() + ".append-lock");
    }

    @BeforeEach
    void write() throws IOException {
        path = folder.resolve("digits.ardm");
        Archives.write(path, 3, true);
    }

    /** A process has locks on a file until it closes any stream of it, whichever that is. */
    @Test
    void otherProcessesAreKeptOutWhileThisOneReads() throws IOException {
        try (ArchiveAppender appender = ArchiveAppender.open(path)) {
            appender.add(ArchivedItem.stored(new byte[0], new int[0], Archives.item(3)), ItemLabel.NONE);
            ArchiveReader.openCommitted(path).close();
            Files.readAllBytes(path);
            assertThatIOException().isThrownBy(() -> ArchiveAppender.open(path)).withMessage(path + TAKEN);
            assertThat(ChildProcess.output(List.of(), Adder.class, path))
                    .isEqualTo(path + TAKEN + " (process "
                            + ProcessHandle.current().pid() + ")");
            appender.commit();
        }
        assertThat(ChildProcess.output(List.of(), Adder.class, path)).isEqualTo("5 items");
        try (ArchiveReader reader = ArchiveReader.open(path)) {
            assertThat(reader.size()).isEqualTo(5);
        }
        assertThat(lockOf(path)).doesNotExist();
    }

    static final class Adder {
        public static void main(String[] args) {
            try (ArchiveAppender appender = ArchiveAppender.open(Path.of(args[0]))) {
                appender.add(ArchivedItem.stored(new byte[0], new int[0], Archives.item(4)), ItemLabel.NONE);
                appender.commit();
                System.out.println(appender.size() + " items");
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void anArchiveHasOneLockByAllOfItsNames() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), path);
        try (AppendLock lock = AppendLock.acquire(link)) {
            lock.requireOf(path);
            assertThatIOException().isThrownBy(() -> AppendLock.acquire(path)).withMessage(path + TAKEN);
            Path other = Files.copy(path, folder.resolve("other"));
            assertThatIllegalStateException().isThrownBy(() -> ArchiveAppender.open(other, lock));
        }
        AppendLock.acquire(path).close();
        assertThat(lockOf(path)).doesNotExist();
    }

    @Test
    void hardLinksAreNoWayAround() throws IOException {
        Path link = Files.createLink(folder.resolve("link"), path);
        try (ArchiveAppender appender = ArchiveAppender.open(path)) {
            assertThat(appender.size()).isEqualTo(3);
            assertThatIOException().isThrownBy(() -> ArchiveAppender.open(link)).withMessage(link + TAKEN);
        }
        ArchiveAppender.open(link).close();
    }

    /** The lock of who writes nothing is given back when the program ends; who writes has to end that first. */
    @Test
    void anEndingProgramLeavesOnlyWhatItHasNotFinished() throws IOException {
        byte[] before = Files.readAllBytes(path);
        assertThat(ChildProcess.output(List.of(), Holder.class, path, false)).isEqualTo("held");
        assertThat(lockOf(path)).doesNotExist();
        assertThat(ChildProcess.output(List.of(), Holder.class, path, true)).isEqualTo("held");
        assertThat(lockOf(path)).exists();
        assertThat(path).satisfies(file -> assertThat(Files.size(file)).isGreaterThan(before.length));
        try (ArchiveAppender appender = ArchiveAppender.open(path)) {
            assertThat(appender.cutOff()).isPositive();
        }
        assertThat(path).hasBinaryContent(before);
        assertThat(lockOf(path)).doesNotExist();
    }

    /** Ends in the middle of an append, or before it. */
    static final class Holder {
        public static void main(String[] args) throws IOException {
            ArchiveAppender appender = ArchiveAppender.open(Path.of(args[0]));
            for (int k = 0; k < (Boolean.parseBoolean(args[1]) ? 30_000 : 0); k++) {
                appender.add(ArchivedItem.stored(new byte[0], new int[0], Archives.item(k)), ItemLabel.NONE);
            }
            System.out.println("held");
            System.exit(0);
        }
    }

    @Test
    void anyNameCanBeLocked() throws IOException {
        for (String name : new String[] {"a".repeat(255), "\u00fc".repeat(127)}) {
            Path longest = Files.copy(path, folder.resolve(name));
            try (AppendLock lock = AppendLock.acquire(longest)) {
                lock.requireOf(longest);
            }
        }
        assertThatIOException().isThrownBy(() -> AppendLock.acquire(folder.resolve("none")));
    }

    /** It says what the end of the archive may be. */
    @Test
    void whatAKilledProcessLeftStaysUntilItIsClear() throws IOException {
        Files.createFile(lockOf(path));
        byte[] before = Files.readAllBytes(path);
        Files.write(path, new byte[] {1, 2, 3});
        assertThatIOException().isThrownBy(() -> ArchiveAppender.open(path));
        assertThat(lockOf(path)).exists();
        Files.write(path, before);
        ArchiveAppender.open(path).close();
        assertThat(lockOf(path)).doesNotExist();
    }
}
