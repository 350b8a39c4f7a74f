package dev.ardm.data.image;

import java.io.IOException;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of a WebP file as its reader needs them. It looks a few bytes ahead of what it uses, and takes zeros for bytes that are
 * not there: with an exception for each, so that a few bytes that claim to be a large image take minutes. Here there are a few zeros
 * after the end, and then an error that ends the reading.
 */
final class WebpStream extends ImageInputStreamImpl {
    private static final int READ_AHEAD = 8;

    private final byte[] bytes;

    WebpStream(byte[] bytes) {
        this.bytes = bytes;
    }

    static boolean isWebp(byte[] bytes) {
        return bytes[0] == 'R';
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
