package dev.ardm.coding;

/**
 * The file of a model within an archive.
 *
 * @param modelId of the model, as the part of the archive that holds it says; in hexadecimal
 * @param offset where it begins
 * @param length in bytes
 * @param checksum CRC-32C of its bytes
 */
public record EmbeddedModel(String modelId, long offset, long length, int checksum) {}
