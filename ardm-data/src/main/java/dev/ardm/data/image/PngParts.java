package dev.ardm.data.image;

import dev.ardm.data.DataException;
import dev.ardm.data.PngChunks;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A PNG file taken apart.
 *
 * @param before all chunks between the header and the image data
 * @param dataSizes bytes of each chunk of image data
 * @param zlib the image data, compressed
 * @param after all chunks between the image data and the end
 * @param trailing what follows the end
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier; nobody compares them.
record PngParts(
        PngHeader header, List<PngChunk> before, int[] dataSizes, byte[] zlib, List<PngChunk> after, byte[] trailing) {
    private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");

    /**
     * Takes a file apart.
     *
     * @throws DataException if it is damaged, an animation, or has parts that must be understood and are not
     */
    static PngParts of(byte[] png, String file) throws DataException {
        if (PngChunks.check(png, file).animated()) {
            throw DataException.in(file, "holds an animation; only single images are read");
        }
        PngChunk first = PngChunk.at(png, 8);
        PngHeader header = PngHeader.of(first.data(), file);
        List<PngChunk> before = new ArrayList<>();
        List<PngChunk> after = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        ByteArrayOutputStream zlib = new ByteArrayOutputStream();
        int at = 8 + first.length();
        while (true) {
            PngChunk chunk = PngChunk.at(png, at);
            if (!chunk.ancillary() && !CRITICAL.contains(chunk.type())) {
                throw DataException.at(file, at, "the PNG has a part that is not known and may not be left out");
            }
            at += chunk.length();
            if (chunk.type().equals("IEND")) {
                break;
            }
            if (!chunk.type().equals("IDAT")) {
                (sizes.isEmpty() ? before : after).add(chunk);
            } else if (!after.isEmpty()) {
                throw DataException.at(file, at, "the PNG's image data does not lie together");
            } else {
                sizes.add(chunk.data().length);
                zlib.writeBytes(chunk.data());
            }
        }
        return new PngParts(
                header,
                before,
                sizes.stream().mapToInt(Integer::intValue).toArray(),
                zlib.toByteArray(),
                after,
                Arrays.copyOfRange(png, at, png.length));
    }

    /** The rows of the image. */
    PngScanlines.Decoded rows(String file) throws DataException {
        return PngScanlines.decode(header, inflated(file), file);
    }

    /** Refuses image data that cannot be all of what the header claims: that alone does not make us allocate. */
    void requirePlausibleLength(String file) throws DataException {
        long wanted = header.bytes();
        // Deflate cannot shrink anything to less than a thousandth.
        if (wanted > Integer.MAX_VALUE - 8 || wanted / 1100 > zlib.length) {
            throw DataException.in(file, "the PNG's image data ends too early");
        }
    }

    private byte[] inflated(String file) throws DataException {
        requirePlausibleLength(file);
        byte[] data = new byte[(int) header.bytes()];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(zlib);
            int got = 0;
            while (got < data.length && !inflater.finished()) {
                int n = inflater.inflate(data, got, data.length - got);
                if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                got += n;
            }
            if (got < data.length) {
                throw DataException.in(file, "the PNG's image data ends too early");
            }
            // Also the checksum at the end is looked at.
            if (inflater.inflate(new byte[1]) != 0 || !inflater.finished()) {
                throw DataException.in(file, "the PNG has more image data than it should, or that is cut off");
            }
        } catch (DataFormatException e) {
            throw new DataException(file + ": the PNG's image data is damaged: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
        return data;
    }
}
