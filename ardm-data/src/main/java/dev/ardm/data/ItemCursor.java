package dev.ardm.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Goes through the items of an {@link ItemSource} once. For use by one thread. */
public interface ItemCursor extends Closeable {
    /**
     * The values of the next item, in a fresh array the caller may change; null behind the last item.
     *
     * @throws DataException if it cannot be read or is not of the source's space
     */
    int @Nullable [] next() throws IOException;

    /**
     * The name of the item that {@link #next} returned last.
     *
     * @throws IllegalStateException if it has returned none
     */
    String name();

    /**
     * When the file was modified last that is the item that {@link #next} returned last, in milliseconds since 1970 (UTC); empty if
     * it is not a file by itself.
     */
    default OptionalLong modified() throws IOException {
        return OptionalLong.empty();
    }
}
