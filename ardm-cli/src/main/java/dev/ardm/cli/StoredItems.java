package dev.ardm.cli;

import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveWriter;
import dev.ardm.coding.ItemLabel;
import dev.ardm.core.archive.CodedItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Puts coded items into an archive and keeps account of them. */
final class StoredItems {
    private final dev.ardm.coding.ItemOutput output;
    private final @Nullable SameNames same;
    private final int before;
    private final FirstNames longer = new FirstNames();
    private final FirstNames inexact = new FirstNames();
    private long values;
    private long raw;

    /**
     * Nothing yet.
     *
     * @param output an archive, which is to be committed when all is in it
     * @param same hears the names
     */
    StoredItems(dev.ardm.coding.ItemOutput output, @Nullable SameNames same) {
        this.output = output;
        this.same = same;
        this.before = output.size();
    }

    /**
     * What was stored.
     *
     * @param values of all items
     * @param longer items stored without the model because their streams were longer than that
     * @param inexact items stored without the model because their streams did not decode to them
     * @param rawBytes of the files that the items are or were read from; of items that are nothing but their values, and of images, what
     *     they take without a model and without an archive
     * @param bytes of the archive, everything counted; 0 while it is not complete
     */
    record Report(int items, long values, FirstNames longer, FirstNames inexact, long rawBytes, long bytes) {}

    /** Puts items into an archive. */
    interface Storing {
        Report into(dev.ardm.coding.ItemOutput output) throws IOException;
    }

    /**
     * Makes an archive.
     *
     * @param embedded the file of the model, if it is to be in the archive
     * @param overwrite whether a file that is there may be replaced
     */
    static Report create(Path target, ArchiveHeader header, @Nullable Path embedded, boolean overwrite, Storing storing)
            throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(target, header, overwrite)) {
            if (embedded != null) {
                writer.embedModel(embedded);
            }
            Report report = storing.into(writer);
            writer.commit();
            return new Report(
                    report.items, report.values, report.longer, report.inexact, report.rawBytes, Files.size(target));
        }
    }

    /** How many there are so far. */
    int size() {
        return output.size() - before;
    }

    /** Stores an item; without a label if it is not {@code named}. */
    void add(CodedItem coded, boolean named) throws IOException {
        hear(coded, named);
        count(coded, coded.addTo(output, named ? coded.item().label() : ItemLabel.NONE));
        raw += output.storedLength(coded.item().values().length)
                - Integer.BYTES // the check
                + coded.item().side().length;
    }

    private void hear(CodedItem coded, boolean named) throws IOException {
        if (same != null && named) {
            same.add(coded.item().name());
        }
    }

    private void count(CodedItem coded, CodedItem.Form form) {
        values += coded.item().values().length;
        String name = coded.item().name().isEmpty()
                ? "item " + (output.size() - 1)
                : coded.item().name();
        switch (form) {
            case CODED -> {}
            case LONGER -> longer.add(name);
            case INEXACT -> inexact.add(name);
        }
    }

    /** Says what the files take that the items were read from, where items are of files. */
    void setRawBytes(long bytes) {
        raw = bytes;
    }

    /** All of them. */
    Report report() {
        return new Report(size(), values, longer, inexact, raw, 0);
    }
}
