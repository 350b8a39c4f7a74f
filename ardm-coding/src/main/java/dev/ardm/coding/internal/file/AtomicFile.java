package dev.ardm.coding.internal.file;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears under its name when it is complete, and not before.
 *
 * <p>The content goes to {@code .NAME.tmp-PID-N} next to the target, which only the owner may read. {@link #commit} forces it
 * to the disk and renames it; {@link #close} without a commit deletes it, and so does the end of the JVM (Ctrl-C
 * included). Files of a killed process are deleted by the next process that writes to the same folder, after a minute or more. Errors name the target. Once a
 * write has failed, a commit fails as well. For use by one thread.
 */
public final class AtomicFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String EXISTS = "exists already, and is kept";
    private static final String OWNER_ONLY = "rw-------";
    private static final Set<OpenOption> SCRATCH = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);

    private final Path target;
    private final boolean overwrite;
    private final Path temporary;
    private OptionalInt mode;
    private final FileChannel channel;
    private final OutputStream stream;
    private @Nullable FileTime modified;
    private boolean failed;
    private boolean done;

    private AtomicFile(Path target, boolean overwrite, Path temporary, OptionalInt mode, FileChannel channel) {
        this.target = target;
        this.overwrite = overwrite;
        this.temporary = temporary;
        this.mode = mode;
        this.channel = channel;
        this.stream = new BufferedOutputStream(new Checked(), BUFFER_BYTES);
    }

    /** How the temporary file is opened; tests open something else. */
    public interface Opener {
        FileChannel open(Path temporary) throws IOException;
    }

    /**
     * Begins a file.
     *
     * @param target where it appears; if it is a symbolic link, the file that it points to
     * @param overwrite whether an existing file may be replaced; it stays until the commit
     * @throws FileAlreadyExistsException if a file exists and may not be replaced
     * @throws IOException if the folder cannot be written, or the target is something other than a regular file
     */
    public static AtomicFile create(Path target, boolean overwrite) throws IOException {
        return create(target, overwrite, path -> FileChannel.open(path, StandardOpenOption.WRITE));
    }

    public static AtomicFile create(Path path, boolean overwrite, Opener opener) throws IOException {
        Path target = Files.isSymbolicLink(path) ? path.toRealPath() : path;
        checkTarget(target, overwrite);
        StaleFiles.cleanAtTimes(folder(target), Instant.now());
        try {
            OptionalInt mode = Files.exists(target) ? FileModes.of(target) : usualMode(target);
            FileAttribute<?>[] attributes = FileModes.ownerOnly(target, OWNER_ONLY);
            Path temporary =
                    PendingFiles.add(() -> temporaryBeside(target, made -> Files.createFile(made, attributes)));
            try {
                return new AtomicFile(target, overwrite, temporary, mode, locked(opener.open(temporary)));
            } catch (IOException | RuntimeException e) {
                PendingFiles.discard(temporary);
                throw e;
            }
        } catch (IOException e) {
            throw named(target, e);
        }
    }

    /** The permissions that new files get here; those of one without content show them, and nobody can have opened the real one. */
    private static OptionalInt usualMode(Path target) throws IOException {
        if (!FileModes.supported(target)) {
            return OptionalInt.empty();
        }
        Path probe = PendingFiles.add(() -> temporaryBeside(target, Files::createFile));
        try {
            return FileModes.of(probe);
        } finally {
            PendingFiles.discard(probe);
        }
    }

    /** Shows other processes that the file is being written. Without locks, its name still shows whose it is. */
    static FileChannel locked(FileChannel channel) {
        try {
            channel.tryLock();
        } catch (IOException | OverlappingFileLockException e) {
            // Not every file system has locks.
        }
        return channel;
    }

    /**
     * Writes a whole file: all of it, or nothing.
     *
     * @throws IOException if the body fails or the file cannot be written; nothing remains then
     */
    public static void write(Path target, boolean overwrite, IOConsumer<? super OutputStream> body) throws IOException {
        try (AtomicFile file = create(target, overwrite)) {
            body.accept(file.stream());
            file.commit();
        }
    }

    /** Where the content goes. Closing this stream only flushes it. */
    public OutputStream stream() {
        return stream;
    }

    /**
     * Puts other bytes in the place of some that were written before, such as a number that is known only at the end.
     *
     * @param position of the first one in the file
     * @throws IndexOutOfBoundsException if that many bytes were not written yet
     */
    public void patch(long position, byte[] bytes) throws IOException {
        stream.flush();
        try {
            if (position < 0 || position > channel.position() - bytes.length) {
                throw new IndexOutOfBoundsException(bytes.length + " bytes at " + position);
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer, position + buffer.position());
            }
        } catch (IOException e) {
            failed = true;
            throw named(target, e);
        }
    }

    /** The path that was asked for (links followed). */
    public Path target() {
        return target;
    }

    /** Gives the file exactly these permissions, instead of those that new files get here or the replaced one had. */
    public void permit(int exactly) {
        mode = mode.isPresent() ? OptionalInt.of(exactly) : mode;
    }

    /** Takes away permissions that are not among these. The owner may always read and write. */
    public void restrict(int most) {
        mode = mode.isPresent() ? OptionalInt.of(mode.getAsInt() & (most | FileModes.OWNER)) : mode;
    }

    /** Gives the file permissions that it had elsewhere, see {@link FileModes#restore}. */
    public void restore(int had) {
        mode = mode.isPresent() ? OptionalInt.of(FileModes.restored(had, mode.getAsInt())) : mode;
    }

    /** Sets the modification time of the file, instead of now: a time in milliseconds since 1970 (UTC). */
    public void setModified(long millis) {
        modified = time(millis);
    }

    /** A time that files can be given: Java takes parts of seconds before 1970 for none, so these are rounded down. */
    public static FileTime time(long millis) {
        return FileTime.fromMillis(millis < 0 ? Math.floorDiv(millis, 1000) * 1000 : millis);
    }

    /** Gives the file its name. */
    public void commit() throws IOException {
        commit(path -> {});
    }

    /**
     * Gives the file its name if a check of the complete content agrees.
     *
     * @param check gets the path of the temporary file, complete and on the disk; what it throws stops the commit
     * @throws IOException if a write failed, now or before, or the check throws it, or a target appeared that may not be
     *     overwritten
     */
    public void commit(IOConsumer<? super Path> check) throws IOException {
        if (done) {
            throw new IOException(target + ": already committed or closed");
        }
        if (failed) {
            throw new IOException(target + ": not written, because an earlier write failed");
        }
        try {
            stream.flush();
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            failed = true;
            throw named(target, e);
        }
        check.accept(temporary);
        try {
            if (mode.isPresent()) {
                FileModes.set(temporary, mode.getAsInt());
            }
            if (modified != null) {
                Files.setLastModifiedTime(temporary, modified);
            }
            publish();
            done = true;
        } catch (IOException e) {
            failed = true;
            throw named(target, e);
        }
        PendingFiles.discard(temporary);
        forceFolder(target);
    }

    private void publish() throws IOException {
        checkTarget(target, overwrite);
        if (overwrite || !linked()) {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Publishes by a link, which unlike a rename never replaces a file that appeared in the meantime. */
    private boolean linked() throws IOException {
        try {
            Files.createLink(target, temporary);
            return true;
        } catch (FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(target.toString(), null, EXISTS);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // A file system without links.
        }
    }

    private static void checkTarget(Path target, boolean overwrite) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            if (!overwrite) {
                throw new FileAlreadyExistsException(target.toString(), null, EXISTS);
            }
            if (!Files.isRegularFile(target)) {
                throw new IOException(target + ": is not a regular file, and is kept");
            }
        }
    }

    /** Makes something new of a name. */
    interface Maker<T> {
        T make(Path path) throws IOException;
    }

    /** Makes something with an unused hidden name next to the target. */
    static <T> T temporaryBeside(Path target, Maker<T> maker) throws IOException {
        Path name = target.getFileName();
        if (name == null) {
            throw new IOException(target + ": is not a file name");
        }
        String start = "." + shortened(name.toString()) + ".tmp-"
                + ProcessHandle.current().pid() + "-";
        for (int n = 0; ; n++) {
            try {
                return maker.make(target.resolveSibling(start + n));
            } catch (FileAlreadyExistsException e) {
                if (n == 1000) {
                    throw e;
                }
            }
        }
    }

    /** See {@link ScratchFile}. */
    static FileChannel scratch(Path target) throws IOException {
        try {
            FileAttribute<?>[] attributes = FileModes.ownerOnly(target, OWNER_ONLY);
            return temporaryBeside(target, path -> FileChannel.open(path, SCRATCH, attributes));
        } catch (IOException e) {
            throw named(target, e);
        }
    }

    /** A name, or the beginning of a long one. */
    static String shortened(String name) {
        return name.length() <= 60 ? name : name.substring(0, name.offsetByCodePoints(0, 40));
    }

    static Path folder(Path target) {
        Path parent = target.toAbsolutePath().getParent();
        return parent == null ? target.toAbsolutePath() : parent;
    }

    /** Forces the names in a file's folder to the disk. */
    public static void forceFolder(Path file) {
        try (FileChannel folder = FileChannel.open(folder(file), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // Not every system opens folders; the file itself is on the disk.
        }
    }

    /** The error with the target's name in front, since a temporary name means nothing to the user. */
    public static IOException named(Path target, IOException e) {
        String message = e instanceof ClosedByInterruptException ? "interrupted" : String.valueOf(e.getMessage());
        return e instanceof FileAlreadyExistsException || message.startsWith(target + ":")
                ? e
                : new IOException(target + ": cannot be written: " + message, e);
    }

    /** Deletes the temporary file unless it was committed. */
    @Override
    public void close() throws IOException {
        if (!done) {
            done = true;
            try {
                channel.close();
            } finally {
                PendingFiles.discard(temporary);
            }
        }
    }

    /** Remembers that a write failed, so that no commit can follow. */
    private final class Checked extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException e) {
                failed = true;
                throw named(target, e);
            }
        }
    }
}
