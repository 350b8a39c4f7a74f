package dev.ardm.data;

import dev.ardm.core.Space;
import java.io.IOException;

/** A finite sequence of items of one space, in memory or not, that can be gone through any number of times. */
public interface ItemSource {
    /** The space of every item. */
    Space space();

    /** Number of items. */
    int size();

    /** Begins before the first item. */
    ItemCursor cursor() throws IOException;
}
