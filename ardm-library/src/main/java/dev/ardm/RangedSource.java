package dev.ardm;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes that are read by ranges, such as an object in a store. Safe for use by several threads. */
public interface RangedSource extends Closeable {
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
