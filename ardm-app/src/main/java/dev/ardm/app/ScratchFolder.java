package dev.ardm.app;

import dev.ardm.data.file.Staging;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A temporary folder that only its owner may read, where TMPDIR says. It is deleted when it is closed, or when the JVM ends
 * (Ctrl-C included).
 */
public final class ScratchFolder implements Closeable {
    private static final String NAME = "ardm-scratch";
    private static final String START = "." + NAME + ".tmp-";

    private final Staging staging;

    private ScratchFolder(Staging staging) {
        this.staging = staging;
    }

    public static ScratchFolder create() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        if (!Files.isDirectory(temporary)) {
            throw new UserError(temporary + ": the folder for temporary files does not exist; TMPDIR names another");
        }
        Staging staging = Staging.folder(temporary.resolve(NAME));
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
        return name != null && name.toString().startsWith(START);
    }

    /** Whether a message is about a file in such a folder. */
    public static boolean isNamedIn(String message) {
        return message.contains(START);
    }

    public Path file(String name) {
        return staging.path().resolve(name);
    }

    @Override
    public void close() throws IOException {
        staging.close();
    }
}
