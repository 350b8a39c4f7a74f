package dev.ardm.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.app.UserError;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private static final long SECOND = 1_000_000_000L;

    /** Minutes of loading before the first item, then an item a second. */
    @Test
    void theTimeLeftCountsFromTheFirstStepAndIsUnknownBefore() {
        Progress.TimeLeft left = new Progress.TimeLeft();
        assertThat(left.of(0, 100, 60 * SECOND)).isEmpty();
        left.begin(1, 60 * SECOND);
        left.begin(5, 64 * SECOND);
        assertThat(left.of(1, 100, 60 * SECOND)).isEmpty();
        assertThat(left.of(10, 100, 69 * SECOND)).isEmpty();
        assertThat(left.of(50, 100, 61 * SECOND)).isEmpty();
        assertThat(left.of(11, 100, 70 * SECOND)).contains(Duration.ofSeconds(89));
        assertThat(left.of(100, 100, 160 * SECOND)).contains(Duration.ZERO);
        assertThat(left.of(3, 10, 64 * SECOND)).contains(Duration.ofSeconds(14));
    }

    @Test
    void messagesAreOneShortLine() {
        assertThat(Messages.shown("x.ardm: two\n lines,\t\u001b[31mred")).isEqualTo("x.ardm: two lines, ?[31mred");
        assertThat(Messages.shown("x: unknown key '" + "a".repeat(15_000_000) + "', known: b"))
                .hasSize("x: unknown key  known: b".length() + 200)
                .startsWith("x: unknown key 'aaa")
                .endsWith("a', known: b");
        assertThat(Messages.shown("x: unknown key '" + "a b ".repeat(5_000_000) + "'"))
                .hasSize(200)
                .startsWith("x: unknown key 'a b");
        assertThat(Messages.shown("y".repeat(200))).isEqualTo("y".repeat(200));
    }

    @Test
    void failuresAreInWordsWithoutNamesOfExceptions() {
        Map<Throwable, String> messages = Map.of(
                new NoSuchFileException("x"), "x: no such file or folder",
                new AccessDeniedException("x"), "x: permission denied",
                new FileSystemLoopException("x"), "x: a link leads back to its own folder",
                new FileSystemException("x", null, "No space left on device"), "x: No space left on device",
                new UncheckedIOException(new EOFException()), "a file ends too early",
                new MalformedInputException(1), "a text is not UTF-8",
                new RuntimeException(new IOException("java.util.zip.ZipException: bad header")), "bad header",
                new ZipException(), "cannot be read",
                new IllegalStateException(new UserError("x: is a folder")), "x: is a folder",
                new UnsatisfiedLinkError("no torch"), "a library of this program cannot be loaded: no torch");
        messages.forEach(
                (failure, message) -> assertThat(Failures.message(failure)).isEqualTo(message));
        assertThat(Failures.message(new OutOfMemoryError("Java heap space")))
                .isEqualTo("out of memory: give Java more with ARDM_JAVA_OPTS=-Xmx8g, or use fewer --threads");
        assertThat(Failures.message(new IOException("/t/.ardm-scratch.tmp-1-0/x: cannot be written: full")))
                .contains("TMPDIR=FOLDER");
    }
}
