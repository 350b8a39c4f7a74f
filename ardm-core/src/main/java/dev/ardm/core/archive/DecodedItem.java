package dev.ardm.core.archive;

import dev.ardm.coding.DamagedException;
import dev.ardm.core.model.LayeredImage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An item of an archive, decoded, or the reason why it cannot be.
 *
 * @param shape of an image of any size its height, width and number of layers; else empty
 * @param values of the space, or of a document as many as it has; null if it is damaged
 * @param extra bytes that belong to it beside its values; empty unless it is a document
 * @param damage null if it is not damaged
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, not compared
public record DecodedItem(
        int[] shape,
        int @Nullable [] values,
        byte[] extra,
        @Nullable DamagedException damage) {
    private static final byte[] NOTHING = new byte[0];
    private static final int[] NO_SHAPE = {};

    static DecodedItem of(int[] values) {
        return new DecodedItem(NO_SHAPE, values, NOTHING, null);
    }

    static DecodedItem of(int[] shape, int[] values, byte[] extra) {
        return new DecodedItem(shape, values, extra, null);
    }

    static DecodedItem damaged(DamagedException damage) {
        return new DecodedItem(NO_SHAPE, null, NOTHING, damage);
    }

    /**
     * The image, if it is one of any size.
     *
     * @throws DamagedException if it is damaged
     * @throws IllegalStateException if it is no image of any size
     */
    public LayeredImage image() throws DamagedException {
        int[] intact = intact();
        if (shape.length == 0) {
            throw new IllegalStateException("no image of any size, but " + intact.length + " values");
        }
        return new LayeredImage(shape[0], shape[1], shape[2], intact);
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
