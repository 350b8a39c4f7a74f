package dev.ardm.app.archive;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ItemForm;
import dev.ardm.coding.internal.read.ArchiveReader;
import java.io.IOException;

/**
 * What the items of an archive come to.
 *
 * @param values of all items; unreadable items have none, and those of records are unknown
 * @param coded items coded with the model
 * @param codedBytes theirs
 * @param stored items stored without the model
 * @param storedBytes theirs
 * @param learnt items that are in the model, so that the archive has no bytes of them
 */
public record ArchiveSums(long values, int coded, long codedBytes, int stored, long storedBytes, int learnt) {
    public static ArchiveSums of(ArchiveReader reader) throws IOException {
        long values = 0;
        int stored = 0;
        long codedBytes = 0;
        long storedBytes = 0;
        int items = 0;
        int learnt = 0;
        long group = -1;
        for (int k = reader.nextPresent(0); k < reader.size(); k = reader.nextPresent(k + 1)) {
            items++;
            ArchiveReader.Entry entry = reader.entry(k);
            values += values(reader, k);
            boolean counted = entry.offset() == group; // Records of a group share its bytes.
            if (entry.form() == ItemForm.LEARNT) {
                learnt++;
                continue;
            }
            group = entry.offset();
            if (entry.stored()) {
                stored++;
                storedBytes += counted ? 0 : entry.length();
            } else {
                codedBytes += counted ? 0 : entry.length();
            }
        }
        return new ArchiveSums(values, items - stored - learnt, codedBytes, stored, storedBytes, learnt);
    }

    /** The number of items that are there. */
    public int items() {
        return coded + stored + learnt;
    }

    /** The bytes of all items. */
    public long bytes() {
        return codedBytes + storedBytes;
    }

    /** The number of values of an item; 0 if it is unreadable. */
    public static int values(ArchiveReader reader, int item) throws IOException {
        ArchiveHeader header = reader.uniform() ? reader.header() : reader.header(item);
        if (!header.layout().hasSide()) {
            return header.values();
        }
        try {
            return reader.length(item);
        } catch (DamagedException e) {
            return 0;
        }
    }

    public static double bitsPerValue(long bytes, long values) {
        return values == 0 ? 0 : 8.0 * bytes / values;
    }
}
