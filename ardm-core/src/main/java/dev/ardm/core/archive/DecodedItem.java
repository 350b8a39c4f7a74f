package dev.ardm.core.archive;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A decoded item of an archive, or the reason why it cannot be decoded.
 *
 * @param shape height, width and number of layers of an image of any size; empty otherwise
 * @param values as many as the space has, or any number for sequences and images of any size; null if damaged or kept whole
 * @param side side information, see {@link dev.ardm.core.Item}
 * @param whole of an item that is kept as the bytes it was made of, these bytes; it has no values then, and the format of its data
 *     knows them
 * @param damage null if it is not damaged
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
public record DecodedItem(
        int[] shape,
        int @Nullable [] values,
        byte[] side,
        byte @Nullable [] whole,
        @Nullable DamagedException damage) {
    private static final byte[] NOTHING = {};
    private static final int[] NO_SHAPE = {};

    static DecodedItem of(ArchivedItem archived, int[] values) {
        return new DecodedItem(archived.shape(), values, archived.side(), null, null);
    }

    static DecodedItem whole(byte[] bytes) {
        return new DecodedItem(NO_SHAPE, null, NOTHING, bytes, null);
    }

    static DecodedItem damaged(DamagedException damage) {
        return new DecodedItem(NO_SHAPE, null, NOTHING, null, damage);
    }

    /**
     * The values.
     *
     * @throws DamagedException if it is damaged
     * @throws IllegalStateException if it is kept whole
     */
    public int[] intact() throws DamagedException {
        if (whole != null) {
            throw new IllegalStateException("the item is kept as the bytes of its file, see whole()");
        }
        if (values == null) {
            throw Objects.requireNonNull(damage);
        }
        return values;
    }

    /**
     * The values as bytes, or the bytes it was made of if it is kept whole.
     *
     * @throws DamagedException if it is damaged
     * @throws IllegalArgumentException if it has values above 255
     */
    public byte[] bytes() throws DamagedException {
        if (whole != null) {
            return whole.clone();
        }
        int[] known = intact();
        byte[] bytes = new byte[known.length];
        for (int i = 0; i < bytes.length; i++) {
            if (known[i] > 0xFF) {
                throw new IllegalArgumentException("value " + known[i] + " at " + i + " is not a byte");
            }
            bytes[i] = (byte) known[i];
        }
        return bytes;
    }
}
