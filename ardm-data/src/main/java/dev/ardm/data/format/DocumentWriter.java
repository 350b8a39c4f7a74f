package dev.ardm.data.format;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.StagedOutput;
import java.io.IOException;

/** Takes documents one after the other for files that appear when they are complete. For use by one thread. */
public interface DocumentWriter extends StagedOutput {
    /**
     * Adds a document.
     *
     * @throws IllegalArgumentException if its values are not of the space
     * @throws DataException if its name is taken or cannot be that of a file, or its extra is damaged
     * @throws IOException if it cannot be written
     */
    void add(Item document) throws IOException;
}
