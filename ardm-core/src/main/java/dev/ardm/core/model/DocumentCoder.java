package dev.ardm.core.model;

import dev.ardm.coding.ArchivedDocument;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Codes documents, which are items or sequences of any length, each with bytes of its own beside its values. */
public interface DocumentCoder {
    /**
     * Self-contained checked streams of documents, each of which decodes alone. Their check is
     * {@link dev.ardm.coding.CheckedStream#checkOf(byte[], int[])}.
     *
     * @param documents values in the range of the space
     * @param extras what each has beside its values
     * @param progress hears how many windows ({@link #windows}) are done; called from any thread
     * @throws IllegalArgumentException if values are not of the space, or the coder does not take documents of this length
     */
    List<byte[]> encode(List<int[]> documents, List<byte[]> extras, IntConsumer progress);

    /**
     * Decodes documents; one that does not decode, or whose check fails, gives an empty result.
     *
     * @param documents with their streams
     * @param progress hears how many windows are done; called from any thread
     */
    List<Optional<int[]>> decode(List<ArchivedDocument> documents, IntConsumer progress);

    /** The number of windows that a document of so many values is coded in: the work it takes. */
    int windows(int length);
}
