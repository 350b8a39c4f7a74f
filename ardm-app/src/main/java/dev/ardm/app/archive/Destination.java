package dev.ardm.app.archive;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.data.OutputPath;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.file.IOConsumer;
import dev.ardm.core.archive.ItemRanges;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.format.OutputOptions;
import dev.ardm.data.format.OutputOptions.As;
import dev.ardm.data.layer.PngNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where items of an archive are restored to: one file, or a folder of files.
 *
 * @param options whether it is a file or a folder
 */
public record Destination(OpenedArchive archive, Path path, OutputOptions options) implements Restoration.Target {
    private static final Pattern GZIP = Pattern.compile("\\.gz$", Pattern.CASE_INSENSITIVE);

    /**
     * The destination of some items.
     *
     * @param out what the user asks for; null for the archive's name without its ending
     * @param replace whether a file may be replaced
     * @throws IllegalArgumentException if items of the model's size cannot be written to what {@code out} asks for
     * @throws UserError if it cannot be written, or cannot hold the items
     */
    public static Destination of(OpenedArchive archive, ItemRanges items, @Nullable String out, boolean replace)
            throws IOException {
        ItemLayout layout = archive.layout();
        Destination found =
                !layout.hasSide() ? ofValues(archive, items, out, replace) : ofFiles(archive, items, out, replace);
        OutputPath.requireOther(found.path, archive.file(), archive.model().file());
        if (found.isFile() && items.count() != 1 && archive.format().filePerItem() && !found.isArray()) {
            throw new UserError(found.path + ": is a single file, but " + archive.file() + " has " + items.count()
                    + " items; choose one with --item, or give a folder (NAME/)"
                    + (layout.hasSide() ? "" : " or NAME.npy"));
        }
        return found;
    }

    private static Destination of(OpenedArchive archive, ItemRanges items, Path path, As as, boolean replace) {
        OutputOptions options =
                OutputOptions.named(replace).as(as).with(archive.layout()).atMost(Math.toIntExact(items.count()));
        return new Destination(archive, path, options);
    }

    /** A writer for items of the model's size: an array if the name ends in .npy or .idx, else an image or a folder of images. */
    private static Destination ofValues(OpenedArchive archive, ItemRanges items, @Nullable String out, boolean replace)
            throws IOException {
        Path stripped = RestoredNames.stripped(archive.file());
        OutputPath output = OutputPath.of(
                out != null ? out : defaultValues(archive, stripped).toString(), true, replace);
        output.check(archive.file(), archive.model().file());
        output.check(archive.format().space());
        return of(
                archive, items, output.path(), output.kind() == OutputPath.Kind.FOLDER ? As.FOLDER : As.FILE, replace);
    }

    private static Path defaultValues(OpenedArchive archive, Path stripped) {
        String plain = GZIP.matcher(String.valueOf(stripped.getFileName())).replaceFirst("");
        if (isArray(plain)) {
            return stripped.resolveSibling(plain);
        }
        if (archive.format().extension().equals(".npy")) {
            return stripped.resolveSibling(plain + ".npy");
        }
        String stem = PngNames.stem(plain);
        return stripped.resolveSibling(archive.size() == 1 && !stem.equals(plain) ? stem + ".png" : stem);
    }

