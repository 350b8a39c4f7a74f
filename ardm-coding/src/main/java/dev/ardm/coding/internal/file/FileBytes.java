package dev.ardm.coding.internal.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.AccessMode;
import java.nio.file.Path;

/**
 * The bytes of a file, for one thread at a time. Not through a channel, which the interrupt of one thread closes for all; opened again by
 * its name, it might be another file by then.
 */
final class FileBytes implements RangedBytes {
    private final RandomAccessFile file;

    FileBytes(Path path) throws IOException {
        path.getFileSystem().provider().checkAccess(path, AccessMode.READ); // Its errors already describe the cause.
        this.file = new RandomAccessFile(path.toFile(), "r");
    }

    @Override
    public long size() throws IOException {
        return file.length();
    }

    @Override
    public synchronized int read(long position, ByteBuffer target) throws IOException {
        file.seek(position);
        int read = file.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
        if (read > 0) {
            target.position(target.position() + read);
        }
        return read;
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
