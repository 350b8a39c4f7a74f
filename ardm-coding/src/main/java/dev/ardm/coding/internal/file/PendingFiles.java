package dev.ardm.coding.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The temporary files that are there, deleted by one hook when the JVM ends. */
final class PendingFiles {
    private static final Set<Path> PENDING = ConcurrentHashMap.newKeySet();
    private static final Object GATE = new Object();
    private static boolean ending;

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(PendingFiles::discardAll, "ardm-pending-files"));
        } catch (IllegalStateException e) {
            ending = true; // The shutdown hook has run: a file begun now would never be deleted.
        }
    }

    private PendingFiles() {}

    /** Makes a temporary file. */
    interface Maker {
        Path make() throws IOException;
    }

    /** Creates and registers a file. Refuses during shutdown, when no hook would delete it. */
    static Path add(Maker maker) throws IOException {
        synchronized (GATE) {
            if (ending) {
                throw new IOException("interrupted");
            }
            Path temporary = maker.make();
            PENDING.add(temporary);
            return temporary;
        }
    }

    /** Whether a file of this process is being written. */
    static boolean contains(Path temporary) {
        return PENDING.stream()
                .anyMatch(file -> file.toAbsolutePath().normalize().equals(temporary));
    }

    /** Deletes the file if it is still there. Where that fails, the hook tries again. */
    static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
            PENDING.remove(temporary);
        } catch (IOException e) {
            // Its name shows that it is temporary.
        }
    }

    private static void discardAll() {
        synchronized (GATE) {
            ending = true;
        }
        List.copyOf(PENDING).forEach(PendingFiles::discard);
    }
}
