package dev.ardm.data.items;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** Items of files that can be gone through any number of times, and are read anew each time: any number takes the same memory. */
public interface ItemInput extends Closeable {
    /** How the items are laid out for a coder. */
    ItemLayout layout();

    /** Begins before the first item. */
    ItemCursor cursor() throws IOException;

    /** The number of items, where all were read when this was opened; else the first pass counts them. */
    default OptionalInt size() {
        return OptionalInt.empty();
    }

    /** The number of items at most. */
    default int most() {
        return size().orElse(Integer.MAX_VALUE);
    }

    /** How many network calls an item, or a window of it, usually gets; empty where that is left to the command. */
    default OptionalInt calls() {
        return OptionalInt.empty();
    }

    /** Whether items have names of their own, and not only numbers. */
    default boolean named() {
        return true;
    }

    /** Whether each item is a file of its own. */
    default boolean files() {
        return !layout().equals(ItemLayout.ROWS);
    }

    /** A note for the user on how the files were understood; most often empty. */
    default String note() {
        return "";
    }

    /** What was assumed of files that can be read in several ways, for the user. */
    default List<String> assumed() {
        return List.of();
    }

    @Override
    default void close() throws IOException {}

    /** Begins to go through items. */
    interface Opening {
        ItemCursor cursor() throws IOException;
    }

    /**
     * Items whose files are listed anew for each pass.
     *
     * @param files whether each item is a file of its own
     */
    static ItemInput of(ItemLayout layout, boolean files, Opening opening) {
        return new ItemInput() {
            @Override
            public ItemLayout layout() {
                return layout;
            }

            @Override
            public boolean files() {
                return files;
            }

            @Override
            public ItemCursor cursor() throws IOException {
                return opening.cursor();
            }
        };
    }

    /**
     * The items of a set in memory.
     *
     * @param named whether they have names of their own
     */
    static ItemInput of(ItemSet set, boolean named) {
        return new ItemInput() {
            @Override
            public ItemLayout layout() {
                return ItemLayout.VALUES;
            }

            @Override
            public ItemCursor cursor() {
                return set.cursor();
            }

            @Override
            public OptionalInt size() {
                return OptionalInt.of(set.size());
            }

            @Override
            public boolean named() {
                return named;
            }

            @Override
            public boolean files() {
                return false;
            }
        };
    }
}
