package dev.ardm.coding;

/**
 * The file of a model within an archive.
 *
 * @param offset where it begins
 * @param length in bytes
 * @param checksum CRC-32C of its bytes
 */
public record EmbeddedModel(long offset, long length, int checksum) {}
