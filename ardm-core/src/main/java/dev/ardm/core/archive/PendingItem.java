package dev.ardm.core.archive;

import dev.ardm.core.Item;
import java.util.concurrent.CompletableFuture;

/**
 * An item that waits to be committed.
 *
 * @param number that it will have in the archive
 * @param durable completes with the number
 */
record PendingItem(Item item, long number, CompletableFuture<Long> durable) {}
