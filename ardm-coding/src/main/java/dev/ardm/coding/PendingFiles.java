package dev.ardm.coding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The temporary files that are there, deleted by one hook when the JVM ends. */
final class PendingFiles {
    private static final Set<Path> PENDING = ConcurrentHashMap.newKeySet();

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(PendingFiles::discardAll, "ardm-pending-files"));
        } catch (IllegalStateException e) {
            // The JVM is ending already; a file begun now is deleted by its own close.
        }
    }

    private PendingFiles() {}

    static void add(Path temporary) {
        PENDING.add(temporary);
    }

    /** Deletes the file if it is still there. Where that fails, the hook tries again. */
    static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
            PENDING.remove(temporary);
        } catch (IOException e) {
            // Its name says that it is temporary.
        }
    }

    private static void discardAll() {
        List.copyOf(PENDING).forEach(PendingFiles::discard);
    }
}
