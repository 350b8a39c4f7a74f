package dev.ardm.cli.console;

import dev.ardm.app.ScratchFolder;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.train.runtime.ProgramEndsException;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns exceptions into one line on standard error and an exit code. */
public final class Failures {
    private static final int FAILED = 1;

    private static final Map<Class<?>, String> REASONS = Map.of(
            NoSuchFileException.class, "no such file or folder",
            FileAlreadyExistsException.class, "exists already",
            AccessDeniedException.class, "permission denied",
            DirectoryNotEmptyException.class, "the folder is not empty",
            NotDirectoryException.class, "is not a folder",
            FileSystemLoopException.class, "a link leads back to its own folder");

    private Failures() {}

    /** What went wrong in a command. */
    public static int report(Throwable failure, CommandLine command) {
        if (failure instanceof StandardStreams.ReaderGone) {
            return 0;
        }
        if (failure instanceof ProgramEndsException) {
            return FAILED; // whoever ends it has said why
        }
        Messages.print(command.getErr(), message(failure));
        if (System.getenv("ARDM_STACKTRACE") != null) {
            failure.printStackTrace(command.getErr());
        }
        return FAILED;
    }

    /** What is wrong in how a command was called: the reason, and where help is. */
    public static int usage(ParameterException first, String[] args) {
        CommandLine command = first.getCommandLine();
        // What is missing is often there, but misspelled.
        List<String> unknown = command.getUnmatchedArguments();
        ParameterException failure = first instanceof MissingParameterException && !unknown.isEmpty()
                ? new UnmatchedArgumentException(command, unknown.subList(0, 1))
                : first;
        PrintWriter err = command.getErr();
        String reason = failure.getCause() instanceof InvalidPathException e
                ? message(e)
                : String.valueOf(failure.getMessage())
                        .replaceFirst("is not an? (int|long)$", "is not a whole number")
                        .replaceFirst("is not a double$", "is not a number");
        if (failure instanceof UnmatchedArgumentException unmatched) {
            List<String> similar = unmatched.getSuggestions();
            reason += similar.isEmpty()
                    ? ""
                    : "; did you mean " + String.join(" or ", similar.subList(0, Math.min(3, similar.size()))) + "?";
        }
        Messages.print(
                err,
                Messages.withoutExceptions(reason) + " (see "
                        + command.getCommandSpec().qualifiedName() + " --help)");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    static String message(Throwable failure) {
        Throwable known = known(failure);
        if (known == null) {
            return "internal error, please report it: " + failure + " (set ARDM_STACKTRACE=1 to see where)";
        }
        String message = Messages.withoutExceptions(words(known));
        return ScratchFolder.isNamedIn(message)
                ? message + " (a temporary file; TMPDIR=FOLDER chooses where these are)"
                : message;
    }

    private static String words(Throwable known) {
        String message = known.getMessage();
        if (known instanceof FileSystemException e) {
            String reason = e.getReason() != null ? e.getReason() : reason(e);
            return e.getFile() == null ? reason : e.getFile() + ": " + reason;
        }
        if (known instanceof InvalidPathException e) {
            return "\"" + Text.printable(e.getInput()) + "\": is not a valid file name here (" + e.getReason()
                    + "); a UTF-8 locale has all characters: LC_ALL=C.UTF-8";
        }
        if (known instanceof CancellationException) {
            return "interrupted";
        }
        if (known instanceof OutOfMemoryError) {
            return "out of memory: give Java more with ARDM_JAVA_OPTS=-Xmx8g, or use fewer --threads"
                    + (String.valueOf(message).contains("native thread") ? "; the system starts no more of them" : "");
        }
        if (known instanceof LinkageError) {
            return "a library of this program cannot be loaded: " + message;
        }
        if (known instanceof CharacterCodingException) {
            return "a text is not UTF-8";
        }
        return message != null ? message : known instanceof EOFException ? "a file ends too early" : "cannot be read";
    }

    private static String reason(FileSystemException e) {
        return REASONS.getOrDefault(e.getClass(), "cannot be read or written");
    }

    /** The outermost failure whose message was written for users, if there is one. */
    private static @Nullable Throwable known(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof UserError
                    || t instanceof IOException
                    || t instanceof CancellationException
                    || t instanceof InvalidPathException
                    || t instanceof LinkageError
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
