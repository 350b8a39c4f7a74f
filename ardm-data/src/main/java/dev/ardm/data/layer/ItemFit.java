package dev.ardm.data.layer;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.UnreadImageException;
import dev.ardm.data.image.DecodedImage;
import dev.ardm.data.image.ImageFile;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngFile;
import org.jspecify.annotations.Nullable;

/** Whether an image file can be an item of a space of images, which consists of its values. */
enum ItemFit {
    /** It has the size, the channels and the depth of the space, and nothing else that would be lost. */
    FITS,
    /** The same, but it has something in addition to its pixels. */
    METADATA,
    /** It has another size, other channels or another depth. */
    OTHER,
    /** It is kept whole. */
    FILE;

    /**
     * Looks at a file. An image of another size is not decoded.
     *
     * @param name of the file, for messages
     * @param space of height, width and channels, of 256 values each
     * @return null if it is of no image format
     * @throws DataException if it is an image that cannot be read
     */
    static @Nullable ItemFit of(byte[] file, String name, Space space, Kept kept) throws DataException {
        try {
            ImageFile image = ImageFile.open(file, name);
            if (image == null) {
                return null;
            }
            if (kept.wholeBecause(image) != null) {
                return FILE;
            }
            if (image.height() != space.extent(0)
                    || image.width() != space.extent(1)
                    || !fits(image, space.extent(2), kept == Kept.METADATA)) {
                return OTHER;
            }
            if (!PngFile.looksLikePng(file)) {
                image.image(); // whose pixels may turn out not to be understood
            }
            return kept == Kept.METADATA && !image.metadata().isEmpty() ? METADATA : FITS;
        } catch (UnreadImageException e) {
            if (!kept.wholeFiles()) {
                throw e;
            }
            return FILE;
        }
    }

    /** Whether the values say all of the samples; without metadata a palette is its colours. */
    private static boolean fits(ImageFile image, int channels, boolean metadata) throws DataException {
        if (image.before().stream().anyMatch(chunk -> chunk.type().equals("tRNS"))) {
            return false;
        }
        if (image.kind() == ColourKind.PALETTE && !metadata) {
            DecodedImage colours = image.decoded(Space.MAX_DIMENSIONS);
            return colours.channels() == channels && colours.bits() == 8;
        }
        return image.kind() != ColourKind.PALETTE && image.kind().channels() == channels && image.bits() == 8;
    }
}
