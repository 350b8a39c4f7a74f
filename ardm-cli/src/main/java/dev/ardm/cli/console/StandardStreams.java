package dev.ardm.cli.console;

import dev.ardm.app.ScratchFolder;
import dev.ardm.app.UserError;
import dev.ardm.coding.internal.file.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.ParameterException;

/** Standard input and output as bytes. Both have the name {@code -} among the arguments. */
public final class StandardStreams {
    /** What messages call standard input. */
    public static final String INPUT = "standard input";

    private static final String NAME = "-";
    private static final Path LINUX_OUTPUT = Path.of("/proc/self/fd/1");

    private StandardStreams() {}

    public static boolean isDash(Path path) {
        return path.toString().equals(NAME);
    }

    /** Whether a terminal shows standard output: the launcher finds out; without it, Linux knows. */
    static boolean outputIsTerminal() {
        if (Boolean.getBoolean("ardm.stdout.terminal")) {
            return true;
        }
        try {
            String device = Files.readSymbolicLink(LINUX_OUTPUT).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Refuses to write what only programs can read to a terminal, before any work is done for it. */
    public static void requireNoTerminal(boolean force) {
        if (!force && outputIsTerminal()) {
            throw new UserError("standard output is a terminal, and the output is not text;"
                    + " name a file with -o, send it into a pipe, or force it with -f");
        }
    }

    private static volatile boolean readerGone;

    /** Standard output was closed by its reader. Not an error: the program stops silently. */
    static final class ReaderGone extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Notes from now on whether the reader of standard output, if it is a pipe, is gone. */
    public static void watchOutput() {
        OutputStream raw = new FileOutputStream(FileDescriptor.out);
        System.setOut(new PrintStream(new BufferedOutputStream(new Watched(raw)), false, outputCharset()));
    }

    private static Charset outputCharset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
        try {
            return name.isEmpty() ? Charset.defaultCharset() : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return Charset.defaultCharset();
        }
    }

    /** Remembers how writing failed, which no {@link PrintStream} reports. */
    private static final class Watched extends FilterOutputStream {
        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                readerGone =
                        String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe") || outputIsPipe();
                throw e;
            }
        }
    }

    public static boolean isReaderGone() {
        return readerGone;
    }

    private static boolean outputIsPipe() {
        try {
            return Files.readSymbolicLink(LINUX_OUTPUT).toString().startsWith("pipe:");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /**
     * Says what is wrong if standard output could not be written.
     *
     * @throws ReaderGone if the reader of standard output stopped
     */
    public static void requireWritten(boolean failed) {
        if (failed && readerGone) {
            throw new ReaderGone();
        }
        if (failed) {
            throw new UserError("standard output cannot be written");
        }
    }

    /** Writes a file's bytes to standard output. */
    public static void write(Path file) throws IOException {
        Files.copy(file, System.out);
        System.out.flush();
        requireWritten(System.out.checkError());
    }

    /** Does something, and calls a copy of standard input so where an error names it. */
    public static int naming(Path spooled, Task task) throws IOException {
        try {
            return task.run();
        } catch (ParameterException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            String message = Failures.message(e);
            if (!message.contains(spooled.toString())) {
                throw e;
            }
            throw new IOException(message.replace(spooled.toString(), INPUT), e);
        }
    }

    /** Does something and returns the exit code. */
    public interface Task {
        int run() throws IOException;
    }

    /** Puts all of standard input into a file, for what cannot be read in one go. */
    public static Path spool(ScratchFolder folder, String name) throws IOException {
        Path file = folder.file(name);
        try {
            AtomicFile.write(file, false, System.in::transferTo);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).startsWith(file.toString())) {
                throw e;
            }
            throw new IOException(INPUT + ": cannot be read: " + e.getMessage(), e);
        }
        return file;
    }
}
