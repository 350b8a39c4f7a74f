package dev.ardm.core.model;

/**
 * An image as {@link TiledCoder} codes it.
 *
 * @param extra bytes that belong to it beside its values, most often few
 * @param height rows
 * @param width columns
 * @param layers number of rasters
 * @param stream its checked stream, whose check is {@link dev.ardm.coding.CheckedStream#checkOf(byte[], int[], int[])}
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier; nobody compares them.
public record CodedImage(byte[] extra, int height, int width, int layers, byte[] stream) {}
