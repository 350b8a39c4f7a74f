package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.core.Space;
import dev.ardm.data.ImageFileList;
import dev.ardm.data.image.ImageFileCodec;
import dev.ardm.data.image.ItemFit;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Whether image files can be items of a model, or have to be images of any size.
 *
 * @param images how many there are
 * @param other those of another size, other channels or another depth than the model's
 * @param metadata those that fit, but hold something beside their pixels
 * @param exactFiles whether the files are to come back byte by byte
 */
record ImageNeeds(int images, int other, int metadata, boolean exactFiles, Space space) {
    /**
     * Looks at all files.
     *
     * @throws dev.ardm.data.DataException if one cannot be used
     */
    static ImageNeeds of(ImageFileList files, Space space, boolean exactFiles, boolean keepMetadata)
            throws IOException {
        int images = 0;
        int other = 0;
        int metadata = 0;
        ImageFileList.Cursor cursor = files.cursor();
        while (cursor.next()) {
            ItemFit fit = fit(cursor, space, exactFiles, keepMetadata);
            if (fit == null) {
                cursor.passOver();
                continue;
            }
            images++;
            other += fit == ItemFit.OTHER ? 1 : 0;
            metadata += fit == ItemFit.METADATA ? 1 : 0;
        }
        return new ImageNeeds(images, other, metadata, exactFiles, space);
    }

    private static @Nullable ItemFit fit(
            ImageFileList.Cursor cursor, Space space, boolean exactFiles, boolean keepMetadata) throws IOException {
        if (!exactFiles) {
            return ItemFit.of(cursor.bytes(), cursor.path(), space, keepMetadata);
        }
        return ImageFileCodec.looksLikeImage(cursor.bytes(), cursor.path()) ? ItemFit.OTHER : null;
    }

    /** Whether the archive has to be one of images of any size. */
    boolean anySize() {
        return images > 0 && (exactFiles || other + metadata > 0);
    }

    /** What and why, in a line. */
    String describe() {
        if (exactFiles) {
            return Text.count(images, "image") + " kept whole, without the model, so that the very files come back";
        }
        String what = Text.count(images, "image") + " coded in windows, each with its own size";
        String model =
                space.extent(0) + "x" + space.extent(1) + (space.extent(2) == 1 ? ", grey" : ", RGB") + ", 8 bits";
        return what + ": "
                + (other > 0 ? other + " not of the model's size and kind (" + model + ")" : "")
                + (other > 0 && metadata > 0 ? ", " : "")
                + (metadata > 0 ? metadata + " with metadata" : "");
    }
}
