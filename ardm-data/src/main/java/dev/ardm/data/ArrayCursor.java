package dev.ardm.data;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads an array file item by item, held to a space. */
final class ArrayCursor implements ItemCursor {
    private final ArrayReader reader;
    private final String file;
    private final Space space;
    private int index = -1;

    private ArrayCursor(ArrayReader reader, String file, Space space) {
        this.reader = reader;
        this.file = file;
        this.space = space;
    }

    /**
     * Opens a file and reads its header; null if it is neither IDX nor NPY.
     *
     * @throws DataException if the header is not usable or promises items of another shape
     */
    static @Nullable ArrayCursor open(Path path, Space space) throws IOException {
        ArrayReader reader = ItemSets.array(path);
        if (reader == null) {
            return null;
        }
        try {
            Spaces.requireShape(path.toString(), reader.space(2).shape(), space);
        } catch (DataException e) {
            reader.close();
            throw e;
        }
        return new ArrayCursor(reader, path.toString(), space);
    }

    /** How many items the header promises. */
    int size() {
        return reader.count();
    }

    @Override
    public @Nullable Item next() throws IOException {
        int[] item = reader.next();
        if (item == null) {
            return null;
        }
        index++;
        String name = Names.padded(index, size());
        Spaces.requireValues(() -> file + ": item " + index + " (" + name + ")", item, space);
        return Item.of(item, name);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
