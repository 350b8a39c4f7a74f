package dev.ardm.data.format;

import dev.ardm.data.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file to read, in a folder or in a zip file.
 *
 * @param name relative to the folder or zip file, with {@code /} between its parts
 * @param place its name in messages
 * @param packedBytes its length in bytes as stored
 * @param modified time of last modification in milliseconds since 1970 (UTC); empty in a zip file, whose times depend on the
 *     reader's time zone
 * @param mode permissions in the nine bits of POSIX, if known
 * @param source of its bytes; those of a zip file unpacked
 */
public record InputFile(
        String name, String place, long packedBytes, OptionalLong modified, OptionalInt mode, Source source) {
    private static final int BUFFER = 1 << 16;

    /** Opens it. */
    interface Source {
        public InputStream open() throws IOException;
    }

    /** Treatment of files packed with gzip. */
    public enum Gzip {
        /** Its content is read. */
        UNPACK,
        /** It is refused, since the bytes of the gzip file could not be restored. */
        REFUSE,
        /** Its bytes are read as they are. */
        KEEP
    }

    InputFile named(String newName) {
        return new InputFile(newName, place, packedBytes, modified, mode, source);
    }

    /** Its bytes from the first one on. */
    public InputStream open(Gzip gzip) throws IOException {
        InputStream raw = new BufferedInputStream(source.open(), BUFFER);
        try {
            raw.mark(2);
            boolean packed = raw.read() == 0x1F && raw.read() == 0x8B;
            raw.reset();
            if (!packed || gzip == Gzip.KEEP) {
                return raw;
            }
            if (gzip == Gzip.REFUSE) {
                throw DataException.in(
                        place, "is packed with gzip and could not be restored byte for byte; unpack it first");
            }
            InputStream unpacked = new GZIPInputStream(raw, BUFFER);
            return new BufferedInputStream(new UnpackedStream(unpacked, place, packedBytes, -1), BUFFER);
        } catch (EOFException e) {
            raw.close();
            throw new DataException(place + ": the gzip data is cut off in its header", e);
        } catch (ZipException e) {
            raw.close();
            throw new DataException(place + ": damaged gzip data: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }
}
