package dev.ardm.data.image;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import dev.ardm.data.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Checks numbers in TIFF files by which the reader allocates memory before it looks at the image. */
final class Tiff {
    private static final int SAMPLES_PER_PIXEL = 277;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_LENGTH = 323;
    private static final int MOST_SAMPLES_PER_PIXEL = 4;
    private static final int MOST_TILE_EXTENT = 1 << 16;

    private Tiff() {}

    static boolean looksLikeTiff(byte[] bytes) {
        boolean little = bytes.length >= 4 && bytes[0] == 'I' && bytes[1] == 'I' && bytes[3] == 0;
        boolean big = bytes.length >= 4 && bytes[0] == 'M' && bytes[1] == 'M' && bytes[2] == 0;
        int version = little ? bytes[2] : big ? bytes[3] : 0;
        return version == 42 || version == 43; // 43 with offsets of 64 bits
    }

    /**
     * Refuses files whose pixels have more samples, or whose tiles are larger, than those of any image that is read.
     *
     * @throws DataException if there are such, or the directory cannot be read
     */
    static void requirePlausible(byte[] bytes, String file) throws DataException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            if (new TIFFReader().read(in) instanceof CompoundDirectory directories) {
                for (int i = 0; i < directories.directoryCount(); i++) {
                    Directory directory = directories.getDirectory(i);
                    require(directory, SAMPLES_PER_PIXEL, MOST_SAMPLES_PER_PIXEL, "samples a pixel", file);
                    require(directory, TILE_WIDTH, MOST_TILE_EXTENT, "columns of a tile", file);
                    require(directory, TILE_LENGTH, MOST_TILE_EXTENT, "rows of a tile", file);
                }
            }
        } catch (DataException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new DataException(file + ": the image is damaged or cut off: " + e.getMessage(), e);
        }
    }

    private static void require(Directory directory, int tag, int most, String what, String file) throws DataException {
        Entry entry = directory.getEntryById(tag);
        Object value = entry == null ? null : entry.getValue();
        if (value != null && value.getClass().isArray()) {
            value = Array.getLength(value) == 0 ? null : Array.get(value, 0);
        }
        if (value instanceof Number number && (number.longValue() < 1 || number.longValue() > most)) {
            throw DataException.in(file, "a TIFF of " + number + " " + what + "; 1 to " + most + " are read");
        }
    }
}
