package dev.ardm.coding.format;

import dev.ardm.coding.CheckedStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An item as an archive holds it: coded, or stored without a model.
 *
 * @param side side information: bytes that belong to the item in addition to its values, most often none
 * @param shape of an image of any size its height, width and number of layers; else empty
 * @param length number of its values
 * @param stream if it is coded, its checked stream, whose check is {@link CheckedStream#checkOf(byte[], int[], int[])}; else
 *     null
 * @param values if it is stored without a model, its values; else null
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
public record ArchivedItem(byte[] side, int[] shape, int length, byte @Nullable [] stream, int @Nullable [] values) {
    /** An item that is coded. */
    public static ArchivedItem coded(byte[] side, int[] shape, int length, byte[] stream) {
        return new ArchivedItem(side, shape, length, Objects.requireNonNull(stream), null);
    }

    /** An item that is stored without a model. */
    public static ArchivedItem stored(byte[] side, int[] shape, int[] values) {
        return new ArchivedItem(side, shape, values.length, null, Objects.requireNonNull(values));
    }
}
