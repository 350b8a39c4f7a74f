package dev.ardm.data.image;

import dev.ardm.core.RandomStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Small files that tests put together. */
final class TestImages {
    private TestImages() {}

    /** Smooth enough to be compressed, with a few values that are not. */
    static RasterImage image(int height, int width, ColourKind kind, int bits) {
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
    static PngChunk palette() {
        return new PngChunk("PLTE", new byte[] {0, 0, 0, -1, 0, 0, 7, 8, 9, -1, -1, -1, 100, 101, 102});
    }

    static PngChunk chunk(String type, String data) {
        return new PngChunk(type, data.getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte[] deflated(byte[] data, int level, int strategy) throws Exception {
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
    static byte[] rows(RasterImage image, boolean interlaced) {
        byte[] filters = new byte[PngHeader.of(image, interlaced).rows()];
        for (int i = 0; i < filters.length; i++) {
            filters[i] = (byte) (i % 5);
        }
        return PngScanlines.encode(image, interlaced, filters, new byte[filters.length]);
    }

    /** A file whose compressed data lies in chunks of some size. */
    static byte[] png(
            RasterImage image, boolean interlaced, byte[] zlib, int size, List<PngChunk> before, List<PngChunk> after) {
        List<Integer> sizes = new ArrayList<>();
        for (int at = 0; at < zlib.length; at += size) {
            sizes.add(Math.min(size, zlib.length - at));
        }
        List<PngChunk> chunks = new ArrayList<>(before);
        if (image.kind() == ColourKind.PALETTE) {
            chunks.add(palette());
        }
        return PngOutput.file(
                PngHeader.of(image, interlaced),
                chunks,
                zlib,
                sizes.stream().mapToInt(Integer::intValue).toArray(),
                after);
    }
}
