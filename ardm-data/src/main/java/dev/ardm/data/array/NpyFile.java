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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The NPY format of NumPy, versions 1 to 3, in C order and either byte order. Elements may be booleans or integers of 1
 * to 8 bytes with values in [0, 65535]. Shapes: {@code [n,d]}, {@code [n,h,w]}, {@code [n,h,w,c]}. The number of
 * categories follows the rule of {@code ItemSets} for all files that do not state it.
 */
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER = 1 << 16;

    private NpyFile() {}

    /**
     * Reads a file, plain or gzip.
     *
     * @throws DataException if it is not an NPY file, is cut off or too long, is in Fortran order, or holds what is not a
     *     set of items
     */
    public static PackedItemSet read(Path path) throws IOException {
        try (ArrayReader reader = open(path)) {
            PackedItemSet.Builder items = reader.pack();
            return items.build(reader.space(Spaces.categoriesFor(items.max())));
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
        byte[] head = new byte[8];
        in.read(head, 8, "the NPY header");
        if (!looksLikeNpy(head)) {
            throw DataException.at(in.file(), 0, "not an NPY file");
        }
        if (head[6] < 1 || head[6] > 3) {
            throw DataException.at(
                    in.file(), 6, "NPY version " + head[6] + "." + head[7] + " is not supported (1 to 3 are)");
        }
        int lengthBytes = head[6] == 1 ? 2 : 4;
        byte[] length = new byte[4];
        in.read(length, lengthBytes, "the NPY header");
        long size = ArrayReader.Element.U4.value(length, 0, false);
        if (size > MAX_HEADER) {
            throw DataException.at(in.file(), 8, "claims a header of " + size + " bytes");
        }
        byte[] text = new byte[(int) size];
        in.read(text, text.length, "the NPY header");
        NpyHeader header = NpyHeader.parse(
                in.file(),
                8 + lengthBytes,
                new String(text, head[6] == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
        return new ArrayReader(in, wanted.of(in.file(), header.shape()), header.element(), header.bigEndian());
    }

    /**
     * Writes a set as unsigned integers of one byte, or two if the space has more than 256 categories, little-endian.
     * The shape is {@code [n,h,w]} for images of one channel, else {@code [n]} followed by the space's shape.
     */
    public static void write(OutputStream out, ItemSet set) throws IOException {
        out.write(header(set.space(), dtype(set.space()), set.size(), set.size()));
        ValueBytes values = values(set.space(), dtype(set.space()));
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
     */
    public static ItemWriter create(Path path, boolean overwrite, Space space, int most) throws IOException {
        String dtype = dtype(space);
        return new ArrayWriter(
                path, overwrite, space, most, values(space, dtype), count -> header(space, dtype, count, most));
    }

    private static String dtype(Space space) {
        return space.maxCategories() > 256 ? "<u2" : "|u1";
    }

    private static ValueBytes values(Space space, String dtype) {
        return new ValueBytes(space.dimensions(), dtype.equals("|u1") ? 1 : 2, false);
    }

    /** The header of that many items, in the length that it has for {@code most} of them. */
    private static byte[] header(Space space, String dtype, int count, int most) {
        byte[] longest = dictionary(space, dtype, most).getBytes(StandardCharsets.ISO_8859_1);
        byte[] text = dictionary(space, dtype, count).getBytes(StandardCharsets.ISO_8859_1);
        byte[] header = new byte[(10 + longest.length + 1 + 63) / 64 * 64];
        Arrays.fill(header, (byte) ' ');
        System.arraycopy(MAGIC, 0, header, 0, MAGIC.length);
        header[6] = 1;
        header[7] = 0;
        header[8] = (byte) (header.length - 10);
        header[9] = (byte) (header.length - 10 >>> 8);
        System.arraycopy(text, 0, header, 10, text.length);
        header[header.length - 1] = '\n';
        return header;
    }

    private static String dictionary(Space space, String dtype, int count) {
        int[] shape = space.shape();
        if (shape.length == 3 && shape[2] == 1) {
            shape = Arrays.copyOf(shape, 2);
        }
        StringBuilder axes = new StringBuilder().append(count);
        for (int extent : shape) {
            axes.append(", ").append(extent);
        }
        return "{'descr': '" + dtype + "', 'fortran_order': False, 'shape': (" + axes + "), }";
    }

    /** Whether bytes begin an NPY file. */
    public static boolean looksLikeNpy(byte[] head) {
        return head.length >= 6 && Arrays.equals(Arrays.copyOf(head, 6), MAGIC);
    }
}
