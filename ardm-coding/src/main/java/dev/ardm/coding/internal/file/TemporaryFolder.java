package dev.ardm.coding.internal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A hidden folder {@code .NAME.tmp-PID-N} next to a target, to be filled and renamed or deleted by who made it. Next to it is a file
 * with {@value #LOCK} after that name, which is locked as long as somebody uses the folder: so the next process that writes there
 * can recognise what a killed one left, and deletes it. For use by one thread.
 */
public final class TemporaryFolder implements Closeable {
    static final String LOCK = ".lock";
    private static final String PROBE = ".new";

    private final Path path;
    private final Path lockFile;
    private final FileChannel lock;

    private TemporaryFolder(Path path, Path lockFile, FileChannel lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Makes an empty folder.
     *
     * @throws IOException if the folder of the target cannot be written, or the JVM is ending
     */
    public static TemporaryFolder nextTo(Path target) throws IOException {
        StaleFiles.cleanAtTimes(AtomicFile.folder(target), Instant.now());
        Path[] made = new Path[1];
        Path lockFile = PendingFiles.add(() -> AtomicFile.temporaryBeside(target, folder -> {
            Path file = lockOf(folder);
            Files.createFile(file);
            made[0] = folder;
            return file;
        }));
        FileChannel lock = null;
        try {
            lock = AtomicFile.locked(FileChannel.open(lockFile, StandardOpenOption.WRITE));
            Path folder = Files.createDirectory(made[0], FileModes.ownerOnly(target, "rwx------"));
            return new TemporaryFolder(folder, lockFile, lock);
        } catch (IOException | RuntimeException e) {
            if (lock != null) {
                lock.close();
            }
            PendingFiles.discard(lockFile);
            throw e;
        }
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    static boolean isLock(Path file) {
        return file.getFileName().toString().endsWith(LOCK);
    }

    static Path ofLock(Path lockFile) {
        String name = lockFile.getFileName().toString();
        return lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** Gives the folder the permissions that new folders get here; until then only its owner sees what is in it. */
    public void open() throws IOException {
        Path probe = Files.createDirectory(path.resolveSibling(path.getFileName() + PROBE));
        try {
            OptionalInt usual = FileModes.of(probe);
            if (usual.isPresent()) {
                FileModes.set(path, usual.getAsInt());
            }
        } finally {
            Files.delete(probe);
        }
    }

    /** Gives up the lock; the folder should be gone by now. */
    @Override
    public void close() throws IOException {
        try {
            PendingFiles.discard(lockFile);
        } finally {
            lock.close();
        }
    }

    /**
     * Deletes a folder with all in it; others may delete in it at the same time.
     *
     * @throws IOException if something stays
     */
    public static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            Files.walkFileTree(root, new Deleter());
        }
    }

    private static final class Deleter extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
