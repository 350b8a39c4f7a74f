package dev.ardm.data;

import dev.ardm.core.Space;
import dev.ardm.data.file.FileRemarks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A finite, random-access set of items of one space. An item is an {@code int[]} of {@code space().dimensions()} values
 * in row-major order (images: height, width, channel). Safe for concurrent readers.
 */
public interface ItemSet {
    /** The space of every item. */
    Space space();

    /** Number of items. */
    int size();

    /** The {@link #label} of an item that has none. */
    int UNLABELLED = -1;

    /**
     * The values of one item, in a fresh array the caller may change.
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= index < size()}
     */
    int[] item(int index);

    /**
     * How many values of an item are its own, at least 1: those after them only fill it, as those of a sequence shorter than a
     * window.
     */
    default int length(int index) {
        Objects.checkIndex(index, size());
        return space().dimensions();
    }

    /**
     * How many values at the beginning of an item are in the item before too: they are shown to a model, which learns what follows them.
     */
    default int context(int index) {
        Objects.checkIndex(index, size());
        return 0;
    }

    /** The mean number of values of items that are their own and not context, measured on some thousands. */
    default double meanLength() {
        int step = 1 + size() / 5000;
        double sum = 0;
        int count = 0;
        for (int i = 0; i < size(); i += step) {
            sum += length(i) - context(i);
            count++;
        }
        return sum / Math.max(1, count);
    }

    /** The values of one item that are its own, in a fresh array. */
    default int[] present(int index) {
        int[] item = item(index);
        int length = length(index);
        return length == item.length ? item : Arrays.copyOf(item, length);
    }

    /**
     * A name that no other item of the set has: for images of a folder the file name relative to the folder with
     * {@code /} between its parts, otherwise the index with leading zeros.
     */
    default String name(int index) {
        return Names.padded(index, size());
    }

    /** The class of an item, at least 0; {@link #UNLABELLED} if it has none. */
    default int label(int index) {
        Objects.checkIndex(index, size());
        return UNLABELLED;
    }

    /** Begins before the first item. */
    default ItemCursor cursor() {
        return new SetCursor(this);
    }

    /** Files next to the data and were skipped because they are not images; empty for other sets. */
    default List<String> skipped() {
        return List.of();
    }

    /** What is to be said of the files that were read, such as what was left out of them. */
    default FileRemarks remarks() {
        return new FileRemarks();
    }

    /**
     * The items of the given indices, in that order, under the names they have here. A view: nothing is copied.
     *
     * @throws IndexOutOfBoundsException if an index is outside this set
     */
    default ItemSet subset(int[] indices) {
        return SubsetItemSet.of(this, indices);
    }

    /** The values of all items, in memory. */
    default List<int[]> all() {
        return all(false);
    }

    /**
     * The values of all items, in memory.
     *
     * @param ends whether without those that only fill them
     */
    default List<int[]> all(boolean ends) {
        List<int[]> items = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            items.add(ends ? present(i) : item(i));
        }
        return items;
    }

    /** The first {@code n} items, or all of them if there are fewer. */
    default ItemSet limit(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("cannot limit a set to " + n + " items");
        }
        if (n >= size()) {
            return this;
        }
        int[] indices = new int[n];
        for (int i = 0; i < n; i++) {
            indices[i] = i;
        }
        return subset(indices);
    }

    /**
     * The same items read as items of another space, for data that must suit a model that exists already. The shapes
     * must be equal and every value must be below the space's number of categories; nothing is scaled or cut.
     *
     * @throws DataException naming the shape or range wanted and found, and the first item that does not fit
     */
    default ItemSet withSpace(Space wanted) throws DataException {
        return RespacedItemSet.of(this, wanted);
    }
}
