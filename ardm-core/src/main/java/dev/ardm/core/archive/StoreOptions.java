package dev.ardm.core.archive;

import java.time.Duration;

/**
 * When an {@link ItemStore} commits.
 *
 * @param groupItems number of waiting items that triggers a commit, and the most items of a commit; at least 1
 * @param groupDelay how long an item waits for others to be committed with it, counted from its arrival or from the previous
 *     commit
 * @param queueItems the most waiting items before {@code append} blocks; at least 1
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
