package dev.ardm.core.archive;

import dev.ardm.coding.ArchiveWriter;
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
     * Adds it to an archive whose items are nothing but their values.
     *
     * @param name what it is to be called there, or an empty string
     * @return how the archive keeps it
     * @throws IOException if it cannot be written
     */
    public Form addTo(ArchiveWriter writer, String name) throws IOException {
        Form form = form(writer.storedLength());
        if (form == Form.CODED) {
            writer.add(stream, name);
        } else {
            writer.addStored(item.values(), name);
        }
        return form;
    }

    /**
     * Adds it to an archive of documents.
     *
     * @return how the archive keeps it
     * @throws IOException if it cannot be written
     */
    public Form addDocumentTo(ArchiveWriter writer) throws IOException {
        int length = item.values().length;
        Form form = form(writer.storedDocumentLength(length));
        if (form == Form.CODED) {
            writer.addDocument(item.extra(), length, stream, item.name());
        } else {
            writer.addStoredDocument(item.extra(), item.values(), item.name());
        }
        return form;
    }
}
