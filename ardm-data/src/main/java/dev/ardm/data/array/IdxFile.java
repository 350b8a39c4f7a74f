package dev.ardm.data.array;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.Spaces;
import dev.ardm.data.file.ByteSource;
import dev.ardm.data.file.Staging;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The IDX format of the MNIST files: two zero bytes, an element type, the number of axes, the big-endian 32-bit extents,
 * then the values. Elements may be unsigned bytes (256 categories, whatever the values) or signed integers of 1, 2 or 4
 * bytes without negative values (categories by the rule of {@code ItemSets} for all files that do not state it).
 * Shapes: {@code [n,d]}, {@code [n,h,w]}, {@code [n,h,w,c]}.
 */
public final class IdxFile {
    private IdxFile() {}

    /**
     * Reads a file, plain or gzip.
     *
     * @throws DataException if it is not an IDX file, is cut off or too long, or holds what is not a set of items
     */
    public static PackedItemSet read(Path path) throws IOException {
        try (ArrayReader reader = open(path)) {
            PackedItemSet.Builder items = reader.pack();
            int categories = reader.element() == ArrayReader.Element.U1 ? 256 : Spaces.categoriesFor(items.max());
            return items.build(reader.space(categories));
        }
    }

    /** Opens a file, plain or gzip, to be read item by item. */
    public static ArrayReader open(Path path) throws IOException {
        return open(path, ArrayReader.Shape.ITEMS);
    }

    /** Opens a file, plain or gzip, of what may not be items. */
    public static ArrayReader open(Path path, ArrayReader.Shape wanted) throws IOException {
        return ArrayReader.open(path, in -> afterHeader(in, wanted));
    }

    private static ArrayReader afterHeader(ByteSource in, ArrayReader.Shape wanted) throws IOException {
        byte[] head = new byte[4];
        in.read(head, 4, "the IDX header");
        ArrayReader.Element element = element(head[2]);
        if (!looksLikeIdx(head) || element == null) {
            throw DataException.at(in.file(), 0, "not an IDX file of integers (it begins with " + hex(head) + ")");
        }
        int rank = head[3] & 0xFF;
        byte[] extents = new byte[4 * rank];
        in.read(extents, extents.length, "the IDX header");
        long[] shape = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            shape[axis] = ByteBuffer.wrap(extents).getInt(4 * axis) & 0xFFFFFFFFL;
        }
        return new ArrayReader(in, wanted.of(in.file(), shape), element, true);
    }

    /**
     * Writes images or sequences of at most 256 categories as unsigned bytes, {@code [n,h,w]} for one channel, {@code
     * [n,h,w,c]} for more, {@code [n,d]} for sequences.
     *
     * @throws IllegalArgumentException if the items are not such images or sequences
     */
    public static void write(OutputStream out, ItemSet set) throws IOException {
        out.write(header(set.space(), set.size()));
        ValueBytes values = new ValueBytes(set.space().dimensions(), 1, true);
        for (int n = 0; n < set.size(); n++) {
            out.write(values.of(set.item(n)));
        }
    }

    /** Writes a file; it gets its name only when it is complete. */
    public static void write(Path path, ItemSet set) throws IOException {
        Staging.file(path, out -> write(out, set));
    }

    /**
     * Begins such a file, to be written item by item.
     *
     * @param overwrite whether a file that is there may be replaced
     * @param most how many items there will be at most
     * @throws IllegalArgumentException if the items are not such images or sequences
     */
    public static ItemWriter create(Path path, boolean overwrite, Space space, int most) throws IOException {
        ValueBytes values = new ValueBytes(space.dimensions(), 1, true);
        return new ArrayWriter(path, overwrite, space, most, values, count -> header(space, count));
    }

    private static byte[] header(Space space, int count) {
        if ((space.rank() != 3 && space.rank() != 1) || space.maxCategories() > 256) {
            throw new IllegalArgumentException(
                    "IDX bytes hold images or sequences of at most 256 categories, not " + space);
        }
        int[] shape = space.shape();
        int rank = shape.length == 3 && shape[2] == 1 ? 2 : shape.length;
        ByteBuffer head = ByteBuffer.allocate(8 + 4 * rank)
                .put(new byte[] {0, 0, 0x08, (byte) (rank + 1)})
                .putInt(count);
        for (int axis = 0; axis < rank; axis++) {
            head.putInt(shape[axis]);
        }
        return head.array();
    }

    /** Whether bytes begin an IDX file. */
    public static boolean looksLikeIdx(byte[] head) {
        return head.length >= 4
                && head[0] == 0
                && head[1] == 0
                && head[2] >= 0x08
                && head[2] <= 0x0E
                && head[2] != 0x0A
                && head[3] >= 1
                && head[3] <= 16;
    }

    private static ArrayReader.@Nullable Element element(byte code) {
        return switch (code) {
            case 0x08 -> ArrayReader.Element.U1;
            case 0x09 -> ArrayReader.Element.I1;
            case 0x0B -> ArrayReader.Element.I2;
            case 0x0C -> ArrayReader.Element.I4;
            default -> null;
        };
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(text.length() == 0 ? "" : " ").append(String.format("%02x", b));
        }
        return text.toString();
    }
}
