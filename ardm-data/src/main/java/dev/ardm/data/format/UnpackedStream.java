package dev.ardm.data.format;

import dev.ardm.data.DataException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/** Unpacked bytes: refuses what swells too much, finds damage, and names the file in every complaint. */
public final class UnpackedStream extends FilterInputStream {
    /** Below this many bytes nothing can do harm. */
    public static final long HARMLESS_BYTES = 64L << 20;

    /** Text and sound stay far below; deflate ends at 1032. */
    static final int MAX_RATIO = 200;

    private final String file;
    private final long packedBytes;
    private final long expectedCrc;
    private final CRC32 crc = new CRC32();
    private long unpacked;

    /**
     * Wraps a stream that unpacks.
     *
     * @param packedBytes length of what is unpacked
     * @param expectedCrc CRC-32 of the unpacked bytes, or -1 if the stream checks it itself
     */
    UnpackedStream(InputStream in, String file, long packedBytes, long expectedCrc) {
        super(in);
        this.file = file;
        this.packedBytes = packedBytes;
        this.expectedCrc = expectedCrc;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        int got;
        try {
            got = in.read(buffer, offset, count);
        } catch (EOFException e) {
            throw new DataException(file + ", after byte " + unpacked + " unpacked: the packed data is cut off", e);
        } catch (ZipException e) {
            throw new DataException(
                    file + ", after byte " + unpacked + " unpacked: the packed data is damaged: " + e.getMessage(), e);
        }
        if (got < 0) {
            if (expectedCrc >= 0 && crc.getValue() != expectedCrc) {
                throw DataException.in(file, "the packed data is damaged: its checksum is wrong");
            }
            return got;
        }
        unpacked += got;
        crc.update(buffer, offset, got);
        if (unpacked > HARMLESS_BYTES && unpacked / MAX_RATIO > packedBytes) {
            throw DataException.in(
                    file,
                    packedBytes + " packed bytes become more than " + unpacked
                            + ", which looks like a zip bomb; if it is not, unpack the file first");
        }
        return got;
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 1 << 16)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
