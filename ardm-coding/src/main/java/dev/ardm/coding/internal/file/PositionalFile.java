package dev.ardm.coding.internal.file;

import dev.ardm.coding.error.DamagedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/** A file, or other bytes, read at given places by any number of threads. */
public final class PositionalFile implements Closeable {
    private final String name;
    private final RangedBytes bytes;
    private volatile long size;
    private volatile boolean closed;

    /**
     * Opens a file.
     *
     * @param name what messages call it
     */
    public PositionalFile(Path path, String name) throws IOException {
        this(new FileBytes(path), name);
    }

    /**
     * A file of some bytes, as many as there are now.
     *
     * @param bytes closed with this file, or if this fails
     * @param name what messages call it
     */
    public PositionalFile(RangedBytes bytes, String name) throws IOException {
        this.name = name;
        this.bytes = Objects.requireNonNull(bytes, "bytes");
        try {
            size = bytes.size();
            if (size < 0) {
                throw new IOException(name + ": says that it has " + size + " bytes");
            }
        } catch (IOException | RuntimeException e) {
            bytes.close();
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
        byte[] target = new byte[length];
        read(offset, target, length);
        return target;
    }

    /** Reads the same into the start of an array. */
    public void read(long offset, byte[] target, int length) throws IOException {
        requireInside(offset, length);
        ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
        while (buffer.hasRemaining()) {
            if (closed) {
                throw new IOException(name + ": closed");
            }
            int before = buffer.position();
            int read = bytes.read(offset + before, buffer);
            if (read < 0) {
                throw new DamagedException(name, -1, offset + before, "truncated while it was being read", "");
            }
            if (read == 0 || buffer.position() != before + read) {
                throw new IOException(name + ": its source read " + read
                        + " bytes and moved the position of the buffer by " + (buffer.position() - before)
                        + "; it has to read at least one, and to move by as many");
            }
        }
    }

    private void requireInside(long offset, int length) throws DamagedException {
        if (offset < 0 || length > size - offset) {
            throw new DamagedException(name, -1, size, "truncated: " + length + " bytes are needed at " + offset, "");
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        bytes.close();
    }
}
