package dev.ardm.data;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Takes items one after the other for a file or folder that appears when it is complete. Takes the same memory for any
 * number of items. For use by one thread.
 */
public interface ItemWriter extends StagedOutput {
    /**
     * Adds an item.
     *
     * @param name of the item, where the output has names; otherwise it is ignored
     * @throws IllegalArgumentException if the item is not of the space, or is one more than was said
     * @throws IOException if it cannot be written
     */
    void add(int[] item, String name) throws IOException;

    /**
     * Adds an item.
     *
     * @param modified when it was modified last, in milliseconds since 1970 (UTC): what its file will say, where each item has
     *     one
     */
    default void add(int[] item, String name, OptionalLong modified) throws IOException {
        add(item, name);
    }
}
