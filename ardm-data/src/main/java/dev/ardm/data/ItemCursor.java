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

    /** The length of all files that the items so far were read from, in bytes; negative if that is not known. */
    default long bytes() {
        return -1;
    }

    /** What is to be said of the items so far, most often nothing: such as which of them were not understood. */
    default String note() {
        return "";
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
