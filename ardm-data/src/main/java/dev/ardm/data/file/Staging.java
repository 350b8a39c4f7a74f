package dev.ardm.data.file;

import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.coding.internal.file.IOConsumer;
import dev.ardm.coding.internal.file.TemporaryFolder;
import dev.ardm.data.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder that is filled next to its target and renamed when complete, so that nothing half-written ever has the final name.
 * At the end of the JVM (Ctrl-C included) unfinished folders are deleted; those of a killed process by the next process. Files have {@link AtomicFile} for the same.
 */
public final class Staging implements Closeable {
    private static final Set<Path> PENDING = ConcurrentHashMap.newKeySet();

    private static final Object GATE = new Object();
    private static boolean ending;

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(Staging::discardAll, "ardm-staging"));
        } catch (IllegalStateException e) {
            ending = true; // The shutdown hook has run: a folder begun now would never be deleted.
        }
    }

    private final Path target;
    private final TemporaryFolder folder;
    private final Path staged;

    private Staging(Path target, TemporaryFolder folder) {
        this.target = target;
        this.folder = folder;
        this.staged = folder.path();
    }

    /** Writes or replaces a file; folders that it is in are made. */
    public static void file(Path target, IOConsumer<? super OutputStream> body) throws IOException {
        Files.createDirectories(parent(target));
        AtomicFile.write(target, true, body);
    }

    /** Begins a folder whose target must not exist yet, or be empty. */
    public static Staging folder(Path target) throws IOException {
        Path parent = parent(target);
        Files.createDirectories(parent);
        synchronized (GATE) {
            if (ending) {
                throw new IOException("interrupted");
            }
            TemporaryFolder folder = TemporaryFolder.nextTo(parent.resolve(target.getFileName()));
            PENDING.add(folder.path());
            return new Staging(target, folder);
        }
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

    /** Makes the folders that contain a file of the folder; never the folder itself, which may have been taken away with all in it. */
    public void makeParents(Path file) throws IOException {
        Path at = staged;
        Path inside = staged.relativize(file).getParent();
        if (inside != null) {
            for (Path name : inside) {
                at = at.resolve(name);
                if (!Files.isDirectory(at)) {
                    Files.createDirectory(at);
                }
            }
        }
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
            folder.open();
            Files.deleteIfExists(target);
            Files.move(staged, target);
        });
    }

    /** Deletes the folder unless it was committed. */
    @Override
    public void close() throws IOException {
        TemporaryFolder.deleteTree(staged);
        PENDING.remove(staged);
        folder.close();
    }

    /** At the end of the JVM. */
    private static void discardAll() {
        synchronized (GATE) {
            ending = true;
        }
        for (Path staged : PENDING) {
            for (int attempt = 0; attempt < 20; attempt++) {
                try {
                    TemporaryFolder.deleteTree(staged);
                    break;
                } catch (IOException e) {
                    // Its writer may be deleting it at the same time.
                }
            }
        }
    }
}
