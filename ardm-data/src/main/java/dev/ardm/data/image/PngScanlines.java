package dev.ardm.data.image;

import dev.ardm.data.DataException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The rows of a PNG with the filter of each, as they lie in its compressed data. */
final class PngScanlines {
    private PngScanlines() {}

    /**
     * @param filters of all rows of all passes
     */
    @SuppressWarnings("ArrayRecordComponent") // A carrier; nobody compares them.
    record Decoded(RasterImage image, byte[] filters) {}

    /**
     * Takes the filters back.
     *
     * @param data as many bytes as the header says
     * @throws DataException if there is no such filter
     */
    static Decoded decode(PngHeader header, byte[] data, String file) throws DataException {
        int channels = header.kind().channels();
        int[] samples = new int[header.height() * header.width() * channels];
        RasterImage image = new RasterImage(header.height(), header.width(), header.kind(), header.bits(), samples);
        byte[] filters = new byte[header.rows()];
        int at = 0;
        int rows = 0;
        for (PngHeader.Pass pass : header.passes()) {
            byte[] above = new byte[pass.rowBytes()];
            int[] values = new int[pass.columns() * channels];
            for (int row = 0; row < pass.rows(); row++) {
                int filter = data[at++];
                if (filter < 0 || filter >= PngFilter.COUNT) {
                    throw DataException.in(file, "the PNG's row " + row + " has the unknown filter " + filter);
                }
                filters[rows++] = (byte) filter;
                byte[] bytes = Arrays.copyOfRange(data, at, at + pass.rowBytes());
                at += bytes.length;
                PngFilter.undo(filter, bytes, above, image.pixelBytes());
                SampleRows.unpack(bytes, header.bits(), values, 0, values.length);
                for (int column = 0; column < pass.columns(); column++) {
                    System.arraycopy(values, column * channels, samples, place(header, pass, row, column), channels);
                }
                above = bytes;
            }
        }
        return new Decoded(image, filters);
    }

    /**
     * Rows with filters.
     *
     * @param filters of all rows of all passes; null for the one with the least sum of absolute differences each
     * @param chosen overwritten with the filters of all rows
     */
    static byte[] encode(RasterImage image, boolean interlaced, byte @Nullable [] filters, byte[] chosen) {
        PngHeader header = PngHeader.of(image, interlaced);
        int channels = header.kind().channels();
        byte[] data = new byte[Math.toIntExact(header.bytes())];
        int at = 0;
        int rows = 0;
        for (PngHeader.Pass pass : header.passes()) {
            byte[] above = new byte[pass.rowBytes()];
            byte[] bytes = new byte[pass.rowBytes()];
            byte[] filtered = new byte[pass.rowBytes()];
            byte[] scratch = new byte[pass.rowBytes()];
            int[] values = new int[pass.columns() * channels];
            for (int row = 0; row < pass.rows(); row++) {
                for (int column = 0; column < pass.columns(); column++) {
                    System.arraycopy(
                            image.samples(), place(header, pass, row, column), values, column * channels, channels);
                }
                SampleRows.pack(values, 0, values.length, header.bits(), bytes);
                if (filters == null) {
                    chosen[rows] = (byte) PngFilter.least(bytes, above, image.pixelBytes(), filtered, scratch);
                } else {
                    chosen[rows] = filters[rows];
                    PngFilter.apply(filters[rows], bytes, above, image.pixelBytes(), filtered);
                }
                data[at] = chosen[rows++];
                System.arraycopy(filtered, 0, data, at + 1, filtered.length);
                at += filtered.length + 1;
                byte[] swap = above;
                above = bytes;
                bytes = swap;
            }
        }
        return data;
    }

    private static int place(PngHeader header, PngHeader.Pass pass, int row, int column) {
        int y = pass.y() + row * pass.stepY();
        int x = pass.x() + column * pass.stepX();
        return (y * header.width() + x) * header.kind().channels();
    }
}
