package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.ChildProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the command as a process of its own: for what shows only there, pipes and signals and terminals. */
public final class Programs {
    private Programs() {}

    /** What a process did. */
    public record Ended(int code, byte[] out, String err) {
        public Ended good() {
            assertThat(code).as(err).isZero();
            return this;
        }

        public Ended failed(int wanted, String... parts) {
            assertThat(code).as(err).isEqualTo(wanted);
            assertThat(err).contains(parts).doesNotContain("internal error", "Exception");
            return this;
        }
    }

    /** The command line that runs {@code ardm} with arguments. */
    public static List<String> line(Object... args) {
        List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        for (String property : List.of("java.io.tmpdir", "org.bytedeco.openblas.load")) {
            if (System.getProperty(property) != null) {
                options.add("-D" + property + "=" + System.getProperty(property));
            }
        }
        // As the launcher does on newer Javas, which warn otherwise.
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (option.startsWith("--enable-native-access") || option.startsWith("--sun-misc-unsafe-memory-access")) {
                options.add(option);
            }
        }
        return ChildProcess.java(options, "dev.ardm.cli.Main", args);
    }

    /** A process in a folder, not yet started. */
    public static ProcessBuilder in(Path folder, List<String> line) {
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().remove("CI");
        return builder;
    }

    /** Runs it to its end, with something on its standard input. */
    public static Ended run(ProcessBuilder builder, byte[] input) throws IOException {
        ChildProcess.Ended ended = ChildProcess.run(builder, input);
        return new Ended(ended.code(), ended.out(), ended.err());
    }

    /** Runs a small program of the system, whatever comes of it. */
    public static void system(String... line) throws IOException {
        ChildProcess.run(new ProcessBuilder(line), new byte[0]);
    }

    /** Interrupts a process as Ctrl-C does. */
    public static void interrupt(Process process) throws IOException {
        system("kill", interrupt(), Long.toString(process.pid()));
    }

    /**
     * The option of {@code kill} that interrupts a process: what is started in the background by a shell without job control inherits that it does
     * not hear SIGINT, so there it is SIGTERM, which {@code ardm} treats alike.
     */
    private static String interrupt() throws IOException {
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
}
