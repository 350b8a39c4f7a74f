package dev.ardm.coding.format;

import dev.ardm.coding.CheckedStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An item as an archive holds it: coded, stored without a model, or whole. Exactly one of the last three is there.
 *
 * @param side side information: bytes that belong to the item in addition to its values, most often none
 * @param shape of an image of any size its height, width and number of layers; else empty
 * @param length number of its values
 * @param stream if it is coded, its checked stream, whose check is {@link CheckedStream#checkOf(byte[], int[], int[])}
 * @param values if it is stored without a model, its values
 * @param whole if it is kept whole, the bytes it was made of; it has no values of its own then
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
public record ArchivedItem(
        byte[] side,
        int[] shape,
        int length,
        byte @Nullable [] stream,
        int @Nullable [] values,
        byte @Nullable [] whole) {
    private static final byte[] NOTHING = {};
    private static final int[] NO_SHAPE = {};

    /** An item that is coded. */
    public static ArchivedItem coded(byte[] side, int[] shape, int length, byte[] stream) {
        return new ArchivedItem(side, shape, length, Objects.requireNonNull(stream), null, null);
    }

    /** An item that is stored without a model. */
    public static ArchivedItem stored(byte[] side, int[] shape, int[] values) {
        return new ArchivedItem(side, shape, values.length, null, Objects.requireNonNull(values), null);
    }

    /** An item that is kept as the bytes it was made of. */
    public static ArchivedItem whole(byte[] bytes) {
        return new ArchivedItem(NOTHING, NO_SHAPE, 0, null, null, Objects.requireNonNull(bytes));
    }

    /** Which of the three it is. */
    public ItemForm form() {
        return stream != null ? ItemForm.CODED : values != null ? ItemForm.STORED : ItemForm.WHOLE;
    }
}
