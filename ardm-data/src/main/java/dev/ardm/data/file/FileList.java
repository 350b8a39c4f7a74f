package dev.ardm.data.file;

import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.data.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a folder and the folders in it, without hidden ones, in the order of their names, which are the paths
 * relative to the folder with {@code /} between the parts. Of many files the names are in a scratch file if there may be one.
 */
public final class FileList implements Closeable {
    /** How many names are sorted in memory. */
    static final int RUN = 1 << 12;

    /** A file, and its name in the folder. */
    public record Entry(Path path, String name) {}

    /** Goes through the files once. */
    public interface Cursor {
        /** The next file; null after the last. */
        @Nullable
        Entry next() throws IOException;
    }

    private final List<Entry> inMemory;
    private final @Nullable SortedRuns spilled;
    private final int size;

    private FileList(List<Entry> inMemory, @Nullable SortedRuns spilled, int size) {
        this.inMemory = inMemory;
        this.spilled = spilled;
        this.size = size;
    }

    /**
     * Lists a folder.
     *
     * @param nextTo a file that is being written, next to which a scratch file may be; null to keep all names in memory
     * @throws DataException if two files have one name, as such may that the system's character encoding cannot express
     */
    public static FileList of(Path folder, @Nullable Path nextTo) throws IOException {
        List<Entry> run = new ArrayList<>();
        SortedRuns runs = null;
        int size = 0;
        try (Stream<Path> walk = walk(folder)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                if (hidden(folder, path) || !Files.isRegularFile(path)) {
                    continue;
                }
                if (size == Integer.MAX_VALUE) {
                    throw DataException.in(folder.toString(), "holds too many files");
                }
                if (nextTo != null && run.size() == RUN) {
                    runs = runs != null ? runs : new SortedRuns(folder, nextTo);
                    runs.add(sorted(run));
                    run.clear();
                }
                run.add(new Entry(path, relative(folder, path)));
                size++;
            }
            if (runs != null) {
                runs.add(sorted(run));
                run.clear();
            }
            return new FileList(sorted(run), runs, size);
        } catch (IOException | RuntimeException e) {
            if (runs != null) {
                runs.close();
            }
            if (e instanceof UncheckedIOException unchecked) {
                throw unchecked.getCause();
            }
            throw e;
        }
    }

    /** All that is in a folder. A link that is named is followed; links in the folder are not, so that none leads out of it or round. */
    @SuppressWarnings("StreamResourceLeak") // Closed by the caller.
    public static Stream<Path> walk(Path folder) throws IOException {
        if (!Files.isSymbolicLink(folder)) {
            return Files.walk(folder);
        }
        Path real = folder.toRealPath();
        return Files.walk(real).map(path -> folder.resolve(real.relativize(path)));
    }

    /**
     * The permissions that all files have which are listed of paths; empty if there are none, or systems have none.
     *
     * @throws IOException if a file cannot be looked at
     */
    public static OptionalInt sharedModes(List<Path> paths) throws IOException {
        OptionalInt shared = OptionalInt.empty();
        for (Path given : paths) {
            try (Stream<Path> walk = walk(given)) {
                for (Path path : (Iterable<Path>) walk::iterator) {
                    if (Files.isRegularFile(path) && (path.equals(given) || !hidden(given, path))) {
                        OptionalInt mode = FileModes.of(path);
                        shared = shared.isPresent() && mode.isPresent()
                                ? OptionalInt.of(shared.getAsInt() & mode.getAsInt())
                                : mode;
                    }
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        return shared;
    }

    /** A single file, named by its file name. */
    public static FileList single(Path file) {
        return new FileList(List.of(new Entry(file, String.valueOf(file.getFileName()))), null, 1);
    }

    public int size() {
        return size;
    }

    /** Begins before the first file. */
    public Cursor cursor() throws IOException {
        Cursor sorted = spilled != null ? spilled.cursor() : inMemory();
        return new Cursor() {
            private @Nullable Entry last;

            @Override
            public @Nullable Entry next() throws IOException {
                Entry entry = sorted.next();
                if (entry != null && last != null && entry.name().equals(last.name())) {
                    throw DataException.in(entry.path().toString(), "another file has the same name");
                }
                last = entry;
                return entry;
            }
        };
    }

    private Cursor inMemory() {
        var entries = inMemory.iterator();
        return () -> entries.hasNext() ? entries.next() : null;
    }

    @Override
    public void close() throws IOException {
        if (spilled != null) {
            spilled.close();
        }
    }

    private static List<Entry> sorted(List<Entry> entries) {
        return entries.stream().sorted(Comparator.comparing(Entry::name)).toList();
    }

    private static boolean hidden(Path folder, Path path) {
        for (Path part : folder.relativize(path)) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static String relative(Path folder, Path path) {
        return folder.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    /**
     * Looks at what will be listed of a path, before its names become names of items.
     *
     * @param others receives what is in a folder and was skipped though it is not hidden: links that lead to folders or nowhere, pipes and
     *     devices
     * @throws DataException if the system's character encoding cannot express the name of a file, so that it would come back under
     *     another one
     */
    public static void check(Path given, Consumer<String> others) throws IOException {
        if (!Files.isDirectory(given)) {
            requireText(given, Objects.requireNonNullElse(given.getFileName(), given));
            return;
        }
        try (Stream<Path> walk = walk(given)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                if (path.equals(given) || hidden(given, path) || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                if (Files.isRegularFile(path)) {
                    requireText(path, given.relativize(path));
                } else {
                    others.accept(given.relativize(path).toString());
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void requireText(Path file, Path name) throws DataException {
        try {
            if (name.getFileSystem().getPath(name.toString()).equals(name)) {
                return;
            }
        } catch (InvalidPathException e) {
            // Not even that.
        }
        throw DataException.in(
                file.toString(),
                "its name is not of the character encoding that names have here, and would be lost; rename it first");
    }
}
