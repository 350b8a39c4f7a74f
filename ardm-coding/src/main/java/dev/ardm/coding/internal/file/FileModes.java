package dev.ardm.coding.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Permissions of files: nine bits, {@code rwxrwxrwx}, the highest one that the owner may read. Systems without them have none, and
 * setting them does nothing there.
 */
public final class FileModes {
    /** What only the owner may read and write. */
    public static final int OWNER = 0600;

    /** What files are that are not executed. */
    public static final int NOT_EXECUTABLE = 0666;

    /** What a restored file gets in any case of what it had; that others write is up to the user. */
    private static final int RESTORED = 0755;

    private static final int READ = 0444;

    private static final PosixFilePermission[] BITS = PosixFilePermission.values();

    private FileModes() {}

    /** The permissions of a file, links followed; empty on systems without them. */
    public static OptionalInt of(Path file) throws IOException {
        return supported(file) ? OptionalInt.of(bits(Files.getPosixFilePermissions(file))) : OptionalInt.empty();
    }

    /** Sets the permissions of a file. */
    public static void set(Path file, int mode) throws IOException {
        if (supported(file)) {
            Files.setPosixFilePermissions(file, permissions(mode));
        }
    }

    /**
     * Gives a file that was just made the permissions that it had elsewhere: who may read and execute it, and who may write it as far as
     * new files here allow.
     */
    public static void restore(Path file, int mode) throws IOException {
        if (supported(file)) {
            set(file, restored(mode, bits(Files.getPosixFilePermissions(file))));
        }
    }

    /** The permissions of a restored file, with those that a new file would have. */
    static int restored(int mode, int usual) {
        return mode & (usual | RESTORED);
    }

    /** Permissions without those of a group or others who may not read something. */
    public static int unreadable(int mode, int something) {
        int lacking = READ & ~something & ~0400;
        return mode & ~(lacking | lacking >> 1);
    }

    static boolean supported(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** For something new that is nobody else's from the start. */
    static FileAttribute<?>[] ownerOnly(Path file, String permissions) {
        return supported(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    static int bits(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission one : permissions) {
            mode |= 0400 >> one.ordinal();
        }
        return mode;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission one : BITS) {
            if ((mode & 0400 >> one.ordinal()) != 0) {
                permissions.add(one);
            }
        }
        return permissions;
    }
}
