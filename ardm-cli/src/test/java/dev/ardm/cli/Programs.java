package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the command as a process of its own: for what shows only there, pipes and signals and terminals. */
public final class Programs {
    private static final int SECONDS = 120;

    private Programs() {}

    /** What a process did. */
    record Ended(int code, byte[] out, String err) {
        Ended good() {
            assertThat(code).as(err).isZero();
            return this;
        }

        Ended failed(int wanted, String... parts) {
            assertThat(code).as(err).isEqualTo(wanted);
            assertThat(err).contains(parts).doesNotContain("internal error", "Exception");
            return this;
        }
    }

    /** The command line that runs {@code ardm} with arguments. */
    public static List<String> line(Object... args) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.ardm.cli.Main"));
        Arrays.stream(args).map(Object::toString).forEach(line::add);
        return line;
    }

    /** A process in a folder, not yet started. */
    public static ProcessBuilder in(Path folder, List<String> line) {
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().remove("CI");
        return builder;
    }

    /** Runs it to its end, with something on its standard input. */
    static Ended run(ProcessBuilder builder, byte[] input) throws Exception {
        Process process = builder.start();
        try {
            CompletableFuture<byte[]> out = CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
            CompletableFuture<byte[]> err = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()));
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException e) {
                // It may have ended without reading.
            }
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), out.get(), new String(err.get(), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * The option of {@code kill} that interrupts a process: what is started in the background by a shell without job control inherits that it does
     * not hear SIGINT, so there it is SIGTERM, which {@code ardm} treats alike.
     */
    public static String interrupt() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "-INT";
        }
        long ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .findFirst()
                .orElse(0);
        return (ignored & 1 << 1) != 0 ? "-TERM" : "-INT";
    }

    private static byte[] all(InputStream in) {
        try (in) {
            return in.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
