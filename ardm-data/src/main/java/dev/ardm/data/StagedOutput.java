package dev.ardm.data;

import java.io.Closeable;
import java.io.IOException;

/** A file or folder that is being written and appears when it is complete. For use by one thread. */
public interface StagedOutput extends Closeable {
    /** The number of items so far. */
    int size();

    /**
     * Gives the output its name.
     *
     * @throws IOException if that fails, or writing failed before; nothing remains by {@link #close} then
     */
    void commit() throws IOException;

    /** Deletes what was written unless it was committed. */
    @Override
    void close() throws IOException;
}
