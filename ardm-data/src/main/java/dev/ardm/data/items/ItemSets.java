package dev.ardm.data.items;

import dev.ardm.core.Space;
import dev.ardm.data.ConcatenatedItemSet;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Spaces;
import dev.ardm.data.array.ArrayReader;
import dev.ardm.data.array.IdxFile;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.file.ByteSource;
import dev.ardm.data.image.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens data sets of any kind. */
public final class ItemSets {
    private ItemSets() {}

    /**
     * Opens a folder of images (recursive, sorted by name), one image, an IDX file or an NPY file (the last two also as
     * gzip). What a file is follows from its content, not from its name.
     *
     * <p>Images and IDX files of bytes have 256 categories (65536 for images of 16-bit channels; 2, 4 or 16 for images of grey
     * of 1, 2 or 4 bits). Files that do not
     * state a range get, with {@code max} their largest value, {@code max + 1} categories (at least 2) if {@code max <
     * 32}, else {@code max + 1} rounded up to a power of two.
     *
     * @throws DataException if it cannot be read, saying which file, where and why
     */
    public static ItemSet open(Path path) throws IOException {
        return open(path, null);
    }

    /**
     * Opens the same under a space that is already known, such as a model's: shapes must agree and all values must be
     * below its number of categories. Nothing is scaled, cut or dropped to make it fit.
     *
     * @throws DataException if it cannot be read or does not fit, saying what was wanted and what was found
     */
    public static ItemSet open(Path path, @Nullable Space expected) throws IOException {
        return open(path, expected, false);
    }

    /**
     * Opens the same.
     *
     * @param widen whether images may be brought to a common kind, see {@link ImageFolder#read(Path, Space, boolean)}
     */
    public static ItemSet open(Path path, @Nullable Space expected, boolean widen) throws IOException {
        if (!Files.exists(path)) {
            throw DataException.in(path.toString(), "no such file or folder");
        }
        if (Files.isDirectory(path)) {
            return ImageFolder.read(path, expected, widen);
        }
        byte[] head = ByteSource.peek(path, 8);
        if (NpyFile.looksLikeNpy(head)) {
            return fitted(path, NpyFile.read(path), expected);
        }
        if (IdxFile.looksLikeIdx(head)) {
            return fitted(path, IdxFile.read(path), expected);
        }
        return ImageFolder.readFile(path, expected, widen);
    }

    /**
     * Opens several as one set, in the order given. All must have the same space. Names that would occur twice get the
     * name of their folder or file before them.
     *
     * @throws IllegalArgumentException if the list is empty
     * @throws DataException if one cannot be read or has another space than the first
     */
    public static ItemSet open(List<Path> paths) throws IOException {
        return open(paths, null);
    }

    /** Opens several as one set under a space that is already known. */
    public static ItemSet open(List<Path> paths, @Nullable Space expected) throws IOException {
        return open(paths, expected, false);
    }

    /**
     * Opens several as one set under a space that is already known.
     *
     * @param widen whether images may be brought to a common kind, those of each folder by themselves if no space is expected
     */
    public static ItemSet open(List<Path> paths, @Nullable Space expected, boolean widen) throws IOException {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("no paths to open");
        }
        List<ItemSet> sets = new ArrayList<>();
        for (Path path : paths) {
            ItemSet set = open(path, expected, widen);
            if (!sets.isEmpty() && !set.space().equals(sets.get(0).space())) {
                throw new DataException("the space of " + paths.get(0) + " is "
                        + sets.get(0).space() + ", that of " + path + " is " + set.space());
            }
            sets.add(set);
        }
        if (sets.size() == 1) {
            return sets.get(0);
        }
        return ConcatenatedItemSet.of(
                sets,
                paths.stream().map(path -> String.valueOf(path.getFileName())).toList());
    }

    /** Opens an IDX or NPY file to be read item by item; null if a file is neither. */
    static @Nullable ArrayReader array(Path path) throws IOException {
        byte[] head = ByteSource.peek(path, 8);
        if (NpyFile.looksLikeNpy(head)) {
            return NpyFile.open(path);
        }
        return IdxFile.looksLikeIdx(head) ? IdxFile.open(path) : null;
    }

    private static ItemSet fitted(Path path, ItemSet set, @Nullable Space expected) throws DataException {
        if (expected == null) {
            return set;
        }
        Spaces.requireShape(path.toString(), set.space().shape(), expected);
        try {
            return set.withSpace(expected);
        } catch (DataException e) {
            throw new DataException(path + ": " + e.getMessage(), e);
        }
    }
}
