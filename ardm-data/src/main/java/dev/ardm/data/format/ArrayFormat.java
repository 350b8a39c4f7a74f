package dev.ardm.data.format;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.IdxFile;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemFiles;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemSets;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Arrays in NPY or IDX files, whose first axis counts items: images, or sequences of one length. What comes back is one array
 * of all items with the same values and element type; its header is spelled as NumPy or MNIST do, which need not be how the
 * file spelled it.
 */
final class ArrayFormat implements DataFormat {
    private static final Set<String> IDX_TYPES = Set.of("|u1", "|i1", ">i2", ">i4");

    private final boolean idx;
    private final String dtype;
    private final Space space;

    /**
     * A format.
     *
     * @param idx IDX, not NPY
     * @throws IllegalArgumentException if the type has no room for the values
     */
    ArrayFormat(boolean idx, String dtype, Space space) {
        if (idx && !IDX_TYPES.contains(dtype)) {
            throw new IllegalArgumentException("IDX files hold no elements of type '" + dtype + "'");
        }
        NpyFile.requireRoom(space, dtype);
        this.idx = idx;
        this.dtype = dtype;
        this.space = space;
    }

    @Override
    public String kind() {
        return idx ? "idx" : "npy";
    }

    @Override
    public String extension() {
        return "." + kind();
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public ObjectNode definition() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", kind());
        node.put("dtype", dtype);
        ArrayNode shape = node.putArray("shape");
        for (int extent : space.shape()) {
            shape.add(extent);
        }
        node.put("categories", space.maxCategories());
        node.put("scale", space.scale().name().toLowerCase(Locale.ROOT));
        return node;
    }

    @Override
    public boolean sequences() {
        return false;
    }

    @Override
    public ItemSet items(List<Path> paths) throws IOException {
        return ItemSets.open(paths, space);
    }

    @Override
    public DocumentCursor documents(List<Path> paths) throws IOException {
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                throw new DataException(path + ": is a folder, not an array file");
            }
        }
        ItemFiles files = ItemFiles.open(paths, space, paths.get(0));
        ItemCursor items = files.cursor();
        return new DocumentCursor() {
            @Override
            public @Nullable Item next() throws IOException {
                int[] item = items.next();
                return item == null ? null : new Item("", item, new byte[0]);
            }

            @Override
            public void close() throws IOException {
                try (files) {
                    items.close();
                }
            }
        };
    }

    @Override
    public DocumentWriter writer(Path target, boolean overwrite) throws IOException {
        ItemWriter items = idx
                ? IdxFile.create(target, overwrite, space, Integer.MAX_VALUE, dtype)
                : NpyFile.create(target, overwrite, space, Integer.MAX_VALUE, dtype);
        return new DocumentWriter() {
            @Override
            public void add(Item document) throws IOException {
                if (document.side().length > 0) {
                    throw new DataException("an item of an array has nothing beside its values");
                }
                items.add(document.values(), document.name());
            }

            @Override
            public int size() {
                return items.size();
            }

            @Override
            public void commit() throws IOException {
                items.commit();
            }

            @Override
            public void close() throws IOException {
                items.close();
            }
        };
    }
}
