package dev.ardm.cli.console;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Turns exceptions into one line on standard error and an exit code. */
public final class Failures {
    private static final int FAILED = 1;

    private Failures() {}

    public static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof CommandLine.ParameterException usage) {
            command.getErr().println("ardm: " + usage.getMessage());
            return command.getCommandSpec().exitCodeOnInvalidInput();
        }
        if (failure instanceof StandardStreams.ReaderGone) {
            return 0;
        }
        command.getErr().println("ardm: " + message(failure));
        if (System.getenv("ARDM_STACKTRACE") != null) {
            failure.printStackTrace(command.getErr());
        }
        return FAILED;
    }

    static String message(Throwable failure) {
        Throwable known = known(failure);
        if (known == null) {
            return "internal error, please report it: " + failure + " (set ARDM_STACKTRACE=1 to see where)";
        }
        String message = known.getMessage();
        if (known instanceof NoSuchFileException e) {
            return e.getReason() == null
                    ? e.getFile() + ": no such file or folder"
                    : e.getFile() + ": " + e.getReason();
        }
        if (known instanceof FileNotFoundException) {
            return message == null ? "file not found" : message;
        }
        if (known instanceof FileAlreadyExistsException e && e.getReason() == null) {
            return e.getFile() + ": exists already";
        }
        if (known instanceof AccessDeniedException e) {
            return e.getFile() + ": permission denied";
        }
        if (known instanceof FileSystemException e) {
            return e.getFile() + ": " + (e.getReason() != null ? e.getReason() : reason(e));
        }
        if (known instanceof InvalidPathException e) {
            return "\"" + Text.printable(e.getInput()) + "\": is not a valid file name here (" + e.getReason()
                    + "); a UTF-8 locale has all characters: LC_ALL=C.UTF-8";
        }
        if (known instanceof CancellationException) {
            return "interrupted";
        }
        if (known instanceof OutOfMemoryError) {
            return "out of memory: give Java more with ARDM_JAVA_OPTS=-Xmx8g";
        }
        return message == null ? known.toString() : message;
    }

    private static String reason(FileSystemException e) {
        return e instanceof DirectoryNotEmptyException
                ? "the folder is not empty"
                : e.getClass().getSimpleName();
    }

    /** The outermost failure whose message was written for users, if there is one. */
    private static @Nullable Throwable known(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof UserError
                    || t instanceof IOException
                    || t instanceof CancellationException
                    || t instanceof InvalidPathException
                    || t instanceof OutOfMemoryError) {
                return t;
            }
            if (t instanceof UncheckedIOException e && e.getCause() != null) {
                return e.getCause();
            }
        }
        return null;
    }
}
