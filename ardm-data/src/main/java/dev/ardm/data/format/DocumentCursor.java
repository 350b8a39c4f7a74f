package dev.ardm.data.format;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through the documents of files once. For use by one thread. */
public interface DocumentCursor extends Closeable {
    /**
     * The next document, in fresh arrays; null behind the last one.
     *
     * @throws DataException if it cannot be read or is not of the format
     */
    @Nullable
    Item next() throws IOException;

    /** The length of all files that the documents so far were read from, in bytes; negative if that is not known. */
    default long bytes() {
        return -1;
    }

    /** Files that were passed over so far because they are of another kind. */
    default List<String> skipped() {
        return List.of();
    }
}
