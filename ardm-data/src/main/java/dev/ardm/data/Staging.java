package dev.ardm.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Writes beside the target and renames when complete, so that nothing half-written ever has the final name. What is
 * unfinished when the JVM ends (Ctrl-C included) is deleted.
 */
final class Staging {
    private static final Set<Path> PENDING = ConcurrentHashMap.newKeySet();

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(Staging::discardAll, "ardm-staging"));
        } catch (IllegalStateException e) {
            // The JVM is ending already; what is begun now is deleted by its own writer.
        }
    }

    private static final Object GATE = new Object();
    private static boolean ending;

    private Staging() {}

    /** Part of writing something. */
    interface Step {
        void run() throws IOException;
    }

    /**
     * Does a part of writing that makes files or folders appear, unless the JVM is ending: what was staged is gone then, and
     * must not come back.
     */
    static void step(Step step) throws IOException {
        synchronized (GATE) {
            if (ending) {
                throw new IOException("interrupted");
            }
            step.run();
        }
    }

    /** Something that writes into a stream. */
    interface StreamWriter {
        void write(OutputStream out) throws IOException;
    }

    /** Something that fills a folder. */
    interface FolderWriter {
        void write(Path folder) throws IOException;
    }

    /** Writes or replaces a file. */
    static void file(Path target, StreamWriter writer) throws IOException {
        Path staged = sibling(target);
        try {
            step(() -> {
                PENDING.add(staged);
                Files.createFile(staged);
            });
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(staged, StandardOpenOption.WRITE), 1 << 16)) {
                writer.write(out);
            }
            step(() -> move(staged, target));
        } finally {
            Files.deleteIfExists(staged);
            PENDING.remove(staged);
        }
    }

    private static void move(Path staged, Path target) throws IOException {
        try {
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(staged, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Writes a folder that must not exist yet, or be empty; {@code writer} makes its files in {@link #step}s. */
    static void folder(Path target, FolderWriter writer) throws IOException {
        Path staged = sibling(target);
        try {
            step(() -> {
                PENDING.add(staged);
                Files.createDirectory(staged);
            });
            writer.write(staged);
            step(() -> {
                Files.deleteIfExists(target);
                Files.move(staged, target);
            });
        } finally {
            deleteTree(staged);
            PENDING.remove(staged);
        }
    }

    /** A hidden name beside the target that nobody has. */
    private static Path sibling(Path target) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null || target.getFileName() == null) {
            throw new DataException("cannot write to " + target);
        }
        Files.createDirectories(parent);
        return parent.resolve("." + target.getFileName() + ".tmp-" + UUID.randomUUID());
    }

    /** At the end of the JVM. */
    private static void discardAll() {
        synchronized (GATE) {
            ending = true;
        }
        for (Path staged : PENDING) {
            for (int attempt = 0; attempt < 20; attempt++) {
                try {
                    deleteTree(staged);
                    break;
                } catch (IOException | UncheckedIOException e) {
                    // Its writer may be deleting it at the same time.
                }
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            List<Path> all;
            try (Stream<Path> walk = Files.walk(root)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : all) {
                Files.deleteIfExists(path);
            }
        }
    }
}
