package dev.ardm.data.format;

import dev.ardm.data.DataException;
import java.io.Closeable;
import java.io.IOException;

/** Takes documents one after the other for files that appear when they are complete. For use by one thread. */
public interface DocumentWriter extends Closeable {
    /**
     * Adds a document.
     *
     * @throws IllegalArgumentException if its values are not of the space
     * @throws DataException if its name is taken or cannot be that of a file, or its extra is damaged
     * @throws IOException if it cannot be written
     */
    void add(Document document) throws IOException;

    /** The number of documents so far. */
    int size();

    /**
     * Gives the output its name.
     *
     * @throws IOException if that fails, or writing failed before; nothing is left behind by {@link #close} then
     */
    void commit() throws IOException;

    /** Deletes what was written unless it was committed. */
    @Override
    void close() throws IOException;
}
