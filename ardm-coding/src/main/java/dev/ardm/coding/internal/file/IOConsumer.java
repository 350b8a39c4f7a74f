package dev.ardm.coding.internal.file;

import java.io.IOException;

/**
 * Something done with a value that may fail as input and output do.
 *
 * @param <T> the type of the value
 */
@FunctionalInterface
public interface IOConsumer<T> {
    /** Does it. */
    void accept(T value) throws IOException;
}
