package dev.ardm.core.archive;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.internal.file.AppendLock;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveAppender;
import dev.ardm.coding.internal.write.ArchiveCopy;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.coding.internal.write.GroupRewriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The archive file of a store: locks it, appends to it, and compacts it. At the end of a program that did not close it, a hook
 * discards uncommitted items and releases the lock. Safe for use by several threads.
 */
final class StoreFile implements Closeable {
    private static final long EXIT_SECONDS = 5;

    private final Path path;
    private final AppendLock lock;
    /** Held while the file is written; fair, so that a compaction gets its turn among many commits. */
    private final ReentrantLock writing = new ReentrantLock(true);

    private final Thread atExit = new Thread(this::closeAtExit, "ardm-store-at-exit");
    private ArchiveAppender appender;
    private boolean closed;

    private StoreFile(Path path, AppendLock lock, ArchiveAppender appender) {
        this.path = path;
        this.lock = lock;
        this.appender = appender;
    }

    /** Opens an archive for appending; creates it if it does not exist. */
    static StoreFile open(Path path, ArchiveHeader header) throws IOException {
        make(path, header);
        AppendLock lock = AppendLock.acquire(path);
        StoreFile file = null;
        try {
            file = new StoreFile(path, lock, ArchiveAppender.open(path, lock));
            Runtime.getRuntime().addShutdownHook(file.atExit);
            return file;
        } catch (IllegalStateException e) {
            if (file != null) {
                file.close();
            }
            throw new IOException(path + ": not opened, because the program is ending", e);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static void make(Path path, ArchiveHeader header) throws IOException {
        if (Files.notExists(path)) {
            try (ArchiveWriter empty = ArchiveWriter.create(path, header, false)) {
                empty.commit();
            } catch (FileAlreadyExistsException e) {
                // Another process has just created it; the lock decides which one owns it.
            }
        }
    }

    ArchiveHeader header() {
        return appender.header();
    }

    int size() {
        return appender.size();
    }

    /** Writes items into an archive. */
    interface Appending {
        void to(ArchiveAppender appender) throws IOException;
    }

    /** Appends items and commits them. */
    void append(Appending items) throws IOException {
        writing.lock();
        try {
            items.to(appender);
            appender.commit();
        } finally {
            writing.unlock();
        }
    }

    /**
     * Replaces this file by one with a single segment. An interrupt does not stop it.
     *
     * @param rewriter makes groups of records without those that are deleted
     * @throws DamagedException if anything is damaged, because it would look intact in the new file
     * @throws IllegalStateException if this is closed
     * @throws IOException if it cannot be written, or concatenates archives of several kinds, or another file has taken its name; the archive is
     *     then unchanged
     */
    void compact(GroupRewriter rewriter) throws IOException {
        writing.lock();
        try {
            if (closed) {
                throw new IllegalStateException(path + ": the store is closed");
            }
            Uninterrupted.run("ardm-store-compaction", () -> writeAnew(rewriter));
        } finally {
            writing.unlock();
        }
    }

    private void writeAnew(GroupRewriter rewriter) throws IOException {
        try (ArchiveReader reader = ArchiveReader.openCommitted(path)) {
            if (!reader.uniform()) {
                throw new IOException(path + ": cannot compact a file of concatenated archives");
            }
        }
        ArchiveCopy.replace(path, appender, item -> true, rewriter);
        try (ArchiveAppender old = appender) {
            appender = ArchiveAppender.open(path, lock); // If that fails, the old one refuses to continue.
        }
    }

    /** Discards uncommitted items and releases the lock. A second call does nothing. */
    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            release();
        } finally {
            writing.unlock();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The program is ending, and its hook has done this.
        }
    }

    private void release() throws IOException {
        try (AppendLock ended = closed ? null : lock) {
            if (!closed) {
                closed = true;
                appender.close();
            }
        }
    }

    private void closeAtExit() {
        try {
            if (writing.tryLock(EXIT_SECONDS, TimeUnit.SECONDS)) {
                try {
                    release();
                } finally {
                    writing.unlock();
                }
            }
        } catch (IOException | InterruptedException e) {
            // The next store takes over the leftovers.
        }
    }
}
