package dev.ardm.bench.codec;

import dev.ardm.app.report.ByteCodec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compressors that are programs of this machine, where they are installed. */
final class InstalledCodec {
    /** Command lines; IN and OUT stand for files. */
    private static final List<List<String>> COMMANDS = List.of(
            List.of("bzip2", "-9", "-k", "-f", "IN"),
            List.of("bzip3", "-e", "-f", "-b", "16", "IN", "OUT"),
            List.of("zpaq", "a", "OUT", "IN", "-m5"),
            List.of("brotli", "-q", "11", "-w", "24", "IN", "-o", "OUT"),
            List.of("7z", "a", "-t7z", "-m0=PPMd:o=16:mem=64m", "-mhc=off", "OUT", "IN"));

    private InstalledCodec() {}

    /** Those that are there, and the names of those that are not. */
    static List<ByteCodec> installed(List<String> missing) {
        List<ByteCodec> codecs = new ArrayList<>();
        for (List<String> command : COMMANDS) {
            if (onPath(command.get(0))) {
                codecs.add(ByteCodec.of(name(command), bytes -> run(command, bytes)));
            } else {
                missing.add(command.get(0));
            }
        }
        return codecs;
    }

    /** The one of a program, if it is there. */
    static Optional<ByteCodec> of(String program) {
        return COMMANDS.stream()
                .filter(command -> command.get(0).equals(program) && onPath(program))
                .map(command -> ByteCodec.of(name(command), bytes -> run(command, bytes)))
                .findAny();
    }

    private static String name(List<String> command) {
        return command.stream()
                .filter(word -> !List.of("a", "IN", "OUT", "-k", "-f", "-e", "-o", "-t7z", "-mhc=off")
                        .contains(word))
                .reduce((a, b) -> a + " " + b)
                .orElseThrow();
    }

    private static boolean onPath(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static long run(List<String> command, byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("ardm-codec");
        Path in = folder.resolve("in");
        // The one that takes no name for its output puts it next to the input.
        Path out = folder.resolve(command.contains("OUT") ? "out." + command.get(0) : "in.bz2");
        Path log = folder.resolve("log");
        try {
            Files.write(in, bytes);
            List<String> words = command.stream()
                    .map(word -> word.equals("IN") ? in.toString() : word.equals("OUT") ? out.toString() : word)
                    .toList();
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed: "
                        + Files.readString(log).strip());
            }
            return Files.size(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            for (Path file : List.of(in, out, log, folder)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
