package dev.ardm.data;

import org.jspecify.annotations.Nullable;

/** Goes through a set in memory. */
final class SetCursor implements ItemCursor {
    private final ItemSet set;
    private int index = -1;

    SetCursor(ItemSet set) {
        this.set = set;
    }

    @Override
    public int @Nullable [] next() {
        if (index + 1 >= set.size()) {
            return null;
        }
        index++;
        return set.item(index);
    }

    @Override
    public String name() {
        if (index < 0) {
            throw new IllegalStateException("no item has been read");
        }
        return set.name(index);
    }

    @Override
    public void close() {}
}
