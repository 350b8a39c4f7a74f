package dev.ardm.data.file;

import dev.ardm.data.DataException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a file, unpacked when it is gzip, with the position kept for error messages. */
public final class ByteSource implements Closeable {
    private final String file;
    private final InputStream in;
    private long position;

    private ByteSource(String file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** Opens a file; gzip is recognised by its content. */
    public static ByteSource open(Path path) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        try {
            raw.mark(2);
            boolean gzip = raw.read() == 0x1F && raw.read() == 0x8B;
            raw.reset();
            InputStream in = gzip ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16) : raw;
            return new ByteSource(path.toString(), in);
        } catch (EOFException e) {
            raw.close();
            throw new DataException(path + ": the gzip data is cut off in its header", e);
        } catch (ZipException e) {
            raw.close();
            throw new DataException(path + ": damaged gzip data: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** The first bytes of a file, unpacked when it is gzip; fewer if the file is shorter. */
    public static byte[] peek(Path path, int count) throws IOException {
        try (ByteSource source = open(path)) {
            byte[] head = new byte[count];
            return java.util.Arrays.copyOf(head, source.fill(head, count));
        }
    }

    public String file() {
        return file;
    }

    /** Bytes read so far, counted after unpacking. */
    public long position() {
        return position;
    }

    /** Fills the first bytes of a buffer or throws, saying what they were to be. */
    public void read(byte[] buffer, int count, String what) throws IOException {
        read(buffer, count, 0, what);
    }

    /** Does the same with a piece of something of which that many bytes are to be read after it. */
    public void read(byte[] buffer, int count, long behind, String what) throws IOException {
        long start = position;
        int got = fill(buffer, count);
        if (got < count) {
            throw DataException.at(
                    file,
                    position,
                    "the file ends inside " + what + ", which needs " + (start + count + behind - position)
                            + " more bytes");
        }
    }

    /** Refuses bytes after the end of the data. */
    public void requireEnd() throws IOException {
        if (fill(new byte[1], 1) != 0) {
            throw DataException.at(file, position - 1, "there are bytes after the end of the data");
        }
    }

    private int fill(byte[] buffer, int count) throws IOException {
        try {
            int got = in.readNBytes(buffer, 0, count);
            position += got;
            return got;
        } catch (EOFException e) {
            throw new DataException(file + ", after byte " + position + " unpacked: the gzip data is cut off", e);
        } catch (ZipException e) {
            throw new DataException(
                    file + ", after byte " + position + " unpacked: damaged gzip data: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
