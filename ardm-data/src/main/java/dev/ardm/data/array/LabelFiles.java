package dev.ardm.data.array;

import dev.ardm.data.DataException;
import dev.ardm.data.HeapLimit;
import dev.ardm.data.file.ByteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads labels: arrays of one axis. */
final class LabelFiles {
    private LabelFiles() {}

    /**
     * Reads an IDX or NPY file, plain or gzip, of one axis.
     *
     * @return the labels, in [0, 65535]
     * @throws DataException if it is neither, has other axes, is cut off or too long, or a value is outside the range
     */
    static int[] read(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw DataException.in(path.toString(), "no such file");
        }
        if (Files.isDirectory(path)) {
            throw DataException.in(path.toString(), "is a folder; labels are an IDX or NPY file of one axis");
        }
        byte[] head = ByteSource.peek(path, 8);
        ArrayReader.Shape one = LabelFiles::oneEach;
        if (!NpyFile.looksLikeNpy(head) && !IdxFile.looksLikeIdx(head)) {
            throw DataException.in(path.toString(), "contains no labels: neither an IDX nor an NPY file");
        }
        try (ArrayReader reader = NpyFile.looksLikeNpy(head) ? NpyFile.open(path, one) : IdxFile.open(path, one)) {
            HeapLimit.require(path.toString(), (double) reader.count() * Integer.BYTES);
            int[] labels = new int[reader.count()];
            int count = 0;
            for (int[] item = reader.next(); item != null; item = reader.next()) {
                labels[count++] = item[0];
            }
            return labels;
        }
    }

    /** A label is read as an item of one value. */
    private static long[] oneEach(String file, long[] shape) throws DataException {
        if (shape.length != 1) {
            throw DataException.in(file, "holds an array of " + shape.length + " axes; labels have one, the items");
        }
        return new long[] {shape[0], 1};
    }
}
