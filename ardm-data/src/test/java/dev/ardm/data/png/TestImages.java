package dev.ardm.data.png;

import dev.ardm.core.RandomStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Small files that tests put together. */
public final class TestImages {
    private TestImages() {}

    /** Smooth enough to be compressed, with a few values that are not. */
    public static RasterImage image(int height, int width, ColourKind kind, int bits) {
        RandomStream random = RandomStream.of(3, RandomStream.Purpose.TEST, kind.ordinal() * 32L + bits);
        int[] samples = new int[height * width * kind.channels()];
        int top = kind == ColourKind.PALETTE ? Math.min(5, 1 << bits) : 1 << bits;
        for (int i = 0; i < samples.length; i++) {
            int smooth = (i / kind.channels() % width * 3 + i / width) * top / 256;
            samples[i] = random.nextInt(8) == 0 ? random.nextInt(top) : Math.floorMod(smooth, top);
        }
        return new RasterImage(height, width, kind, bits, samples);
    }

    /** Five different colours. */
    public static PngChunk palette() {
        return new PngChunk("PLTE", new byte[] {0, 0, 0, -1, 0, 0, 7, 8, 9, -1, -1, -1, 100, 101, 102});
    }

    public static PngChunk chunk(String type, String data) {
        return new PngChunk(type, data.getBytes(StandardCharsets.ISO_8859_1));
    }

    public static byte[] deflated(byte[] data, int level, int strategy) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(level);
        deflater.setStrategy(strategy);
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater)) {
            deflated.write(data);
        }
        deflater.end();
        return out.toByteArray();
    }

    /** Rows, each with another filter than the one before. */
    public static byte[] rows(RasterImage image, boolean interlaced) {
        PngHeader header = PngHeader.of(image, interlaced);
        int channels = image.kind().channels();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rows = 0;
        for (PngHeader.Pass pass : header.passes()) {
            byte[] above = new byte[pass.rowBytes()];
            for (int row = 0; row < pass.rows(); row++) {
                int[] samples = new int[pass.columns() * channels];
                for (int column = 0; column < pass.columns(); column++) {
                    System.arraycopy(
                            image.samples(), pass.place(row, column, header), samples, column * channels, channels);
                }
                byte[] bytes = new byte[pass.rowBytes()];
                SampleRows.pack(samples, 0, samples.length, image.bits(), bytes);
                byte[] filtered = new byte[bytes.length];
                PngFilter.apply(rows % PngFilter.COUNT, bytes, above, image.pixelBytes(), filtered);
                out.write(rows++ % PngFilter.COUNT);
                out.writeBytes(filtered);
                above = bytes;
            }
        }
        return out.toByteArray();
    }

    /** A file whose compressed data is in chunks of some size. */
    public static byte[] png(
            RasterImage image, boolean interlaced, byte[] zlib, int size, List<PngChunk> before, List<PngChunk> after) {
        List<PngChunk> chunks = new ArrayList<>(before);
        if (image.kind() == ColourKind.PALETTE) {
            chunks.add(palette());
        }
        for (int at = 0; at < zlib.length; at += size) {
            chunks.add(new PngChunk("IDAT", Arrays.copyOfRange(zlib, at, Math.min(at + size, zlib.length))));
        }
        chunks.addAll(after);
        return file(PngHeader.of(image, interlaced), chunks);
    }

    /** A file of a header and chunks, whatever they are, and an end. */
    public static byte[] file(PngHeader header, List<PngChunk> chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            out.writeBytes(PngFile.signature());
            header.chunk().write(out);
            for (PngChunk chunk : chunks) {
                chunk.write(out);
            }
            chunk("IEND", "").write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
