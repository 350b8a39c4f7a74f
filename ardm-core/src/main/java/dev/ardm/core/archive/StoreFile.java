package dev.ardm.core.archive;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.file.AppendLock;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveAppender;
import dev.ardm.coding.internal.write.ArchiveWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The archive of a store as a file: locked from when it is opened, appended to, and written anew. A program that ends without closing
 * it gives up what is not committed, and the lock, if it is given the time. Safe for use by several threads.
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

    /** Opens an archive for appending, and makes it first if there is none. */
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
                // Somebody else has made it in the meantime; the lock decides whose it is.
            }
        }
    }

    ArchiveHeader header() {
        return appender.header();
    }

    int size() {
        return appender.size();
    }

    /** Puts items into an archive. */
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
     * Puts a file of one segment into the place of this one; an interrupt does not stop it.
     *
     * @throws DamagedException if anything is damaged: it would look whole in the new file
     * @throws IllegalStateException if this is closed
     * @throws IOException if it cannot be written, or is made of archives of several kinds, or something else has the name; all is as
     *     it was then
     */
    void compact() throws IOException {
        writing.lock();
        try {
            if (closed) {
                throw new IllegalStateException(path + ": the store is closed");
            }
            Uninterrupted.run("ardm-store-compaction", this::writeAnew);
        } finally {
            writing.unlock();
        }
    }

    private void writeAnew() throws IOException {
        appender.requireSame();
        copy(path);
        try (ArchiveAppender old = appender) {
            appender = ArchiveAppender.open(path, lock); // If that fails, the old one refuses to continue.
        }
    }

    /** Gives up what is not committed, and lets others append. A second time does nothing. */
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
            // The program is ending, and this is done.
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
            // What is left then, the next store takes over.
        }
    }

    private static void copy(Path path) throws IOException {
        try (ArchiveReader reader = ArchiveReader.openCommitted(path)) {
            if (!reader.uniform()) {
                throw new IOException(path + ": cannot compact a file of concatenated archives");
            }
            try (ArchiveWriter writer = ArchiveWriter.create(path, reader.header(), true)) {
                if (!reader.embeddedModels().isEmpty()) {
                    writer.embedModel(reader, reader.embeddedModels().get(0));
                }
                for (int k = 0; k < reader.size(); k++) {
                    copy(reader, k, writer);
                }
                writer.commit();
            }
        }
    }

    private static void copy(ArchiveReader reader, int k, ArchiveWriter writer) throws IOException {
        if (reader.blockDamaged(k)) {
            throw reader.damage(
                    k,
                    new DamagedException(
                            DamagedException.STREAM,
                            -1,
                            0,
                            "its part of the file fails its checksum, so the archive is left unchanged",
                            ""));
        }
        ItemLabel label = new ItemLabel(reader.name(k).orElse(""), reader.time(k));
        writer.add(reader.item(k), label);
    }
}
