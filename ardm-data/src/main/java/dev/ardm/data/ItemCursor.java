package dev.ardm.data;

import dev.ardm.core.Item;
import dev.ardm.data.file.FileRemarks;
import dev.ardm.data.file.SkippedFiles;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Goes through items once. For use by one thread. */
public interface ItemCursor extends Closeable {
    /**
     * The next item, in fresh arrays; null after the last one.
     *
     * @throws DataException if it cannot be read, or does not fit
     */
    @Nullable
    Item next() throws IOException;

    /**
     * The item returned last as its file: another item, of the file's name, from which the file comes back byte by byte without the
     * model. Null where an item is not a file, or a format restores the bytes of files anyway.
     */
    default @Nullable Item whole() {
        return null;
    }

    /** The length of all files that the items so far were read from, in bytes; negative if that is not known. */
    default long bytes() {
        return -1;
    }

    /** Files that were skipped so far because they are of another kind. */
    default SkippedFiles skipped() {
        return new SkippedFiles();
    }

    /** What is to be said of the files read so far, such as what was left out of them. */
    default FileRemarks remarks() {
        return new FileRemarks();
    }
}
