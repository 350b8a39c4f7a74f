package dev.ardm.data;

import dev.ardm.core.Space;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The NPY format of NumPy, versions 1 to 3, in C order and either byte order. Elements may be booleans or integers of 1
 * to 8 bytes with values in [0, 65535]. Shapes: {@code [n,d]}, {@code [n,h,w]}, {@code [n,h,w,c]}. The number of
 * categories follows {@link ItemSets#open(Path) the rule of all files that do not say}.
 */
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER = 1 << 16;

    private NpyFile() {}

    /**
     * Reads a file, plain or gzip.
     *
     * @throws DataException if it is no NPY file, is cut off or too long, is in Fortran order, or holds what is not a
     *     set of items
     */
    public static PackedItemSet read(Path path) throws IOException {
        try (ByteSource in = ByteSource.open(path)) {
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
            PackedItemSet.Builder items = ArrayReader.items(in, header.shape(), header.element(), header.bigEndian());
            int categories = Spaces.categoriesFor(items.max());
            return items.build(Spaces.ofItemShape(ArrayReader.itemShape(header.shape()), categories));
        }
    }

    /**
     * Writes a set as unsigned integers of one byte, or two if the space has more than 256 categories, little-endian.
     * The shape is {@code [n,h,w]} for images of one channel, else {@code [n]} followed by the space's shape.
     */
    public static void write(OutputStream out, ItemSet set) throws IOException {
        Space space = set.space();
        int[] shape = space.shape();
        if (shape.length == 3 && shape[2] == 1) {
            shape = Arrays.copyOf(shape, 2);
        }
        StringBuilder axes = new StringBuilder().append(set.size());
        for (int extent : shape) {
            axes.append(", ").append(extent);
        }
        boolean bytes = space.maxCategories() <= 256;
        String header =
                "{'descr': '" + (bytes ? "|u1" : "<u2") + "', 'fortran_order': False, 'shape': (" + axes + "), }";
        int padded = (10 + header.length() + 1 + 63) / 64 * 64 - 10;
        header += " ".repeat(padded - header.length() - 1) + "\n";
        out.write(MAGIC);
        out.write(new byte[] {1, 0, (byte) padded, (byte) (padded >>> 8)});
        out.write(header.getBytes(StandardCharsets.ISO_8859_1));
        if (bytes) {
            ValueBytes.writeBytes(out, set);
        } else {
            ValueBytes.writeShorts(out, set);
        }
    }

    /** Writes a file; it gets its name only when it is complete. */
    public static void write(Path path, ItemSet set) throws IOException {
        Staging.file(path, out -> write(out, set));
    }

    /** Whether bytes begin an NPY file. */
    static boolean looksLikeNpy(byte[] head) {
        return head.length >= 6 && Arrays.equals(Arrays.copyOf(head, 6), MAGIC);
    }
}
