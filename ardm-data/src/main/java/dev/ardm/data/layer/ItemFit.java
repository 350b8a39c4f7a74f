package dev.ardm.data.layer;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.image.DecodedImage;
import dev.ardm.data.image.ImageDecoder;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngFile;
import dev.ardm.data.png.PngHeader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Whether an image file can be an item of a space of images, which consists of its values. */
public enum ItemFit {
    /** It has the size, the channels and the depth of the space, and nothing else that would be lost. */
    WHOLE,
    /** The same, but it has something in addition to its pixels. */
    METADATA,
    /** It has another size, other channels or another depth. */
    OTHER;

    /**
     * Looks at a file. An image of another size is not decoded.
     *
     * @param name of the file, for messages
     * @param space of height, width and channels, of 256 values each
     * @param keepMetadata whether what is in addition to the pixels matters, the palette included
     * @return null if it is of no image format
     * @throws DataException if it is an image that cannot be read
     */
    public static @Nullable ItemFit of(byte[] file, String name, Space space, boolean keepMetadata) throws IOException {
        return PngFile.looksLikePng(file)
                ? png(file, name, space, keepMetadata)
                : other(file, name, space, keepMetadata);
    }

    private static ItemFit png(byte[] file, String name, Space space, boolean keepMetadata) throws DataException {
        PngFile png = PngFile.read(file, name);
        png.requireImage();
        PngHeader header = png.header();
        boolean palette = header.kind() == ColourKind.PALETTE;
        boolean fits = header.height() == space.extent(0)
                && header.width() == space.extent(1)
                && (palette
                        ? !keepMetadata && space.extent(2) == 3
                        : header.kind().channels() == space.extent(2) && header.bits() == 8)
                && png.chunk("tRNS") == null;
        if (!fits) {
            return OTHER;
        }
        boolean more = !png.before().isEmpty() || !png.after().isEmpty();
        return more && keepMetadata ? METADATA : WHOLE;
    }

    private static @Nullable ItemFit other(byte[] file, String name, Space space, boolean keepMetadata)
            throws IOException {
        ImageDecoder.Header header = ImageDecoder.header(file, name);
        if (header == null) {
            return null;
        }
        if (header.height() != space.extent(0) || header.width() != space.extent(1)) {
            return OTHER;
        }
        DecodedImage image = ImageDecoder.decode(file, name, Space.MAX_DIMENSIONS);
        if (image == null || image.channels() != space.extent(2) || image.bits() != 8) {
            return OTHER;
        }
        return keepMetadata && ForeignMetadata.any(file) ? METADATA : WHOLE;
    }
}
