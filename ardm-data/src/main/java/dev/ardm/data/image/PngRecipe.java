package dev.ardm.data.image;

import dev.ardm.data.DataException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a PNG file was compressed.
 *
 * @param interlaced whether its rows lie in seven passes
 * @param filters of all rows; null if each is the one with the least sum of absolute differences
 * @param deflation how the rows were deflated
 * @param head the first two bytes of the compressed data
 * @param dataSize bytes of each chunk of image data but the last, at least 1
 * @param trailing what follows the end
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier; nobody compares them.
record PngRecipe(
        boolean interlaced, byte @Nullable [] filters, Deflation deflation, byte[] head, int dataSize, byte[] trailing)
        implements FileRecipe {
    private static final int LEAST = 0;
    private static final int SAME = 1;
    private static final int EACH = 2;

    /** The recipe of a file, or null if its compression is of no known kind. */
    static @Nullable PngRecipe find(PngParts parts, PngScanlines.Decoded rows) {
        RasterImage image = rows.image();
        boolean interlaced = parts.header().interlaced();
        byte[] chosen = new byte[rows.filters().length];
        byte[] data = PngScanlines.encode(image, interlaced, null, chosen);
        byte[] filters = null;
        if (!Arrays.equals(chosen, rows.filters())) {
            filters = rows.filters();
            data = PngScanlines.encode(image, interlaced, filters, chosen);
        }
        int size = parts.dataSizes()[0];
        if (size < 1 || !Arrays.equals(sizes(parts.zlib().length, size), parts.dataSizes())) {
            return null;
        }
        Deflation deflation = Deflation.find(data, parts.zlib());
        return deflation == null
                ? null
                : new PngRecipe(interlaced, filters, deflation, Arrays.copyOf(parts.zlib(), 2), size, parts.trailing());
    }

    private static int[] sizes(int length, int size) {
        int[] sizes = new int[(int) (((long) length + size - 1) / size)];
        Arrays.fill(sizes, size);
        sizes[sizes.length - 1] = length - size * (sizes.length - 1);
        return sizes;
    }

    @Override
    public byte[] file(RasterImage image, List<PngChunk> before, List<PngChunk> after) {
        PngHeader header = PngHeader.of(image, interlaced);
        byte[] data = PngScanlines.encode(image, interlaced, filters, new byte[header.rows()]);
        byte[] zlib = deflation.zlib(data, head);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PngOutput.file(header, before, zlib, sizes(zlib.length, dataSize), after));
        out.writeBytes(trailing);
        return out.toByteArray();
    }

    @Override
    public void write(ExtraWriter out) {
        out.number(2).number(interlaced ? 1 : 0);
        deflation.write(out);
        out.raw(head).varint(dataSize).bytes(trailing);
        byte[] each = filters;
        if (each == null) {
            out.number(LEAST);
        } else if (isConstant(each)) {
            out.number(SAME).number(each[0]);
        } else {
            out.number(EACH);
            // Three of five possibilities each fit into a byte.
            for (int i = 0; i < each.length; i += 3) {
                int packed = 0;
                for (int k = Math.min(i + 3, each.length) - 1; k >= i; k--) {
                    packed = packed * PngFilter.COUNT + each[k];
                }
                out.number(packed);
            }
        }
    }

    private static boolean isConstant(byte[] filters) {
        for (byte filter : filters) {
            if (filter != filters[0]) {
                return false;
            }
        }
        return true;
    }

    static PngRecipe read(ExtraReader in, RasterImage image) throws DataException {
        boolean interlaced = in.number(2) == 1;
        Deflation deflation = Deflation.read(in);
        byte[] head = in.raw(2);
        int dataSize = in.varint();
        if (dataSize < 1) {
            throw in.damaged("chunks of " + dataSize + " bytes");
        }
        byte[] trailing = in.bytes();
        byte[] filters = null;
        int how = in.number(3);
        if (how != LEAST) {
            filters = new byte[PngHeader.of(image, interlaced).rows()];
        }
        if (how == SAME && filters != null) {
            Arrays.fill(filters, (byte) in.number(PngFilter.COUNT));
        } else if (filters != null) {
            for (int i = 0; i < filters.length; i += 3) {
                int packed = in.number(125);
                for (int k = i; k < Math.min(i + 3, filters.length); k++) {
                    filters[k] = (byte) (packed % PngFilter.COUNT);
                    packed /= PngFilter.COUNT;
                }
            }
        }
        return new PngRecipe(interlaced, filters, deflation, head, dataSize, trailing);
    }
}
