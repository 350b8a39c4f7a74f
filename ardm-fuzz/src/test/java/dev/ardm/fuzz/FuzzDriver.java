package dev.ardm.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Jazzer calls, with the name of a target as the argument ({@code --target_args=NAME}). If the system property
 * {@code ardm.fuzz.seeds} names a folder, its files are run once before: loading and instrumenting classes takes longer than inputs may.
 */
public final class FuzzDriver {
    private static final String SEEDS = "ardm.fuzz.seeds";

    private static @Nullable FuzzTarget target;
    private static @Nullable Scratch scratch;

    private FuzzDriver() {}

    /** Jazzer calls it once. */
    public static void fuzzerInitialize(String[] args) throws Exception {
        if (args.length != 1) {
            throw new IllegalArgumentException("the name of one target is needed: " + FuzzTargets.names());
        }
        target = FuzzTargets.named(args[0]);
        scratch = new Scratch();
        String seeds = System.getProperty(SEEDS, "");
        if (!seeds.isEmpty()) {
            try (Stream<Path> files = Files.list(Path.of(seeds))) {
                for (Path file : files.sorted().toList()) {
                    fuzzerTestOneInput(Files.readAllBytes(file));
                }
            }
        }
    }

    /** Jazzer calls it for each input; what it throws is a finding. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        FuzzTarget parser = target;
        Scratch folder = scratch;
        if (parser == null || folder == null) {
            throw new IllegalStateException("not initialised");
        }
        try {
            parser.run(input, folder);
        } catch (Exception e) {
            if (!parser.items(e)) {
                throw e;
            }
        } finally {
            folder.empty();
        }
    }

    /** Jazzer calls it at the end. */
    public static void fuzzerTearDown() throws IOException {
        if (scratch != null) {
            scratch.close();
        }
    }
}
