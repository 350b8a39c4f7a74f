package dev.ardm.core.archive;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A decoded item of an archive, or the reason why it cannot be decoded.
 *
 * @param shape height, width and number of layers of an image of any size; empty otherwise
 * @param values as many as the space has, or any number for sequences and images of any size; null if damaged
 * @param side side information, see {@link dev.ardm.core.Item}
 * @param damage null if it is not damaged
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
public record DecodedItem(
        int[] shape,
        int @Nullable [] values,
        byte[] side,
        @Nullable DamagedException damage) {
    private static final byte[] NOTHING = {};
    private static final int[] NO_SHAPE = {};

    static DecodedItem of(ArchivedItem archived, int[] values) {
        return new DecodedItem(archived.shape(), values, archived.side(), null);
    }

    static DecodedItem damaged(DamagedException damage) {
        return new DecodedItem(NO_SHAPE, null, NOTHING, damage);
    }

    /**
     * The values.
     *
     * @throws DamagedException if it is damaged
     */
    public int[] intact() throws DamagedException {
        if (values == null) {
            throw Objects.requireNonNull(damage);
        }
        return values;
    }
}
