package dev.ardm.core.model;

import java.io.IOException;
import java.nio.file.Path;

/** A model file that cannot be used; the message names the file, the byte offset and the cause. */
public final class ModelFileException extends IOException {
    private static final long serialVersionUID = 1;

    public ModelFileException(Path path, long offset, String cause) {
        super(path + ": not a usable model file (byte " + offset + "): " + cause);
    }
}
