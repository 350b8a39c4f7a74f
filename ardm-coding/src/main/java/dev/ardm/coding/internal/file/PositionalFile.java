package dev.ardm.coding.internal.file;

import dev.ardm.coding.error.DamagedException;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.AccessMode;
import java.nio.file.Path;

/**
 * A file read at given places by any number of threads, one at a time. Not through a channel, which the interrupt of one
 * thread closes for all; opened again by its name, it might be another file by then.
 */
public final class PositionalFile implements Closeable {
    private final String name;
    private final RandomAccessFile file;
    private volatile long size;
    private boolean closed;

    /**
     * Opens a file.
     *
     * @param name what messages call it
     */
    public PositionalFile(Path path, String name) throws IOException {
        this.name = name;
        path.getFileSystem().provider().checkAccess(path, AccessMode.READ); // Its errors already describe the cause.
        this.file = new RandomAccessFile(path.toFile(), "r");
        try {
            size = file.length();
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    public String name() {
        return name;
    }

    /** Continues as if the file ended at a place; what follows is ignored. */
    public void endAt(long end) {
        size = end;
    }

    /** The length when it was opened, in bytes. */
    public long size() {
        return size;
    }

    /**
     * Reads bytes that lay in the file when it was opened.
     *
     * @throws DamagedException if the file has become shorter
     */
    public byte[] read(long offset, int length) throws IOException {
        requireInside(offset, length); // before so much is allocated
        byte[] bytes = new byte[length];
        read(offset, bytes, length);
        return bytes;
    }

    /** Reads the same into the start of an array. */
    public synchronized void read(long offset, byte[] target, int length) throws IOException {
        requireInside(offset, length);
        if (closed) {
            throw new IOException(name + ": closed");
        }
        file.seek(offset);
        for (int done = 0; done < length; ) {
            int read = file.read(target, done, length - done);
            if (read < 0) {
                throw new DamagedException(name, -1, offset + done, "truncated while it was being read", "");
            }
            done += read;
        }
    }

    private void requireInside(long offset, int length) throws DamagedException {
        if (offset < 0 || length > size - offset) {
            throw new DamagedException(name, -1, size, "truncated: " + length + " bytes are needed at " + offset, "");
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        file.close();
    }
}
