package dev.ardm.coding.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.ardm.coding.ChildProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private Path target() {
        return folder.resolve("out.bin");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    private static void put(OutputStream out) throws IOException {
        out.write(new byte[100_000]);
        out.write(1);
    }

    @Test
    void appearsWhole() throws IOException {
        try (AtomicFile file = AtomicFile.create(target(), false)) {
            put(file.stream());
            assertThat(files()).hasSize(1).allMatch(name -> name.startsWith(".out.bin.tmp-"));
            file.commit();
            assertThat(files()).containsExactly("out.bin");
        }
        assertThat(target()).hasSize(100_001);
        AtomicFile.write(target(), true, out -> out.write(7));
        assertThat(target()).hasBinaryContent(new byte[] {7});
        assertThat(files()).containsExactly("out.bin");
    }

    @Test
    void whatWasWrittenCanBePatched() throws IOException {
        try (AtomicFile file = AtomicFile.create(target(), false)) {
            put(file.stream());
            file.patch(99_999, new byte[] {2, 3});
            file.patch(0, new byte[] {4});
            file.stream().write(5);
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> file.patch(100_001, new byte[] {6, 7}));
            file.commit();
        }
        byte[] expected = new byte[100_002];
        expected[0] = 4;
        expected[99_999] = 2;
        expected[100_000] = 3;
        expected[100_001] = 5;
        assertThat(target()).hasBinaryContent(expected);
    }

    @Test
    void aFailingBodyLeavesNothing() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> AtomicFile.write(target(), false, out -> {
                    put(out);
                    throw new IOException("body");
                }))
                .withMessage("body");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> AtomicFile.write(target(), false, out -> {
                    throw new IllegalStateException();
                }));
        assertThat(files()).isEmpty();
    }

    @Test
    void aFailingCheckStopsTheCommit() throws IOException {
        try (AtomicFile file = AtomicFile.create(target(), false)) {
            put(file.stream());
            assertThatIOException()
                    .isThrownBy(() -> file.commit(path -> {
                        assertThat(path).hasSize(100_001);
                        throw new IOException("no");
                    }));
            assertThatIOException().isThrownBy(file::commit);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aTargetThatAppearsInBetweenIsKept() throws IOException {
        try (AtomicFile file = AtomicFile.create(target(), false)) {
            put(file.stream());
            Files.writeString(target(), "other");
            assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(file::commit);
        }
        assertThat(target()).hasContent("other");
        assertThat(files()).containsExactly("out.bin");
    }

    @Test
    void twoMayBeUnderWay() throws IOException {
        try (AtomicFile a = AtomicFile.create(target(), true);
                AtomicFile b = AtomicFile.create(target(), true)) {
            a.stream().write('a');
            b.stream().write('b');
            a.commit();
            b.commit();
        }
        assertThat(target()).hasContent("b");
        assertThat(files()).containsExactly("out.bin");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void permissionsAreThoseOfAnyFile() throws IOException {
        Path plain = Files.createFile(folder.resolve("plain"));
        try (AtomicFile file = AtomicFile.create(target(), false)) {
            Path temporary = folder.resolve(files().get(0));
            assertThat(Files.getPosixFilePermissions(temporary))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            file.commit();
        }
        assertThat(Files.getPosixFilePermissions(target())).isEqualTo(Files.getPosixFilePermissions(plain));
        Files.setPosixFilePermissions(target(), PosixFilePermissions.fromString("r--r-----"));
        AtomicFile.write(target(), true, AtomicFileTest::put);
        assertThat(Files.getPosixFilePermissions(target())).isEqualTo(PosixFilePermissions.fromString("r--r-----"));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void permissionsCanBeAskedFor() throws IOException {
        int usual = FileModes.of(Files.createFile(folder.resolve("plain"))).getAsInt();
        assertThat(mode(file -> file.permit(0751))).isEqualTo(0751);
        assertThat(mode(file -> file.restrict(0440))).isEqualTo(usual & 0640);
        assertThat(mode(file -> file.restrict(0))).isEqualTo(0600);
        assertThat(mode(file -> file.restore(0750))).isEqualTo(0750);
        assertThat(mode(file -> file.restore(0400))).isEqualTo(0400);
        // That others may write is up to those who restore.
        assertThat(mode(file -> file.restore(0777))).isEqualTo(0755 | usual);
    }

    private int mode(IOConsumer<? super AtomicFile> asking) throws IOException {
        try (AtomicFile file = AtomicFile.create(target(), false)) {
            asking.accept(file);
            file.commit();
        }
        int mode = FileModes.of(target()).getAsInt();
        Files.delete(target());
        return mode;
    }

    /** Whoever opens a file before it is made private can read all that is written later. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void temporaryFilesAreMadePrivate() throws IOException {
        AtomicFile.Opener opener = path -> {
            assertThat(FileModes.of(path)).hasValue(0600);
            return FileChannel.open(path, StandardOpenOption.WRITE);
        };
        try (AtomicFile file = AtomicFile.create(target(), false, opener)) {
            put(file.stream());
            assertThat(files()).hasSize(1);
            assertThat(FileModes.of(folder.resolve(files().get(0)))).hasValue(0600);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void linksAreFollowedAndDevicesKept() throws IOException {
        Path real = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        AtomicFile.write(link, true, out -> out.write('n'));
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(real).hasContent("n");
        assertThatIOException()
                .isThrownBy(() -> AtomicFile.create(folder, true))
                .withMessageContaining("not a regular file");
        assertThatIOException().isThrownBy(() -> AtomicFile.create(Path.of("/dev/null"), true));
        assertThatIOException()
                .isThrownBy(() -> AtomicFile.create(folder.resolve("missing/out"), false))
                .withMessageContaining("missing/out: cannot be written");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsReportedOnceAndForAll() throws IOException {
        AtomicFile.Opener full = t -> FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
        try (AtomicFile file = AtomicFile.create(target(), false, full)) {
            assertThatIOException()
                    .isThrownBy(() -> put(file.stream()))
                    .withMessageContaining("out.bin: cannot be written: No space left");
            assertThatIOException().isThrownBy(file::commit).withMessageContaining("out.bin");
        }
        try (AtomicFile file = AtomicFile.create(target(), false, full)) {
            file.stream().write(1);
            assertThatIOException().isThrownBy(file::commit).withMessageContaining("out.bin: cannot be written");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void longNamesWork() throws IOException {
        Path target = folder.resolve("ä".repeat(120) + ".x");
        AtomicFile.write(target, false, AtomicFileTest::put);
        assertThat(target).hasSize(100_001);
    }

    /** Nothing would be there to delete it; seen after one of 200 interrupts, as a lock without its folder. */
    @Test
    void anEndingJvmBeginsNothing() throws Exception {
        for (String what : new String[] {"file", "folder"}) {
            String said = ChildProcess.output(List.of(), BegunLate.class, what, target());
            assertThat(said).startsWith("java.io.IOException: ").endsWith("interrupted");
            assertThat(files()).isEmpty();
        }
    }

    /** Begins its first file or folder when it has already ended. */
    static final class BegunLate {
        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                Path target = Path.of(args[1]);
                try {
                    Object begun =
                            args[0].equals("file") ? AtomicFile.create(target, false) : TemporaryFolder.nextTo(target);
                    System.out.println(begun);
                } catch (IOException e) {
                    System.out.println(e);
                }
            }));
        }
    }

    /** What Ctrl-C does, with the signal that Java can send. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void anEndedJvmLeavesNothing() throws Exception {
        try (ChildProcess child = ChildProcess.start(List.of(), Unfinished.class, target())) {
            child.await("ready", ChildProcess.LIMIT);
            assertThat(files()).hasSize(1);
            child.process().destroy();
            child.end(ChildProcess.LIMIT);
            assertThat(files()).isEmpty();
        }
    }

    /** Begins a file and waits. */
    static final class Unfinished {
        public static void main(String[] args) throws Exception {
            AtomicFile file = AtomicFile.create(Path.of(args[0]), false);
            put(file.stream());
            System.out.println("ready");
            Thread.sleep(60_000);
            file.close();
        }
    }
}
