package dev.ardm.data.image;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.file.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Decodes one image file to its samples. */
public final class ImageDecoder {
    private static final long MAX_FILE = 1L << 30;

    private ImageDecoder() {}

    /**
     * Decodes a file.
     *
     * @return null if it is of no image format and is not named like one
     * @throws DataException if it is an image that cannot be read completely and exactly, or is only named like one
     */
    static @Nullable DecodedImage decode(Path path) throws IOException {
        ImageFile image = open(path);
        return image == null ? null : image.decoded(Space.MAX_DIMENSIONS);
    }

    /** Looks at a file, see {@link #decode(Path)}; its pixels are not read. */
    static @Nullable ImageFile open(Path path) throws IOException {
        String file = path.toString();
        boolean named = FileNames.hasImageExtension(file);
        long length = Files.size(path);
        if (length > MAX_FILE) {
            if (named) {
                throw DataException.in(file, "an image file of " + length + " bytes is not read");
            }
            return null;
        }
        ImageFile image = ImageFile.open(Files.readAllBytes(path), file);
        if (image == null && named) {
            throw DataException.in(file, length == 0 ? "the file is empty" : "no readable image in spite of its name");
        }
        return image;
    }

    /** Decodes bytes; null if they are of no image format. */
    static @Nullable DecodedImage decode(byte[] bytes, String file) throws IOException {
        return decode(bytes, file, Space.MAX_DIMENSIONS);
    }

    /**
     * Decodes bytes.
     *
     * @param most how many values it may have
     * @return null if they are of no image format
     * @throws DataException if it is an image that cannot be read completely and exactly, or has more values
     */
    public static @Nullable DecodedImage decode(byte[] bytes, String file, int most) throws DataException {
        ImageFile image = ImageFile.open(bytes, file);
        return image == null ? null : image.decoded(most);
    }
}
