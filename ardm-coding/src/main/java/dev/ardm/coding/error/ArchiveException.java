package dev.ardm.coding.error;

import java.io.IOException;

/** An error in an archive, as opposed to an error of the disk. The message names the file, the place and the cause. */
public abstract sealed class ArchiveException extends IOException
        permits NotAnArchiveException, NewerVersionException, WrongModelException, DamagedException {
    private static final long serialVersionUID = 1L;

    private final String file;

    ArchiveException(String file, String message) {
        super(file + ": " + message);
        this.file = file;
    }

    /** The file, as it was named when it was opened; {@link DamagedException#STREAM} where no file is known. */
    public String file() {
        return file;
    }
}
