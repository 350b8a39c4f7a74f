package dev.ardm.data.png;

import dev.ardm.data.DataException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The header of a PNG file.
 *
 * @param interlaced whether its rows are in seven passes
 */
public record PngHeader(int height, int width, ColourKind kind, int bits, boolean interlaced) {
    /** More samples than this are not read: they are in an array of integers. */
    public static final int MOST_SAMPLES = 1 << 28;

    /** Bytes of the chunk. */
    static final int BYTES = 13;

    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    /**
     * Reads it.
     *
     * @throws DataException if the image does not exist or is too large
     */
    static PngHeader of(byte[] ihdr, String file) throws DataException {
        ByteBuffer in = ByteBuffer.wrap(ihdr);
        int width = in.getInt();
        int height = in.getInt();
        int bits = in.get();
        int type = in.get();
        if (in.getShort() != 0) {
            throw DataException.in(file, "the PNG is compressed or filtered in a way that is not known");
        }
        int interlace = in.get();
        for (ColourKind kind : ColourKind.values()) {
            if (kind.pngType() == type && kind.allows(bits) && (interlace == 0 || interlace == 1)) {
                if (height < 1 || width < 1 || (long) height * width > MOST_SAMPLES / kind.channels()) {
                    throw DataException.in(
                            file,
                            "an image of " + height + "x" + width + " must have 1 to " + MOST_SAMPLES + " samples");
                }
                return new PngHeader(height, width, kind, bits, interlace == 1);
            }
        }
        throw DataException.in(
                file,
                "the PNG's header is wrong: colour type " + type + ", " + bits + " bits, interlace method "
                        + interlace);
    }

    static PngHeader of(RasterImage image, boolean interlaced) {
        return new PngHeader(image.height(), image.width(), image.kind(), image.bits(), interlaced);
    }

    PngChunk chunk() {
        return new PngChunk(
                "IHDR",
                ByteBuffer.allocate(BYTES)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) bits)
                        .put((byte) kind.pngType())
                        .putShort((short) 0)
                        .put((byte) (interlaced ? 1 : 0))
                        .array());
    }

    /** Passes that have pixels, in their order. */
    List<Pass> passes() {
        List<Pass> passes = new ArrayList<>();
        for (int[] pass : interlaced ? ADAM7 : new int[][] {{0, 0, 1, 1}}) {
            int columns = (width - pass[0] + pass[2] - 1) / pass[2];
            int rows = (height - pass[1] + pass[3] - 1) / pass[3];
            if (columns > 0 && rows > 0) {
                passes.add(new Pass(
                        pass[0],
                        pass[1],
                        pass[2],
                        pass[3],
                        rows,
                        columns,
                        SampleRows.length(columns * kind.channels(), bits)));
            }
        }
        return passes;
    }

    /** Bytes of all rows with their filters. */
    long bytes() {
        return passes().stream()
                .mapToLong(pass -> (long) pass.rows * (pass.rowBytes + 1))
                .sum();
    }

    /**
     * A pass: every {@code stepX}-th column from {@code x} on of every {@code stepY}-th row from {@code y} on.
     *
     * @param rowBytes bytes of a row, without its filter
     */
    record Pass(int x, int y, int stepX, int stepY, int rows, int columns, int rowBytes) {
        /** Where the samples of a pixel of the pass begin in those of the image. */
        int place(int row, int column, PngHeader header) {
            return ((y + row * stepY) * header.width + x + column * stepX) * header.kind.channels();
        }
    }
}
