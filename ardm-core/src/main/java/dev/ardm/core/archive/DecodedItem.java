package dev.ardm.core.archive;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.core.Item;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A decoded item of an archive, or the reason why it cannot be decoded. Exactly one of the two is there.
 *
 * @param read without its label; {@linkplain Item#whole whole} if it is kept as the bytes it was made of, which the format of its data
 *     knows; null if it is damaged
 * @param damage null if it is not damaged
 */
public record DecodedItem(@Nullable Item read, @Nullable DamagedException damage) {
    static DecodedItem of(Item item) {
        return new DecodedItem(item, null);
    }

    /** @param values of an item that is coded, those that its stream decodes to */
    static DecodedItem of(ArchivedItem archived, int[] values) {
        return of(new Item("", OptionalLong.empty(), archived.shape(), values, archived.side()));
    }

    /** An item that is kept without a model; empty if it is coded. */
    static Optional<DecodedItem> stored(ArchivedItem archived) {
        int[] values = archived.values();
        byte[] whole = archived.whole();
        return whole != null
                ? Optional.of(of(Item.whole("", whole)))
                : Optional.ofNullable(values).map(known -> of(archived, known));
    }

    static DecodedItem damaged(DamagedException damage) {
        return new DecodedItem(null, damage);
    }

    /**
     * The item, without its label.
     *
     * @throws DamagedException if it is damaged
     */
    public Item item() throws DamagedException {
        if (read == null) {
            throw Objects.requireNonNull(damage);
        }
        return read;
    }

    /**
     * The values.
     *
     * @throws DamagedException if it is damaged
     * @throws IllegalStateException if it is kept whole
     */
    public int[] intact() throws DamagedException {
        if (item().isWhole()) {
            throw new IllegalStateException("the item is kept as the bytes of its file, see bytes()");
        }
        return item().values();
    }

    /**
     * The values as bytes, or the bytes it was made of if it is kept whole.
     *
     * @throws DamagedException if it is damaged
     * @throws IllegalArgumentException if it has values above 255
     */
    public byte[] bytes() throws IOException {
        Item.Source whole = item().source();
        if (whole != null) {
            return whole.bytes().clone();
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
