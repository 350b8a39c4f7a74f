package dev.ardm.coding.internal.read;

/**
 * Where a frame stands in a table.
 *
 * @param table number of the table, from the beginning of the file
 * @param entryAt where its entry is in the file
 * @param before where the frame before it ends
 * @param firstItem the number of the first item that is not in the frames before
 */
public record FramePlace(int table, long entryAt, long before, int firstItem) {}
