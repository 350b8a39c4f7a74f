package dev.ardm.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The frame of a WebP file (RIFF: chunks of a name of 4 bytes, a length and that many bytes). Its reader looks a few bytes ahead,
 * and where there are none it makes an exception for every pixel, which takes minutes for an image of one colour.
 */
final class Webp {
    private static final int READ_AHEAD = 8;
    /** Bytes of a name and a length, which all chunks begin with, the file included. */
    private static final int RIFF_HEAD = 8;

    private static final int WEBP_HEAD = 12;

    private Webp() {}

    static boolean looksLikeWebp(byte[] bytes) {
        return bytes.length > WEBP_HEAD
                && new String(bytes, 0, 4, StandardCharsets.ISO_8859_1).equals("RIFF")
                && new String(bytes, 8, 4, StandardCharsets.ISO_8859_1).equals("WEBP");
    }

    /**
     * The file with room behind it.
     *
     * @throws DataException if it is cut off, or one of its chunks is
     */
    static byte[] withReadAhead(byte[] bytes, String file) throws DataException {
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long end = (fields.getInt(4) & 0xFFFF_FFFFL) + RIFF_HEAD;
        long chunk = WEBP_HEAD;
        while (end <= bytes.length && chunk + RIFF_HEAD <= end) {
            long length = fields.getInt((int) chunk + 4) & 0xFFFF_FFFFL;
            chunk += RIFF_HEAD + length + length % 2; // padded to an even length, the last one not always
        }
        if (end > bytes.length || chunk > end + 1) {
            throw DataException.in(
                    file,
                    "the image is damaged or cut off: it names " + Math.max(end, chunk) + " bytes and has "
                            + bytes.length);
        }
        return Arrays.copyOf(bytes, bytes.length + READ_AHEAD);
    }
}
