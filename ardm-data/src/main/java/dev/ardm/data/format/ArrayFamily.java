package dev.ardm.data.format;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.IdxFile;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemSets;
import dev.ardm.data.NpyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Arrays of items of one space in NPY or IDX files. Options: {@code dtype} of what is written; that of the first file. */
final class ArrayFamily implements FormatFamily {
    private final boolean idx;

    ArrayFamily(boolean idx) {
        this.idx = idx;
    }

    private String kind() {
        return idx ? "idx" : "npy";
    }

    @Override
    public DataFormat fit(List<Path> paths, FormatOptions options) throws IOException {
        for (Path path : paths) {
            if (IdxFile.isIdx(path) != idx) {
                throw new DataException(path + ": is no " + kind().toUpperCase(Locale.ROOT) + " file");
            }
        }
        Path first = paths.get(0);
        String dtype = options.text("dtype").orElse("");
        options.requireAllKnown();
        Space space = ItemSets.open(first).space();
        int categories = space.maxCategories();
        for (Path path : paths.subList(1, paths.size())) {
            ItemSet set = ItemSets.open(path);
            if (!Arrays.equals(set.space().shape(), space.shape())) {
                throw new DataException(
                        "the items of " + first + " are " + space + ", those of " + path + " are " + set.space());
            }
            categories = Math.max(categories, set.space().maxCategories());
        }
        String found = dtype.isEmpty() ? idx ? IdxFile.dtype(first) : NpyFile.dtype(first) : dtype;
        try {
            return new ArrayFormat(idx, found, Space.of(space.shape(), categories, space.scale()));
        } catch (IllegalArgumentException e) {
            throw new DataException(first + ": " + e.getMessage(), e);
        }
    }

    @Override
    public DataFormat read(JsonNode definition) {
        Space.Scale scale =
                Space.Scale.valueOf(definition.required("scale").stringValue().toUpperCase(Locale.ROOT));
        JsonNode shape = definition.required("shape");
        int[] extents = IntStream.range(0, shape.size())
                .map(axis -> shape.required(axis).intValue())
                .toArray();
        return new ArrayFormat(
                idx,
                definition.required("dtype").stringValue(),
                Space.of(extents, definition.required("categories").intValue(), scale));
    }
}
