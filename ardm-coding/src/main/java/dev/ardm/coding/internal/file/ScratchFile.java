package dev.ardm.coding.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Temporary files for data that does not fit into memory. */
public final class ScratchFile {
    private ScratchFile() {}

    /**
     * Opens an empty file for reading and writing, in the folder of a file that is being written: that
     * disk needs room in any case, and it is never a disk in memory. Only its owner may read it. Closing deletes it. On POSIX
     * systems it has no name from the start, so a crash leaves nothing either.
     *
     * @param target the file being written; errors name it
     * @throws IOException if the folder cannot be written
     */
    public static FileChannel open(Path target) throws IOException {
        return AtomicFile.scratch(target);
    }
}
