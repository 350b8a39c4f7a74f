package dev.ardm.coding.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Files for what has to be kept for a while and is too much for memory. */
public final class ScratchFile {
    private ScratchFile() {}

    /**
     * Opens an empty file for reading and writing, in the folder of something that is being written: where there has to be
     * room anyway, and never a disk that is in memory. Only its owner may read it. It is gone when it is closed; on POSIX
     * systems it has no name from the start, so that nothing can leave it.
     *
     * @param target what is being written; errors name it
     * @throws IOException if the folder cannot be written
     */
    public static FileChannel open(Path target) throws IOException {
        return AtomicFile.scratch(target);
    }
}
