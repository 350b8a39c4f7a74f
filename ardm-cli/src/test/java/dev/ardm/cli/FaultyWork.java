package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Space;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.image.ImageFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Something that a process does, to which faults are done, and what must hold after any of them. */
abstract class FaultyWork {
    static final Space SPACE = Space.image(8, 8, 1, 16);
    static final int CALLS = 1;
    static final int ITEMS = 400;
    private static final int IMAGES = 200;

    /** Only what is written lies here. */
    final Path out;

    private int rounds;

    FaultyWork(Path out) throws IOException {
        this.out = Files.createDirectories(out);
    }

    enum Kind {
        COMPRESS,
        DECOMPRESS,
        APPEND
    }

    static FaultyWork of(Kind kind, Path sources, Path out) throws IOException {
        return switch (kind) {
            case COMPRESS -> new Compress(sources, out);
            case DECOMPRESS -> new Decompress(sources, out);
            case APPEND -> new Append(out);
        };
    }

    /** A model, items of it as an array and as images, and their archives. */
    static void prepare(Path sources) throws IOException {
        Files.createDirectories(sources);
        Path model = Cli.modelFile(sources.resolve("model.safetensors"), SPACE, 1);
        List<int[]> values = Cli.values(SPACE, ITEMS, 3);
        NpyFile.write(sources.resolve("items.npy"), PackedItemSet.of(SPACE, values, null));
        List<int[]> few = values.subList(0, IMAGES);
        ImageFolder.write(
                sources.resolve("images"),
                PackedItemSet.of(
                        SPACE,
                        few,
                        IntStream.range(0, few.size()).mapToObj(k -> k + ".png").toList()));
        for (String[] pair : new String[][] {{"items.npy", "x.ardm"}, {"images", "images.ardm"}}) {
            Cli.run("compress", "-m", model, "--calls", CALLS, "-o", sources.resolve(pair[1]), sources.resolve(pair[0]))
                    .good();
        }
    }

    /** The command. */
    abstract List<String> line();

    /** Takes away what earlier rounds completed, but not what they left over. */
    abstract void reset() throws IOException;

    /** Whether the work is complete under its final name. */
    abstract boolean complete() throws IOException;

    /** Requires that what has a final name is whole and right. */
    abstract void requireWhole(String said) throws IOException;

    int round() {
        return rounds++;
    }

    /** What is there that is not the result: temporary files and folders. */
    List<Path> left() throws IOException {
        if (!Files.exists(out)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(out)) {
            return files.filter(file -> file.getFileName().toString().startsWith("."))
                    .toList();
        } catch (UncheckedIOException | NoSuchFileException e) {
            return List.of(); // removed meanwhile
        }
    }

    /** Whether the process has begun to write. */
    boolean begun() throws IOException {
        return !left().isEmpty();
    }

    /** Requires that nothing but the result and temporary files is there, and that the result is whole. */
    void requireSound(String said) throws IOException {
        for (Path file : left()) {
            assertThat(file.getFileName().toString()).matches("\\..+\\.(tmp-\\d+-\\d+(\\.lock)?|append-lock)");
        }
        requireWhole(said);
    }

    /** Makes what was left over look so old that the next process may delete it. */
    void age() throws IOException {
        for (Path file : left()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(3))));
        }
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // deleted meanwhile
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static final class Compress extends FaultyWork {
        private final Path sources;
        private final Path target;

        Compress(Path sources, Path out) throws IOException {
            super(out);
            this.sources = sources;
            this.target = out.resolve("x.ardm");
        }

        @Override
        List<String> line() {
            return Programs.line(
                    "compress",
                    "-q",
                    "--no-progress",
                    "-m",
                    sources.resolve("model.safetensors"),
                    "--calls",
                    CALLS,
                    "--threads",
                    1,
                    "-o",
                    target,
                    sources.resolve("items.npy"));
        }

        @Override
        void reset() throws IOException {
            Files.deleteIfExists(target);
        }

        @Override
        boolean complete() {
            return Files.exists(target);
        }

        @Override
        void requireWhole(String said) throws IOException {
            if (complete()) {
                assertThat(Files.mismatch(target, sources.resolve("x.ardm"))).isEqualTo(-1);
            }
        }
    }

    private static final class Decompress extends FaultyWork {
        private final Path sources;
        private final Path target;
        private final Map<String, String> wanted;

        Decompress(Path sources, Path out) throws IOException {
            super(out);
            this.sources = sources;
            this.target = out.resolve("back");
            this.wanted = Cli.files(sources.resolve("images"));
        }

        @Override
        List<String> line() {
            return Programs.line(
                    "decompress",
                    "-q",
                    "--no-progress",
                    "-m",
                    sources.resolve("model.safetensors"),
                    "--threads",
                    1,
                    "-o",
                    target + "/",
                    sources.resolve("images.ardm"));
        }

        @Override
        void reset() throws IOException {
            delete(target);
        }

        @Override
        boolean complete() {
            return Files.exists(target);
        }

        @Override
        void requireWhole(String said) throws IOException {
            if (complete()) {
                assertThat(Cli.files(target)).isEqualTo(wanted);
            }
        }
    }

    /** Goes on with one archive through all rounds, unless it is told to begin anew. */
    private static final class Append extends FaultyWork {
        private static final int APPENDED = 200;

        private final Path target;
        private long before;
        private int items;

        Append(Path out) throws IOException {
            super(out);
            this.target = out.resolve("store.ardm");
        }

        @Override
        List<String> line() {
            List<String> line = new ArrayList<>(Programs.line());
            line.set(line.size() - 1, AppendingProgram.class.getName());
            line.addAll(List.of(target.toString(), "run" + round(), Integer.toString(APPENDED)));
            return line;
        }

        @Override
        void reset() throws IOException {
            if (Files.exists(target) && Files.size(target) > 300_000) {
                Files.delete(target);
                items = 0;
            }
            before = Files.exists(target) ? Files.size(target) : 0;
        }

        @Override
        boolean begun() throws IOException {
            return Files.exists(target) && Files.size(target) != before;
        }

        @Override
        boolean complete() throws IOException {
            return said >= APPENDED;
        }

        private int said;

        @Override
        void requireWhole(String output) throws IOException {
            List<String> promised = output.lines()
                    .filter(line -> line.matches("\\d+ run\\d+-\\d+"))
                    .toList();
            said = promised.size();
            if (!Files.exists(target)) {
                assertThat(promised).isEmpty();
                return;
            }
            try (ItemArchive archive = ItemArchive.openCommitted(target, AppendingProgram.model())) {
                assertThat(archive.size()).isGreaterThanOrEqualTo(items + promised.size());
                for (String line : promised) {
                    int number = Integer.parseInt(line.substring(0, line.indexOf(' ')));
                    assertThat(number).isGreaterThanOrEqualTo(items);
                    assertThat(archive.name(number)).contains(line.substring(line.indexOf(' ') + 1));
                }
                for (int k = items; k < archive.size(); k++) {
                    String name = archive.name(k).orElseThrow();
                    assertThat(archive.get(k)).isEqualTo(AppendingProgram.item(name));
                }
                items = archive.size();
            }
        }
    }
}
