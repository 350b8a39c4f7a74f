package dev.ardm.core.archive;

import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.format.ItemPacking;
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
        /** Without the model, as its values or the bytes it was made of, because the stream would be longer. */
        LONGER,
        /** The same, because the stream did not decode to the item. */
        INEXACT,
        /** As the bytes that it was made of, because it has no values. */
        WHOLE,
        /** Not at all, because the model contains it. */
        LEARNT
    }

    /**
     * Adds it to an archive in the shortest form: as its stream, as its values, or as the bytes that it was made of.
     *
     * @param label its name, time and permissions in the archive, such as its own; of what is kept as the bytes it was made of, the name
     *     is theirs
     * @return how the archive keeps it
     * @throws IOException if it cannot be written
     */
    public Form addTo(ItemOutput output, ItemLabel label) throws IOException {
        Item.Source source = item.source();
        if (source != null && item.isWhole()) {
            addWhole(output, label, source);
            return Form.WHOLE;
        }
        int length = item.values().length;
        long stored = output.storedLength(length);
        boolean coded = exact && stream.length <= stored;
        if (source != null
                && ItemPacking.wholeLength(source.length())
                        < output.headLength(item.side(), item.shape(), length) + (coded ? stream.length : stored)) {
            addWhole(output, label, source);
            coded = false;
        } else {
            output.add(
                    coded
                            ? ArchivedItem.coded(item.side(), item.shape(), length, stream)
                            : ArchivedItem.stored(item.side(), item.shape(), item.values()),
                    label);
        }
        return !exact ? Form.INEXACT : coded ? Form.CODED : Form.LONGER;
    }

    private static void addWhole(ItemOutput output, ItemLabel label, Item.Source source) throws IOException {
        String name = label.name().isEmpty() ? "" : source.name();
        byte[] bytes = source.bytes();
        if (bytes.length != source.length()) {
            throw new IOException(name + ": changed while it was read");
        }
        output.add(ArchivedItem.whole(bytes), label.renamed(name));
    }

    /** Adds it to an archive under its own label. */
    Form addTo(ItemOutput output) throws IOException {
        return addTo(output, item.label());
    }
}
