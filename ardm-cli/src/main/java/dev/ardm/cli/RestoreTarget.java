package dev.ardm.cli;

import dev.ardm.core.archive.DecodedItem;
import java.io.Closeable;
import java.io.IOException;
import java.util.OptionalLong;

/** What takes restored items; nothing has its name before it is committed. */
interface RestoreTarget extends Closeable {
    /** Begins; to be called first. */
    void begin() throws IOException;

    /**
     * Takes an item that is not damaged.
     *
     * @param name of its file, where each has one
     * @param modified when that was modified last, in milliseconds since 1970 (UTC), if that is known
     */
    void add(DecodedItem item, String name, OptionalLong modified) throws IOException;

    /** The number of items so far. */
    int size();

    /** Gives the output its name. */
    void commit() throws IOException;
}
