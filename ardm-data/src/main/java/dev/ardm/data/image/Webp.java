package dev.ardm.data.image;

import dev.ardm.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of a WebP file as its reader needs them. It looks a few bytes ahead of what it uses, and takes zeros for bytes that are
 * not there: with an exception for each, so that a few bytes that claim to be a large image take minutes. Here there are a few zeros
 * after the end, and then an error that ends the reading.
 */
final class Webp extends ImageInputStreamImpl {
    private static final int READ_AHEAD = 8;
    /** Bytes of a name and a length, which all chunks begin with, the file included. */
    private static final int RIFF_HEAD = 8;

    private static final int WEBP_HEAD = 12;

    private final byte[] bytes;

    private Webp(byte[] bytes) {
        this.bytes = bytes;
    }

    static boolean looksLikeWebp(byte[] bytes) {
        return bytes.length > WEBP_HEAD
                && new String(bytes, 0, 4, StandardCharsets.ISO_8859_1).equals("RIFF")
                && new String(bytes, 8, 4, StandardCharsets.ISO_8859_1).equals("WEBP");
    }

    /**
     * The file as a stream.
     *
     * @throws DataException if it is cut off, or one of its chunks is
     */
    static ImageInputStream open(byte[] bytes, String file) throws DataException {
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
        return new Webp(bytes);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        read(one, 0, 1);
        return one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        checkClosed();
        bitOffset = 0;
        if (length > 0 && streamPos >= bytes.length + READ_AHEAD) {
            throw new IOException("its data ends too early"); // no EOFException, which its reader takes for zeros
        }
        int count = (int) Math.min(length, bytes.length + READ_AHEAD - streamPos);
        int there = (int) Math.max(0, Math.min(count, bytes.length - streamPos));
        System.arraycopy(bytes, (int) Math.min(streamPos, bytes.length), into, offset, there);
        Arrays.fill(into, offset + there, offset + count, (byte) 0);
        streamPos += count;
        return count;
    }
}
