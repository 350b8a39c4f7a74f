package dev.ardm.core.archive;

import dev.ardm.coding.DamagedException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An item of an archive, decoded, or the reason why it cannot be.
 *
 * @param values of the space, or of a document as many as it has; null if it is damaged
 * @param extra bytes that belong to it beside its values; empty unless it is a document
 * @param damage null if it is not damaged
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, not compared
public record DecodedItem(
        int @Nullable [] values, byte[] extra, @Nullable DamagedException damage) {
    private static final byte[] NOTHING = new byte[0];

    static DecodedItem of(int[] values) {
        return new DecodedItem(values, NOTHING, null);
    }

    static DecodedItem of(int[] values, byte[] extra) {
        return new DecodedItem(values, extra, null);
    }

    static DecodedItem damaged(DamagedException damage) {
        return new DecodedItem(null, NOTHING, damage);
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
