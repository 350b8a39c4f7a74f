package dev.ardm.data.png;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes PNG files with the samples exactly as they are given, not interlaced. The pixels and chunks of a file are the same
 * everywhere; its compressed bytes depend on the zlib of the JDK.
 */
public final class PngWriter {
    private PngWriter() {}

    /**
     * Writes a whole file. The stream stays open.
     *
     * @param before chunks between the header and the image data, among them the palette if the image has one
     * @param after chunks between the image data and the end
     */
    public static void write(OutputStream out, RasterImage image, List<PngChunk> before, List<PngChunk> after)
            throws IOException {
        out.write(PngFile.signature());
        PngHeader.of(image, false).chunk().write(out);
        for (PngChunk chunk : before) {
            chunk.write(out);
        }
        new PngChunk("IDAT", compressed(image)).write(out);
        for (PngChunk chunk : after) {
            chunk.write(out);
        }
        new PngChunk("IEND", new byte[0]).write(out);
    }

    /** The same in memory. */
    public static byte[] bytes(RasterImage image, List<PngChunk> before, List<PngChunk> after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(out, image, before, after);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory makes none
        }
        return out.toByteArray();
    }

    private static byte[] compressed(RasterImage image) throws IOException {
        int stride = image.width() * image.kind().channels();
        byte[] row = new byte[SampleRows.length(stride, image.bits())];
        byte[] above = new byte[row.length];
        byte[] filtered = new byte[row.length];
        byte[] best = new byte[row.length];
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(6);
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(data, deflater)) {
            for (int y = 0; y < image.height(); y++) {
                SampleRows.pack(image.samples(), y * stride, stride, image.bits(), row);
                deflated.write(PngFilter.least(row, above, image.pixelBytes(), best, filtered));
                deflated.write(best);
                byte[] swap = above;
                above = row;
                row = swap;
            }
        } finally {
            deflater.end();
        }
        return data.toByteArray();
    }
}
