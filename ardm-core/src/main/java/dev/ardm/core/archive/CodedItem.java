package dev.ardm.core.archive;

import dev.ardm.coding.ItemLabel;
import dev.ardm.coding.ItemOutput;
import java.io.IOException;

/**
 * An item with the stream that it was coded in, and what came of decoding that stream.
 *
 * @param stream the bytes of a {@link dev.ardm.coding.CheckedStream}
 * @param exact whether the stream was decoded to the item, bit by bit; one that was not must not be relied on
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, not compared
public record CodedItem(ArchiveItem item, byte[] stream, boolean exact) {
    /** How an archive keeps an item. */
    public enum Form {
        /** As its stream. */
        CODED,
        /** Without the model, because the stream would be longer. */
        LONGER,
        /** Without the model, because the stream did not decode to it. */
        INEXACT
    }

    private Form form(long storedLength) {
        return !exact ? Form.INEXACT : stream.length <= storedLength ? Form.CODED : Form.LONGER;
    }

    /**
     * Adds it to an archive, under its own label, as what the archive's header says that items are.
     *
     * @return how the archive keeps it
     * @throws IOException if it cannot be written
     */
    Form addTo(ItemOutput output) throws IOException {
        return output.header().documents() == null ? addTo(output, item.label()) : addDocumentTo(output);
    }

    /**
     * Adds it to an archive whose items are nothing but their values.
     *
     * @param label what it is to have there, such as its own
     * @return how the archive keeps it
     * @throws IOException if it cannot be written
     */
    public Form addTo(ItemOutput output, ItemLabel label) throws IOException {
        Form form = form(output.storedLength());
        if (form == Form.CODED) {
            output.add(stream, label);
        } else {
            output.addStored(item.values(), label);
        }
        return form;
    }

    /**
     * Adds it to an archive of documents.
     *
     * @return how the archive keeps it
     * @throws IOException if it cannot be written
     */
    public Form addDocumentTo(ItemOutput output) throws IOException {
        int length = item.values().length;
        Form form = form(output.storedDocumentLength(length));
        if (form == Form.CODED) {
            output.addDocument(item.extra(), item.shape(), length, stream, item.label());
        } else {
            output.addStoredDocument(item.extra(), item.shape(), item.values(), item.label());
        }
        return form;
    }
}
