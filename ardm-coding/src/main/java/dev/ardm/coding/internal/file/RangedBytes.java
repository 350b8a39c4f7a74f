package dev.ardm.coding.internal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes that can be read from any place, such as a file or an object of a store. Thread-safe. */
public interface RangedBytes extends Closeable {
    /** The number of bytes. */
    long size() throws IOException;

    /**
     * Reads some bytes, at least one.
     *
     * @param position of the first, from 0
     * @param target takes as many as it has room for, or fewer
     * @return how many were read; -1 if there are none at the position
     */
    int read(long position, ByteBuffer target) throws IOException;
}
