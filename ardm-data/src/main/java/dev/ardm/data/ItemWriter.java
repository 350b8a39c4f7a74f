package dev.ardm.data;

import dev.ardm.core.Item;
import java.io.IOException;

/**
 * Takes items one after the other for a file or folder that appears when it is complete. Takes the same memory for any
 * number of items. For use by one thread.
 */
public interface ItemWriter extends StagedOutput {
    /**
     * Adds an item. Its name and time become those of a file where each item has one.
     *
     * @throws IllegalArgumentException if its values do not fit, or it is one more than was announced
     * @throws DataException if its name is taken or cannot be that of a file, or its side information is damaged
     * @throws IOException if it cannot be written
     */
    void add(Item item) throws IOException;
}
