package dev.ardm.data;

import dev.ardm.coding.AtomicFile;
import dev.ardm.coding.IOConsumer;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is filled beside its target and renamed when complete, so that nothing half-written ever has the final name.
 * What is unfinished when the JVM ends (Ctrl-C included) is deleted. Files have {@link AtomicFile} for the same.
 */
public final class Staging implements Closeable {
    private static final Set<Path> PENDING = ConcurrentHashMap.newKeySet();

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(Staging::discardAll, "ardm-staging"));
        } catch (IllegalStateException e) {
            // The JVM is ending already; what is begun now is deleted by its own writer.
        }
    }

    private static final Object GATE = new Object();
    private static boolean ending;

    private final Path target;
    private final Path staged;

    private Staging(Path target, Path staged) {
        this.target = target;
        this.staged = staged;
    }

    /** Writes or replaces a file; folders that it lies in are made. */
    static void file(Path target, IOConsumer<? super OutputStream> body) throws IOException {
        Files.createDirectories(parent(target));
        AtomicFile.write(target, true, body);
    }

    /** Begins a folder whose target must not exist yet, or be empty. */
    public static Staging folder(Path target) throws IOException {
        Path parent = parent(target);
        Files.createDirectories(parent);
        Path staged = parent.resolve("." + target.getFileName() + ".tmp-" + UUID.randomUUID());
        Staging staging = new Staging(target, staged);
        staging.step(() -> {
            Files.createDirectory(staged);
            PENDING.add(staged);
        });
        return staging;
    }

    private static Path parent(Path target) throws DataException {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null || target.getFileName() == null) {
            throw new DataException("cannot write to " + target);
        }
        return parent;
    }

    /** The folder to fill for now. */
    public Path path() {
        return staged;
    }

    /** Part of writing something. */
    public interface Step {
        /** Does it. */
        void run() throws IOException;
    }

    /**
     * Does a part of writing that makes files or folders appear, unless the JVM is ending: what was staged is gone then, and
     * must not come back.
     */
    public void step(Step step) throws IOException {
        synchronized (GATE) {
            if (ending) {
                throw new IOException("interrupted");
            }
            step.run();
        }
    }

    /** Gives the folder its name. */
    public void commit() throws IOException {
        step(() -> {
            Files.deleteIfExists(target);
            Files.move(staged, target);
        });
    }

    /** Deletes the folder unless it was committed. */
    @Override
    public void close() throws IOException {
        deleteTree(staged);
        PENDING.remove(staged);
    }

    /** At the end of the JVM. */
    private static void discardAll() {
        synchronized (GATE) {
            ending = true;
        }
        for (Path staged : PENDING) {
            for (int attempt = 0; attempt < 20; attempt++) {
                try {
                    deleteTree(staged);
                    break;
                } catch (IOException e) {
                    // Its writer may be deleting it at the same time.
                }
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            Files.walkFileTree(root, new Deleter());
        }
    }

    /** The hook and the writer of a folder may be at it at the same time. */
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
