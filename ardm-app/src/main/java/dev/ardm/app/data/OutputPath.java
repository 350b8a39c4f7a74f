package dev.ardm.app.data;

import dev.ardm.app.UserError;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.format.ArrayFormat;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.OutputOptions;
import dev.ardm.data.image.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Where items are written to: the path of {@code -o}, and the kind of file by its name. */
public final class OutputPath {
    /** Names that are taken for files of a kind that is not written, rather than for folders. */
    private static final Set<String> NOT_FOLDERS = Set.of(
            "gz",
            "zip",
            "jpg",
            "jpeg",
            "gif",
            "bmp",
            "tif",
            "tiff",
            "webp",
            "pnm",
            "pgm",
            "ppm",
            "npz",
            "csv",
            "ardm",
            "safetensors");

    /** What is written. */
    public enum Kind {
        /** One image. */
        PNG,
        /** All items in one array. */
        NPY,
        /** All items in one array of bytes. */
        IDX,
        /** One PNG for each item. */
        FOLDER
    }

    private final Path path;
    private final Kind kind;
    private final boolean replace;

    private OutputPath(Path path, Kind kind, boolean replace) {
        this.path = path;
        this.kind = kind;
        this.replace = replace;
    }

    /**
     * The output of a name: a folder if there is one or the name ends in a slash, else by the ending {@code .png},
     * {@code .npy}, {@code .idx} or {@code -ubyte}.
     *
     * @param folderByDefault whether a name without a known ending is a folder
     * @param replace whether a file that is there may be replaced
     * @throws IllegalArgumentException if no kind follows from the name
     */
    public static OutputPath of(String given, boolean folderByDefault, boolean replace) {
        if (given.isEmpty()) {
            throw new IllegalArgumentException("-o must not be empty");
        }
        Path path = Path.of(given);
        String name = path.getFileName() == null ? "" : path.getFileName().toString();
        String lower = name.toLowerCase(Locale.ROOT);
        if (given.endsWith("/") || given.endsWith(path.getFileSystem().getSeparator()) || Files.isDirectory(path)) {
            return new OutputPath(path, Kind.FOLDER, replace);
        }
        if (lower.endsWith(".png")) {
            return new OutputPath(path, Kind.PNG, replace);
        }
        if (lower.endsWith(".npy")) {
            return new OutputPath(path, Kind.NPY, replace);
        }
        if (lower.endsWith(".idx") || lower.endsWith("-ubyte")) {
            return new OutputPath(path, Kind.IDX, replace);
        }
        if (!folderByDefault || NOT_FOLDERS.contains(lower.substring(lower.lastIndexOf('.') + 1))) {
            throw new IllegalArgumentException(
                    "-o " + given + ": not a kind of output; give NAME.png, NAME.npy, NAME.idx or a folder (NAME/)");
        }
        return new OutputPath(path, Kind.FOLDER, replace);
    }

    public Path path() {
        return path;
    }

    public Kind kind() {
        return kind;
    }

    /**
     * Finds out before the work whether the output can be written.
     *
     * @param inputs files and folders that must not be written over
     */
    public void check(Path... inputs) throws IOException {
        requireOther(path, inputs);
        if (kind == Kind.FOLDER) {
            requireFolder(path);
            if (!Files.exists(path)) {
                return;
            }
            if (!Files.isDirectory(path)) {
                throw new UserError(path + ": exists already and is not a folder");
            }
            if (Files.isSameFile(path, Path.of("").toAbsolutePath())) {
                throw new UserError(path + ": is the current folder; name one to be made");
            }
            try (Stream<Path> inside = Files.list(path)) {
                if (inside.findAny().isPresent()) {
                    throw new UserError(path + ": exists already and is not an empty folder");
                }
            }
        } else {
            requireFile(path, replace);
        }
    }

    /** Refuses a space whose items this kind of output cannot hold. */
    public void check(Space space) {
        if ((kind == Kind.PNG || kind == Kind.FOLDER) && !ArrayFormat.isImage(space)) {
            throw new UserError(path + ": items of " + space + " are not images; write them to a file NAME.npy");
        }
        if (kind == Kind.IDX && (space.rank() != 3 || space.maxCategories() > 256)) {
            throw new UserError(
                    path + ": an IDX file holds images of bytes, not " + space + "; write them to a file NAME.npy");
        }
    }

    /** How it is written. */
    public OutputOptions options() {
        return OutputOptions.named(replace).as(kind == Kind.FOLDER ? OutputOptions.As.FOLDER : OutputOptions.As.FILE);
    }

    /** Writes all items of a set; nothing has the final name before it is complete. */
    public void write(DataFormat format, ItemSet items, Map<String, String> texts) throws IOException {
        try (ItemWriter writer =
                        format.writer(path, options().atMost(items.size()).with(texts));
                ItemCursor cursor = items.cursor()) {
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                writer.add(item);
            }
            writer.commit();
        }
    }

    /** Refuses to write a file over an input. */
    public static void requireOther(Path output, Path... inputs) throws IOException {
        for (Path input : inputs) {
            if (Files.exists(output) && Files.exists(input) && Files.isSameFile(output, input)) {
                throw new UserError(output + ": is both input and output");
            }
        }
    }

    /** Finds out whether a file can be written. */
    public static void requireFile(Path path, boolean replace) {
        if (Files.isDirectory(path)) {
            throw new UserError(path + ": is a folder");
        }
        if (Files.exists(path) && !replace) {
            throw new UserError(path + ": exists already; --force replaces it");
        }
        requireFolder(path);
    }

    /** Finds out whether something new can be put into the folder that it goes into. */
    private static void requireFolder(Path path) {
        Path parent = path.toAbsolutePath().normalize().getParent();
        if (parent == null) {
            return;
        }
        if (!Files.isDirectory(parent)) {
            throw new UserError(path + ": cannot be written: "
                    + (Files.exists(parent) ? parent + " is not a folder" : "no folder " + parent));
        }
        if (!Files.isWritable(parent)) {
            throw new UserError(path + ": cannot be written: the folder " + parent + " is not writable");
        }
    }

    /** Refuses to replace a file that is read as an item of a folder. */
    public static void requireNoInput(Path out, boolean anyFile, List<Path> paths) throws IOException {
        if (!Files.exists(out)) {
            return;
        }
        Path real = out.toRealPath();
        for (Path path : paths) {
            if (Files.isDirectory(path) && real.startsWith(path.toRealPath())) {
                String inside = path.toRealPath().relativize(real).toString().replace('\\', '/');
                boolean hidden = inside.startsWith(".") || inside.contains("/.");
                if (!hidden && (anyFile || ImageFolder.isImage(real))) {
                    throw new UserError(out + ": is both input and output");
                }
            }
        }
    }
}
