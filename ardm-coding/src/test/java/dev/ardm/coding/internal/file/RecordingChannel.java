package dev.ardm.coding.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.function.Consumer;

/** A channel that reports each {@code write} and {@code force}, once it is done. */
final class RecordingChannel extends FileChannel {
    private final FileChannel real;
    private final Consumer<String> done;

    RecordingChannel(FileChannel real, Consumer<String> done) {
        this.real = real;
        this.done = done;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        real.force(metadata);
        done.accept("force");
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int written = real.write(bytes);
        done.accept("write");
        return written;
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
        long written = real.write(buffers, offset, length);
        done.accept("write");
        return written;
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        int written = real.write(bytes, position);
        done.accept("write");
        return written;
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        long written = real.transferFrom(source, position, count);
        done.accept("write");
        return written;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        return real.read(bytes);
    }

    @Override
    public long read(ByteBuffer[] buffers, int offset, int length) throws IOException {
        return real.read(buffers, offset, length);
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
        return real.read(bytes, position);
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        real.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        real.truncate(size);
        return this;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return real.transferTo(position, count, target);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return real.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return real.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }
}
