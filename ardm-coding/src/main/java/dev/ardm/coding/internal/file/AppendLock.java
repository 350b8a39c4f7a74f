package dev.ardm.coding.internal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/**
 * The right to append to an archive, or to go on with what is in a folder. Only one process has it at a time. It is a lock
 * on a hidden file, {@code .NAME.append-lock} next to the archive or {@code .lock} in the folder, that contains the number of
 * the process and is deleted when the lock is given back. The lock file of a killed process is taken over. Next to an archive it means
 * that its end may be an unfinished append; without it, such an end is damage.
 *
 * <p>It is not on the archive itself: where locks belong to processes (POSIX), closing any stream of a file gives up all locks that the
 * process has on it, so that a program would lose its lock by reading its own archive. For the same reason no code may
 * open the hidden file twice in one process.
 */
public final class AppendLock implements Closeable {
    private static final String SUFFIX = ".append-lock";
    private static final String IN_FOLDER = ".lock";
    private static final String ADDING = "adding items to it";
    /** The most bytes of a name, which leave room for the suffix. */
    private static final int MOST_NAME_BYTES = 200;

    private static final Map<Path, AppendLock> HELD = new ConcurrentHashMap<>();
    private static final Object GATE = new Object();
    private static boolean ending;

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(AppendLock::endAll, "ardm-append-locks"));
        } catch (IllegalStateException e) {
            ending = true; // The shutdown hook has run: a lock taken now would never be released.
        }
    }

    private final Path file;
    private final FileChannel channel;
    private volatile boolean unfinished;

    private AppendLock(Path file, FileChannel channel, boolean unfinished) {
        this.file = file;
        this.channel = channel;
        this.unfinished = unfinished;
    }

    /**
     * Takes the lock.
     *
     * @param archive which must exist; links are followed
     * @throws IOException if something else has it, no file can be made next to the archive, or the program is ending
     */
    public static AppendLock acquire(Path archive) throws IOException {
        return acquire(archive, nextTo(archive.toRealPath()), ADDING);
    }

    /**
     * Takes the lock of a folder.
     *
     * @param folder which must exist
     * @param doing what its holder does, for the message that keeps others out
     * @throws IOException if something else has it, no file can be made in the folder, or the program is ending
     */
    public static AppendLock ofFolder(Path folder, String doing) throws IOException {
        AppendLock lock = acquire(folder, folder.toRealPath().resolve(IN_FOLDER), doing);
        lock.finished();
        return lock;
    }

    private static AppendLock acquire(Path target, Path file, String doing) throws IOException {
        synchronized (GATE) {
            if (ending) {
                throw interrupted(target);
            }
            if (HELD.containsKey(file)) {
                throw taken(target, doing);
            }
            AppendLock lock = locked(target, file, doing);
            HELD.put(file, lock);
            return lock;
        }
    }

    private static AppendLock locked(Path target, Path file, String doing) throws IOException {
        while (true) {
            boolean leftBehind = !made(target, file);
            FileChannel channel = null;
            try {
                FileIdentity before = FileIdentity.of(file);
                channel = FileChannel.open(
                        file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                if (channel.tryLock() == null) {
                    throw taken(target, doing + owner(channel));
                }
                if (before.holds()) {
                    sign(channel);
                    AppendLock held = new AppendLock(file, channel, leftBehind);
                    channel = null;
                    return held;
                }
            } catch (NoSuchFileException e) {
                // The previous owner has just deleted it.
            } finally {
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /** Writes the number of this process, for whoever finds the lock taken. */
    private static void sign(FileChannel channel) {
        try {
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            // A full disk: the lock holds without a number.
        }
    }

    /** The process that has the lock, as the end of a sentence; empty if it is not known. */
    private static String owner(FileChannel channel) {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(20);
            channel.read(bytes, 0);
            String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
            return pid.matches("\\d+") ? " (process " + pid + ")" : "";
        } catch (IOException e) {
            return ""; // Where locks are mandatory.
        }
    }

    private static boolean made(Path archive, Path file) throws IOException {
        try {
            Files.createFile(file);
            AtomicFile.forceFolder(file); // After a power cut it shows that an append was not finished.
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new IOException(archive + ": cannot create its lock file: " + e.getMessage(), e);
        }
    }

    /** At the end of the program, releases the locks of idle appenders; the others must finish their writes first. */
    private static void endAll() {
        synchronized (GATE) {
            ending = true;
        }
        for (AppendLock lock : HELD.values()) {
            try {
                lock.closeIfFinished();
            } catch (IOException e) {
                // It stays, and is taken over.
            }
        }
    }

    private synchronized void closeIfFinished() throws IOException {
        if (!unfinished) {
            close();
        }
    }

    public static IOException interrupted(Path archive) {
        return new IOException(archive + ": interrupted; nothing was added since the last commit");
    }

    public static IOException taken(Path archive) {
        return taken(archive, ADDING);
    }

    private static IOException taken(Path target, String doing) {
        return new IOException(target + ": something else is " + doing);
    }

    private static Path nextTo(Path archive) {
        String name = String.valueOf(archive.getFileName());
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_NAME_BYTES) {
            CRC32C sum = new CRC32C();
            sum.update(bytes);
            name = AtomicFile.shortened(name) + "-" + Long.toHexString(sum.getValue());
        }
        return archive.resolveSibling("." + name + SUFFIX);
    }

    /** Whether the archive may end with an append that was not finished, by who has the lock or had it before. */
    public boolean unfinished() {
        return unfinished;
    }

    /** Nothing is written from now on that is not committed. */
    public synchronized void finished() {
        unfinished = false;
    }

    /**
     * Something will be written that is not committed yet.
     *
     * @throws IOException if the lock was given back because the program is ending
     */
    public synchronized void begin(Path archive) throws IOException {
        if (!channel.isOpen()) {
            throw interrupted(archive);
        }
        unfinished = true;
    }

    /** Refuses an archive that this is not the lock of. */
    public void requireOf(Path archive) throws IOException {
        if (!channel.isOpen()) {
            throw interrupted(archive);
        }
        if (!nextTo(archive.toRealPath()).equals(file)) {
            throw new IllegalStateException(archive + ": is not locked by " + file);
        }
    }

    /** Gives the lock back. The hidden file stays if an append was not finished. */
    @Override
    public synchronized void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            if (!unfinished) {
                Files.deleteIfExists(file); // While it is locked, so that no process takes it over.
            }
        } finally {
            HELD.remove(file);
        }
    }
}
