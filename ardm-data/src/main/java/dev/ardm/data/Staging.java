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

    private Staging() {}

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
        PENDING.add(staged);
        try {
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(staged, StandardOpenOption.CREATE_NEW), 1 << 16)) {
                writer.write(out);
            }
            try {
                Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(staged, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(staged);
            PENDING.remove(staged);
        }
    }

    /** Writes a folder that must not exist yet, or be empty. */
    static void folder(Path target, FolderWriter writer) throws IOException {
        Path staged = sibling(target);
        PENDING.add(staged);
        try {
            Files.createDirectory(staged);
            writer.write(staged);
            Files.deleteIfExists(target);
            Files.move(staged, target);
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

    /** At the end of the JVM, while a writer may still be adding files. */
    private static void discardAll() {
        for (Path staged : PENDING) {
            for (int attempt = 0; attempt < 20; attempt++) {
                try {
                    deleteTree(staged);
                    break;
                } catch (IOException | UncheckedIOException e) {
                    // A file was added in the meantime.
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
