package dev.ardm.core.masking.window;

/**
 * Where the windows of items are that contain their end, which is known only when it is reached: each window but the first begins where
 * the second half of the one before does, and its first half is known. Part of the archive format.
 *
 * @param dimensions places of a window, at least 2
 */
public record EndedWindows(int dimensions) {
    /** Number of known values at the beginning of every window but the first. */
    public int context() {
        return dimensions / 2;
    }

    /** Where in its item a window begins. */
    public int start(int index) {
        return Math.multiplyExact(index, dimensions - context());
    }

    /** Number of known values at the beginning of a window. */
    public int from(int index) {
        return index == 0 ? 0 : context();
    }

    /** The number of windows of an item of that many symbols, its end counted; at least 1. */
    public int count(int symbols) {
        int step = dimensions - context();
        return 1 + (Math.max(0, symbols - dimensions) + step - 1) / step;
    }

    /** Window {@code index} of an item of that many symbols. */
    public SequenceWindow of(int symbols, int index) {
        int start = start(index);
        return new SequenceWindow(start, from(index), Math.min(dimensions, symbols - start));
    }
}
