package dev.ardm.app;

import dev.ardm.data.file.Staging;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder for a while, among the system's temporary files, that only its owner may read. It is gone when it is closed, or when
 * the JVM ends (Ctrl-C included).
 */
public final class ScratchFolder implements Closeable {
    private static final String NAME = "ardm-scratch";

    private final Staging staging;

    private ScratchFolder(Staging staging) {
        this.staging = staging;
    }

    public static ScratchFolder create() throws IOException {
        Staging staging = Staging.folder(Path.of(System.getProperty("java.io.tmpdir"), NAME));
        try {
            if (Files.getFileStore(staging.path()).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(staging.path(), PosixFilePermissions.fromString("rwx------"));
            }
            return new ScratchFolder(staging);
        } catch (IOException | RuntimeException e) {
            staging.close();
            throw e;
        }
    }

    /** Whether a file is in such a folder. */
    public static boolean holds(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        Path name = folder == null ? null : folder.getFileName();
        return name != null && name.toString().startsWith("." + NAME + ".tmp-");
    }

    public Path file(String name) {
        return staging.path().resolve(name);
    }

    @Override
    public void close() throws IOException {
        staging.close();
    }
}
