package dev.ardm.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Input that cannot be read as what it should be. The message names the file, the place in it (byte offset or item) as
 * far as known, and the cause, and is meant to be shown to people as it is.
 */
public class DataException extends IOException {
    /** A complaint in words. */
    public DataException(String message) {
        super(message);
    }

    /** A complaint in words, with what led to it. */
    public DataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** {@code FILE: CAUSE}. */
    public static DataException in(String file, String cause) {
        return new DataException(file + ": " + cause);
    }

    /** {@code FILE, byte OFFSET: CAUSE}. */
    public static DataException at(String file, long offset, String cause) {
        return new DataException(file + ", byte " + offset + ": " + cause);
    }
}