    private static boolean isArray(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".npy") || lower.endsWith(".idx") || lower.endsWith("-ubyte");
    }

    /** Items that are files, or rows of them. */
    private static Destination ofFiles(OpenedArchive archive, ItemRanges items, @Nullable String out, boolean replace)
            throws IOException {
        if (out == null) {
            Path stripped = RestoredNames.stripped(archive.file());
            Path single = single(archive, stripped);
            if (single != null) {
                OutputPath.requireFile(single, replace);
                return of(archive, items, single, As.FILE, replace);
            }
            boolean many = !archive.format().filePerItem();
            if (many && Files.isRegularFile(stripped)) {
                OutputPath.requireFile(stripped, replace);
            }
            return of(archive, items, stripped, many ? As.AS_BEFORE : As.FOLDER, replace);
        }
        Path path = Path.of(out);
        As as = archive.format().linesOfFiles()
                ? OutputOptions.named(replace).successively(out).as()
                : !out.endsWith("/") && hasExtension(path) ? As.FILE : As.FOLDER;
        if (as != As.FOLDER) {
            OutputPath.requireFile(path, replace);
        }
        return of(archive, items, path, as, replace);
    }

    /** The file of the only item, if the archive is called like it; else null. */
    private static @Nullable Path single(OpenedArchive archive, Path stripped) throws IOException {
        if (archive.size() != 1) {
            return null;
        }
        String wanted = String.valueOf(stripped.getFileName());
        String name = archive.name(0);
        boolean same = name.equals(wanted) || (archive.layout().images() && name.equals(PngNames.of(wanted)));
        return same ? stripped.resolveSibling(name) : null;
    }

    private static boolean hasExtension(Path target) {
        return String.valueOf(target.getFileName()).lastIndexOf('.') > 0 && !Files.isDirectory(target);
    }

    private boolean isFile() {
        return options.as() == As.FILE;
    }

    private boolean isArray() {
        return !archive.layout().hasSide() && isArray(String.valueOf(path.getFileName()));
    }

    /** The folder that items get their names in; null if they go into one file. */
    public @Nullable Path folder() {
        return options.as() == As.FOLDER ? path : null;
    }

    @Override
    public ItemWriter begin() throws IOException {
        return begin(archive, path, options);
    }

    private static ItemWriter begin(OpenedArchive archive, Path path, OutputOptions options) throws IOException {
        try {
            return archive.format().writer(path, options);
        } catch (IllegalArgumentException e) {
            throw new UserError(archive.file() + ": holds images that are not files: " + e.getMessage());
        }
    }

    /**
     * One file for one item, or for several that become one file together. It may have any name; that of an array makes it one.
     *
     * @param most how many items there will be at most
     */
    static ItemWriter file(OpenedArchive archive, Path path, int most, boolean replace) throws IOException {
        String name = String.valueOf(path.getFileName());
        boolean array = !archive.layout().hasSide() && isArray(name);
        return through(
                archive, array ? name : "file" + archive.format().extension(), most, ScratchWriter.to(path, replace));
    }

    /**
     * One complete file for something that takes a file's bytes, such as standard output.
     *
     * @param array whether items of the model's size are written as an array though they could be an image
     * @param destination receives the complete file
     */
    public static ItemWriter through(
            OpenedArchive archive, int most, boolean array, IOConsumer<? super Path> destination) throws IOException {
        return through(archive, "file" + (array ? ".npy" : archive.format().extension()), most, destination);
    }

    private static ItemWriter through(
            OpenedArchive archive, String name, int most, IOConsumer<? super Path> destination) throws IOException {
        As as = archive.format().linesOfFiles() ? As.JOINED : As.FILE;
        OutputOptions options =
                OutputOptions.named(false).as(as).with(archive.layout()).atMost(most);
        return new ScratchWriter(name, file -> begin(archive, file, options), destination);
    }

    /**
     * One file of all items for something that takes a file's bytes. Items of the model's size without names become an array.
     *
     * @param chosen whether the user chose the item, so that an image is one
     * @param receiver receives the complete file
     * @throws UserError if the items are several files
     */
    public static Restoration.Target through(
            OpenedArchive archive, ItemRanges items, boolean chosen, IOConsumer<? super Path> receiver)
            throws IOException {
        boolean one = items.count() == 1;
        boolean values = !archive.layout().hasSide();
        boolean named = values && items.count() > 0 && hasName(archive, items);
        if (!one && (values ? named : !archive.itemsShareFiles())) {
            throw new UserError(archive.file() + ": holds " + Text.count(items.count(), "file")
                    + ", but standard output takes only one; choose it with --item, or use ardm cat");
        }
        boolean array = values && !(one && (chosen || named));
        return () -> through(archive, Math.toIntExact(items.count()), array, receiver);
    }

    private static boolean hasName(OpenedArchive archive, ItemRanges items) throws IOException {
        int first = items.ranges().get(0).from();
        return !archive.items().reader().lost(first)
                && archive.items().name(first).isPresent();
    }

    /** The name that an item gets as a file by itself; not checked for where it leads. */
    static String fileName(OpenedArchive archive, String item) {
        String extension = archive.format().extension();
        if (archive.layout().hasSide()) {
            return archive.format().linesOfFiles() ? item + extension : item;
        }
        return extension.equals(".png") ? PngNames.of(item) : item + extension;
    }
}
