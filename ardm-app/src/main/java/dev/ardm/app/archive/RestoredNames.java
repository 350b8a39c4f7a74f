package dev.ardm.app.archive;

import dev.ardm.app.FirstNames;
import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.core.archive.ItemRanges;
import dev.ardm.data.DataException;
import dev.ardm.data.file.FileNames;
import dev.ardm.data.file.TakenNames;
import dev.ardm.data.image.ImageFolder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names that restored items get as files. Names of items are labels from anywhere: characters that files here do not have are
 * replaced, a name that would then occur twice gets a number, and a name that leads out of the folder is refused. Keeps no names;
 * goes through the items in order, twice.
 */
public final class RestoredNames implements Closeable {
    /** How the names of archives end. */
    public static final String EXTENSION = ".ardm";

    private static final Pattern GZIP = Pattern.compile("\\.gz$", Pattern.CASE_INSENSITIVE);
    private static final Pattern IMAGE =
            Pattern.compile("\\.(png|jpe?g|bmp|gif|tiff?|webp|pnm|pbm|pgm|ppm)$", Pattern.CASE_INSENSITIVE);

    private final OpenedArchive archive;
    private final TakenNames taken;
    private final Iterator<Integer> items;
    private final FolderNames folders = new FolderNames();
    private final FirstNames blocked = new FirstNames();
    private int changed;
    private String example = "";

    /**
     * Names for items in a folder.
     *
     * @throws UserError if two of them have one name
     * @throws DataException if a name leads out of the folder
     */
    RestoredNames(OpenedArchive archive, ItemRanges items, Path folder) throws IOException {
        this.archive = archive;
        this.items = items.numbers().iterator();
        this.taken = TakenNames.nextTo(folder, Math.toIntExact(items.count()));
        try {
            for (int item : (Iterable<Integer>) () -> items.numbers().iterator()) {
                folders.add(archive.name(item));
            }
            reserve(items, folder);
        } catch (IOException | RuntimeException e) {
            taken.close();
            throw e;
        }
    }

    /** Reserves the names that stay as they are, so that no changed one takes them. */
    private void reserve(ItemRanges all, Path folder) throws IOException {
        for (int item : (Iterable<Integer>) () -> all.numbers().iterator()) {
            String name = archive.name(item);
            if (folders.contains(name)) {
                blocked.add(name);
                continue;
            }
            String plain = ImageFolder.writableName(name);
            try {
                FileNames.requireSafe(item, plain);
            } catch (DataException e) {
                throw new DataException(folder + ": " + e.getMessage(), e);
            }
            if (plain.equals(name) && !taken.add(name)) {
                throw new UserError(archive.file() + ": two items have the same name; "
                        + (archive.layout().hasSide()
                                ? "ardm extract writes items one by one"
                                : "write them to a file NAME.npy"));
            }
        }
    }

    /**
     * The name of an item, which is a later one each time; null if it is that of a folder of others. Does not depend on which of the
     * items can be read.
     */
    @Nullable
    String of(int item) throws IOException {
        String name = null;
        for (int next = -1; next < item; ) {
            next = items.next();
            String given = archive.name(next);
            name = folders.contains(given) ? null : give(given, taken::add);
        }
        if (name == null) {
            return null;
        }
        if (!name.equals(archive.name(item))) {
            example = changed == 0 ? name : example;
            changed++;
        }
        return name;
    }

    /** How many items cannot be written because their names are those of folders. */
    int blocked() {
        return blocked.count();
    }

    /** Says which these are, if there are any. */
    void tellBlocked(Listener listener) {
        if (blocked.count() > 0) {
            listener.warn(archive.file() + ": " + Text.count(blocked.count(), "item")
                    + " not written, because other items are in a folder of that name: " + blocked
                    + "; ardm extract -o FILE writes one under another name");
        }
    }

    /** How many names that were given differ from those in the archive. */
    int changed() {
        return changed;
    }

    /** The first of them. */
    String example() {
        return example;
    }

    @Override
    public void close() throws IOException {
        taken.close();
    }

    /** Names that are in use. */
    private interface Taken {
        /** Adds a name; false if it was there. */
        boolean add(String name) throws IOException;
    }

    private static String give(String name, Taken taken) throws IOException {
        String plain = ImageFolder.writableName(name);
        if (plain.equals(name)) {
            return name;
        }
        String free = plain;
        for (int n = 2; !taken.add(free); n++) {
            int dot = plain.lastIndexOf('.');
            int end = dot > plain.lastIndexOf('/') ? dot : plain.length();
            free = plain.substring(0, end) + "_" + n + plain.substring(end);
        }
        return free;
    }

    /** Names of files for a few items that all have different names, in memory. */
    public static List<String> portable(List<String> names) throws IOException {
        java.util.Set<String> taken = new java.util.HashSet<>();
        for (String name : names) {
            if (ImageFolder.writableName(name).equals(name)) {
                taken.add(name);
            }
        }
        List<String> portable = new ArrayList<>(names.size());
        for (String name : names) {
            portable.add(give(name, taken::add));
        }
        return portable;
    }

    /** The name of an item that has none: its number, so that items left out do not shift the others. */
    public static String numbered(int item, int items) {
        int width = Math.max(5, Integer.toString(Math.max(0, items - 1)).length());
        return String.format(Locale.ROOT, "%0" + width + "d", item);
    }

    /** The archive of an input where no name is given: {@code photos/} becomes {@code photos.ardm}. */
    public static Path archiveOf(Path input) {
        Path name = input.normalize().getFileName();
        if (name == null || name.toString().isEmpty() || name.toString().equals("..")) {
            throw new UserError(input + ": give the archive a name with -o");
        }
        return input.normalize().resolveSibling(name + EXTENSION);
    }

    /** Whether a name is that of an archive. */
    public static boolean isArchiveName(Path archive) {
        String name = String.valueOf(archive.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(EXTENSION) && name.length() > EXTENSION.length();
    }

    /** The path of an archive without its ending. */
    public static Path stripped(Path archive) {
        String name = String.valueOf(archive.getFileName());
        return archive.resolveSibling(name.substring(0, name.length() - EXTENSION.length()));
    }
}
