package dev.ardm.core.archive;

import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.write.ItemOutput;
import dev.ardm.core.Item;
import java.io.IOException;

/**
 * An item, its stream, and the result of decoding that stream.
 *
 * @param stream the bytes of a {@link dev.ardm.coding.CheckedStream}
 * @param exact whether the stream decodes to the item, bit by bit; otherwise the stream must not be used
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
public record CodedItem(Item item, byte[] stream, boolean exact) {
    /** How an archive keeps an item. */
    public enum Form {
        /** As its stream. */
        CODED,
        /** Without the model, because the stream would be longer. */
        LONGER,
        /** Without the model, because the stream did not decode to the item. */
        INEXACT
    }

    /**
     * Adds it to an archive.
     *
     * @param label its name and time in the archive, such as its own
     * @return how the archive keeps it
     * @throws IOException if it cannot be written
     */
    public Form addTo(ItemOutput output, ItemLabel label) throws IOException {
        int[] values = item.values();
        Form form =
                !exact ? Form.INEXACT : stream.length <= output.storedLength(values.length) ? Form.CODED : Form.LONGER;
        output.add(
                form == Form.CODED
                        ? ArchivedItem.coded(item.side(), item.shape(), values.length, stream)
                        : ArchivedItem.stored(item.side(), item.shape(), values),
                label);
        return form;
    }

    /** Adds it to an archive under its own label. */
    Form addTo(ItemOutput output) throws IOException {
        return addTo(output, item.label());
    }
}
