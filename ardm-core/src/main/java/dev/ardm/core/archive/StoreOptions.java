package dev.ardm.core.archive;

import java.time.Duration;

/**
 * When an {@link ItemStore} commits.
 *
 * @param groupItems a commit is made as soon as that many items wait, and takes that many at most; at least 1
 * @param groupDelay how long an item waits for others to be committed with it, counted from when it came or the group before it
 *     was taken
 * @param queueItems how many items may wait until what appends has to wait as well; at least 1
 */
public record StoreOptions(int groupItems, Duration groupDelay, int queueItems) {
    /** Up to 256 items or 20 milliseconds, and 1,024 items waiting. */
    public static final StoreOptions DEFAULT = new StoreOptions(256, Duration.ofMillis(20), 1024);

    /** Checks the ranges. */
    public StoreOptions {
        if (groupItems < 1 || queueItems < 1 || groupDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "groups of " + groupItems + " items after " + groupDelay + ", a queue of " + queueItems);
        }
    }
}
