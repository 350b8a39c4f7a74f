package dev.ardm.data.record;

import dev.ardm.data.ItemCursor;

/** Items that are in memory, so that nothing has to be closed. */
interface Items extends ItemCursor {
    @Override
    default void close() {}
}
