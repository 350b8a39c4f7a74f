package dev.ardm.coding;

import org.jspecify.annotations.Nullable;

/**
 * A document as an archive holds it.
 *
 * @param extra bytes that belong to it beside its values, most often none
 * @param shape of an image its height, width and number of layers; else empty
 * @param length number of its values
 * @param stream if it is coded, its checked stream, whose check is {@link CheckedStream#checkOf(byte[], int[], int[])}; else
 *     null
 * @param values if it is stored without a model, its values, which match their check; else null
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier; nobody compares them.
public record ArchivedDocument(
        byte[] extra, int[] shape, int length, byte @Nullable [] stream, int @Nullable [] values) {
    private static final int[] NO_SHAPE = {};

    /** A document that is no image. */
    public ArchivedDocument(byte[] extra, int length, byte @Nullable [] stream, int @Nullable [] values) {
        this(extra, NO_SHAPE, length, stream, values);
    }
}
