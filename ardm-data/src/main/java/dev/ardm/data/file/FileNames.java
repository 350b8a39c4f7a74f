package dev.ardm.data.file;

import dev.ardm.data.DataException;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of files to write, made one after the other from untrusted names of items. */
public final class FileNames implements Closeable {
    /** Characters that file names cannot contain; {@code /} separates their parts. */
    public static final Pattern REFUSED =
            Pattern.compile(File.separatorChar == '\\' ? "[\\p{Cntrl}\\\\:*?\"<>|]" : "[\\p{Cntrl}\\\\]");

    /** The length that file systems take. */
    private static final int MOST_PART_BYTES = 255;

    private static final int MOST_BYTES = 3500;

    private static final Set<String> EXTENSIONS = Set.of(
            "png", "jpg", "jpeg", "jpe", "jfif", "bmp", "dib", "gif", "tif", "tiff", "webp", "pnm", "pbm", "pgm", "ppm",
            "pam", "apng");

    private final TakenNames used;

    /**
     * No names yet.
     *
     * @param folder that they are for
     * @param most how many there will be at most
     */
    public FileNames(Path folder, int most) throws IOException {
        this.used = TakenNames.nextTo(folder, most);
    }

    /**
     * A safe relative file name for an item, ending in {@code .png}, other than all before even if case does not count.
     *
     * @throws DataException if the item's name leads out of the folder, cannot be a file name or is taken
     */
    public String png(int item, String name) throws IOException {
        requireSafe(item, name);
        String stem = hasImageExtension(name) ? name.substring(0, name.lastIndexOf('.')) : name;
        String file = stem.isEmpty() || stem.endsWith("/") ? name + ".png" : stem + ".png";
        if (!take(file)) {
            file = name + ".png";
            if (!take(file)) {
                throw taken(item, name);
            }
        }
        requireSafe(item, file);
        return file;
    }

    /** Whether a name ends like an image's. */
    public static boolean hasImageExtension(String name) {
        int dot = name.lastIndexOf('.');
        return dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    public static DataException taken(int item, String name) {
        return new DataException("item " + item + ": the name " + shown(name) + " is taken by an earlier item");
    }

    private boolean take(String file) throws IOException {
        return used.add(file.toLowerCase(Locale.ROOT));
    }

    public static void requireSafe(int item, String name) throws DataException {
        boolean bad = REFUSED.matcher(name).find();
        boolean tooLong = name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
        for (String part : name.split("/", -1)) {
            bad |= part.isEmpty() || part.equals(".") || part.equals("..");
            tooLong |= part.getBytes(StandardCharsets.UTF_8).length > MOST_PART_BYTES;
        }
        if (bad) {
            throw new DataException(
                    "item " + item + ": its name \"" + shown(name) + "\" is not a valid relative file name");
        }
        if (tooLong) {
            throw new DataException(
                    "item " + item + ": its name \"" + shown(name) + "\" is longer than those of files: "
                            + MOST_PART_BYTES + " bytes a part, and " + MOST_BYTES + " in all");
        }
    }

    private static String shown(String name) {
        String text = name.length() > 80 ? name.substring(0, 80) + "..." : name;
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public void close() throws IOException {
        used.close();
    }
}
