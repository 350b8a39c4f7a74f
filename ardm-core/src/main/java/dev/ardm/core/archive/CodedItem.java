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
        Kept kept = kept(output.packing());
        Item.Source source = item.source();
        if (source != null && kept.item.whole() != null && !label.name().isEmpty()) {
            output.add(kept.item, label.renamed(source.name()));
        } else {
            output.add(kept.item, label);
        }
        return kept.form;
    }

    /** The shortest form of an item, and why it is that one. */
    record Kept(ArchivedItem item, Form form) {}

    /**
     * It in the shortest form.
     *
     * @throws IOException if the bytes that it was made of cannot be read
     */
    Kept kept(ItemPacking packing) throws IOException {
        Item.Source source = item.source();
        if (source != null && item.isWhole()) {
            return new Kept(whole(source), Form.WHOLE);
        }
        int length = item.values().length;
        long stored = packing.storedLength(length);
        boolean coded = exact && stream.length <= stored;
        ArchivedItem shortest = coded
                ? ArchivedItem.coded(item.side(), item.shape(), length, stream)
                : ArchivedItem.stored(item.side(), item.shape(), item.values());
        if (source != null
                && ItemPacking.wholeLength(source.length())
                        < packing.headLength(item.side(), item.shape(), length) + (coded ? stream.length : stored)) {
            shortest = whole(source);
            coded = false;
        }
        return new Kept(shortest, !exact ? Form.INEXACT : coded ? Form.CODED : Form.LONGER);
    }

    private static ArchivedItem whole(Item.Source source) throws IOException {
        byte[] bytes = source.bytes();
        if (bytes.length != source.length()) {
            throw new IOException(source.name() + ": changed while it was read");
        }
        return ArchivedItem.whole(bytes);
    }

    /** Adds it to an archive under its own label. */
    Form addTo(ItemOutput output) throws IOException {
        return addTo(output, item.label());
    }
}
