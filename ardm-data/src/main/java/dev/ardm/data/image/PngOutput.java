package dev.ardm.data.image;

import dev.ardm.data.PngChunks;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Puts PNG files together. */
final class PngOutput {
    private PngOutput() {}

    /**
     * A file.
     *
     * @param sizes bytes of each chunk of image data; together as many as there are
     */
    static byte[] file(PngHeader header, List<PngChunk> before, byte[] zlib, int[] sizes, List<PngChunk> after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PngChunks.signature());
        header.chunk().write(out);
        before.forEach(chunk -> chunk.write(out));
        int at = 0;
        for (int size : sizes) {
            PngChunk.write(out, "IDAT", zlib, at, size);
            at += size;
        }
        after.forEach(chunk -> chunk.write(out));
        new PngChunk("IEND", new byte[0]).write(out);
        return out.toByteArray();
    }

    /** A file of an image with chunks of its own, compressed to the same bytes everywhere. */
    static byte[] file(RasterImage image, List<PngChunk> before, List<PngChunk> after) {
        PngHeader header = PngHeader.of(image, false);
        byte[] rows = PngScanlines.encode(image, false, null, new byte[header.rows()]);
        byte[] zlib = Deflation.zlib(rows, Deflation.USUAL);
        return file(header, before, zlib, new int[] {zlib.length}, after);
    }
}
