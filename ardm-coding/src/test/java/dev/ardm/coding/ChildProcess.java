package dev.ardm.coding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that a test starts. What it prints is read in the background, and no wait for it is without end: when time is up it is
 * killed, and the test fails with what was printed so far. It does not outlive the test's own process.
 */
public final class ChildProcess implements AutoCloseable {
    /** Enough for any of them on a loaded machine. */
    public static final Duration LIMIT = Duration.ofMinutes(3);

    private final Process process;
    private final Printed out;
    private final Printed err;

    /** What a process did. */
    public record Ended(int code, byte[] out, String err) {
        public String text() {
            return new String(out, StandardCharsets.UTF_8);
        }
    }

    private ChildProcess(Process process) {
        this.process = process;
        this.out = new Printed(process.getInputStream());
        this.err = new Printed(process.getErrorStream());
    }

    /** The command line that runs a class with the class path of the test. */
    public static List<String> java(List<String> options, String program, Object... args) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.add("-cp");
        line.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        line.add(program);
        for (Object arg : args) {
            line.add(arg.toString());
        }
        return line;
    }

    public static ChildProcess start(ProcessBuilder builder) throws IOException {
        return new ChildProcess(leashed(builder));
    }

    /** Starts a process that ends with this one, even if this one is killed. */
    public static Process leashed(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        Path shell = Path.of("/bin/sh");
        if (Files.isExecutable(shell)) {
            // What it reads ends with this process, which is what no process can be kept from.
            String line = "read line; kill -9 \"$0\"";
            Process guard = new ProcessBuilder(shell.toString(), "-c", line, Long.toString(process.pid())).start();
            process.onExit().thenRun(guard::destroyForcibly);
        }
        return process;
    }

    public static ChildProcess start(List<String> options, Class<?> program, Object... args) throws IOException {
        return start(new ProcessBuilder(java(options, program.getName(), args)).redirectErrorStream(true));
    }

    /** All that a program prints, on both its outputs. */
    public static String output(List<String> options, Class<?> program, Object... args) throws IOException {
        try (ChildProcess child = start(options, program, args)) {
            child.process.getOutputStream().close();
            return child.end(LIMIT).text().strip();
        }
    }

    /** Runs a process to its end, with some bytes on its standard input. */
    public static Ended run(ProcessBuilder builder, byte[] input) throws IOException {
        try (ChildProcess child = start(builder)) {
            try (OutputStream in = child.process.getOutputStream()) {
                in.write(input);
            } catch (IOException e) {
                // It may have ended without reading.
            }
            return child.end(LIMIT);
        }
    }

    public Process process() {
        return process;
    }

    /** Waits until it has printed something. */
    public void await(String text, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!out.text().contains(text)) {
            if (System.nanoTime() >= end) {
                throw givenUp("did not print \"" + text + "\" within " + limit);
            }
            if (!out.reader.isAlive() && !out.text().contains(text)) {
                throw givenUp("ended without printing \"" + text + "\"");
            }
            pause();
        }
    }

    /** Waits until it has ended and all that it printed is read. */
    public Ended end(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS) || !out.ended(end) || !err.ended(end)) {
                throw givenUp("did not end within " + limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw givenUp("was not waited for: the test was interrupted");
        }
        return new Ended(process.exitValue(), out.bytes(), err.text());
    }

    private AssertionError givenUp(String why) {
        process.destroyForcibly();
        return new AssertionError(process.info().commandLine().orElse("process " + process.pid()) + " " + why
                + "; it printed:\n" + out.text() + err.text());
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** A stream that a thread reads to its end. */
    private static final class Printed {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Thread reader;

        Printed(InputStream in) {
            reader = new Thread(() -> read(in), "output of a child process");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(InputStream in) {
            byte[] buffer = new byte[8192];
            try (in) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    bytes.write(buffer, 0, n);
                }
            } catch (IOException e) {
                // The process was killed or its stream closed, so the output ends here.
            }
        }

        boolean ended(long end) throws InterruptedException {
            reader.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            return !reader.isAlive();
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
