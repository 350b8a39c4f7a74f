package dev.ardm.coding.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Distinguishes a file from a later file of the same name. */
public final class FileIdentity {
    private final Path path;
    /** Null on systems without file keys; those do not let an open file be replaced. */
    private final @Nullable Object key;

    private FileIdentity(Path path) throws IOException {
        this.path = path;
        this.key = key(path);
    }

    /** The file that has a name now. */
    public static FileIdentity of(Path path) throws IOException {
        return new FileIdentity(path);
    }

    /** Whether that file still has the name. */
    public boolean holds() throws IOException {
        try {
            return Objects.equals(key, key(path));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
