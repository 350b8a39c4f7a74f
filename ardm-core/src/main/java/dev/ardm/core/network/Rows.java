package dev.ardm.core.network;

import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a batch of sequences stand in their items.
 *
 * @param lengths how many rows each item has: the others are absent, and change nothing; null if all have all
 * @param places for each row of the batch its place in its item; null if the rows of each item are its places from the first on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Rows(int @Nullable [] lengths, int @Nullable [] places) {}
