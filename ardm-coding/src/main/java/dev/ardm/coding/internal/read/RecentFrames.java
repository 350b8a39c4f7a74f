package dev.ardm.coding.internal.read;

import org.jspecify.annotations.Nullable;

/**
 * The frames that were found last, for whoever reads items in no order: finding one again reads and parses all of its head. Keeps at most
 * {@value #MOST} frames of at most {@value #MOST_ITEMS} items in all, or one. Safe for use by several threads.
 */
final class RecentFrames {
    static final int MOST = 64;
    static final int MOST_ITEMS = 1 << 17;

    /** The newest first; never changed. */
    private volatile Frame[] frames = {};

    /** The frame of an item, if it is there. */
    @Nullable
    Frame find(int item) {
        for (Frame frame : frames) {
            if (frame.holds(item)) {
                return frame;
            }
        }
        return null;
    }

    /** The newest frame. */
    @Nullable
    Frame last() {
        Frame[] now = frames;
        return now.length == 0 ? null : now[0];
    }

    /** Adds a frame, and forgets the oldest where there are too many. */
    synchronized void add(Frame frame) {
        Frame[] before = frames;
        int kept = 0;
        long items = frame.items().count();
        while (kept < Math.min(before.length, MOST - 1)) {
            items += before[kept].items().count();
            if (items > MOST_ITEMS) {
                break;
            }
            kept++;
        }
        Frame[] after = new Frame[kept + 1];
        after[0] = frame;
        System.arraycopy(before, 0, after, 1, kept);
        frames = after;
    }
}
