package dev.ardm.bench;

import dev.ardm.data.array.NpyFile;
import dev.ardm.data.items.ItemSets;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the first items of an array or folder as NPY, for measurements on part of a set. Usage: DATA COUNT OUT.npy. */
public final class FirstItems {
    private FirstItems() {}

    public static void main(String[] arguments) throws IOException {
        NpyFile.write(
                Path.of(arguments[2]), ItemSets.open(Path.of(arguments[0])).limit(Integer.parseInt(arguments[1])));
    }
}
