package dev.ardm.coding;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file read at given places by any number of threads. */
final class PositionalFile implements Closeable {
    private final Path path;
    private final String name;
    private volatile long size;
    private volatile FileChannel channel;
    private volatile boolean closed;

    /**
     * Opens a file.
     *
     * @param name what messages call it
     */
    PositionalFile(Path path, String name) throws IOException {
        this.path = path;
        this.name = name;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            size = channel.size();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    /** Goes on as if the file ended at a place, behind which nobody looks. */
    void endAt(long end) {
        size = end;
    }

    /** The length when it was opened, in bytes. */
    long size() {
        return size;
    }

    /**
     * Reads bytes that lay in the file when it was opened.
     *
     * @throws DamagedException if the file has become shorter
     */
    byte[] read(long offset, int length) throws IOException {
        requireInside(offset, length); // before so much is allocated
        byte[] bytes = new byte[length];
        read(offset, bytes, length);
        return bytes;
    }

    /** Reads the same into the start of an array. */
    void read(long offset, byte[] target, int length) throws IOException {
        requireInside(offset, length);
        ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
        while (buffer.hasRemaining()) {
            FileChannel current = channel;
            try {
                if (current.read(buffer, offset + buffer.position()) < 0) {
                    throw new DamagedException(
                            name, -1, offset + buffer.position(), "truncated while it was being read", "");
                }
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (ClosedChannelException e) {
                reopen(current);
            }
        }
    }

    private void requireInside(long offset, int length) throws DamagedException {
        if (offset < 0 || length > size - offset) {
            throw new DamagedException(name, -1, size, "truncated: " + length + " bytes are needed at " + offset, "");
        }
    }

    /** Opens the file again after the interrupt of another thread has closed it for all. */
    private synchronized void reopen(FileChannel old) throws IOException {
        if (closed) {
            throw new IOException(name + ": closed");
        }
        if (channel == old) {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
