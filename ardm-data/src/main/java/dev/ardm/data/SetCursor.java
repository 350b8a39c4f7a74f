package dev.ardm.data;

import dev.ardm.core.Item;
import org.jspecify.annotations.Nullable;

/** Goes through a set in memory. */
final class SetCursor implements ItemCursor {
    private final ItemSet set;
    private int next;

    SetCursor(ItemSet set) {
        this.set = set;
    }

    @Override
    public @Nullable Item next() {
        if (next == set.size()) {
            return null;
        }
        Item item = Item.of(set.item(next), set.name(next));
        next++;
        return item;
    }

    @Override
    public void close() {}
}
