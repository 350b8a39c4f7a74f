package dev.ardm.data.layer;

import dev.ardm.core.Space;
import dev.ardm.data.items.ImageFileList;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import java.io.IOException;

/**
 * Whether image files can be items of a model's size, or have to be images of any size.
 *
 * @param images their number
 * @param other those of another size, other channels or another depth than the model's
 * @param metadata those that fit, but have metadata that is to be kept
 * @param kept the part of the files that is restored
 */
public record ImageFit(int images, int other, int metadata, Kept kept, Space space) {
    /**
     * Looks at all files.
     *
     * @param space of height, width and channels, of 256 values each
     * @throws dev.ardm.data.DataException if one cannot be used
     */
    public static ImageFit of(ImageFileList files, Space space, Kept kept) throws IOException {
        int images = 0;
        int other = 0;
        int metadata = 0;
        ImageFileList.Cursor cursor = files.cursor();
        while (cursor.next()) {
            ItemFit fit = ItemFit.of(cursor.bytes(), cursor.path(), space, kept == Kept.METADATA);
            if (fit == null) {
                cursor.passOver();
                continue;
            }
            images++;
            other += fit == ItemFit.OTHER ? 1 : 0;
            metadata += fit == ItemFit.METADATA ? 1 : 0;
        }
        return new ImageFit(images, other, metadata, kept, space);
    }

    /** Whether they have to be images of any size. */
    public boolean anySize() {
        return images > 0 && (kept == Kept.FILE || other + metadata > 0);
    }

    /** A line that states the kind of items and the reason. */
    public String describe() {
        String what = String.format(java.util.Locale.ROOT, "%,d image%s", images, images == 1 ? "" : "s")
                + " coded in windows, each with its own size";
        if (kept == Kept.FILE) {
            return what + ", so that the very files come back";
        }
        String model =
                space.extent(0) + "x" + space.extent(1) + (space.extent(2) == 1 ? ", grey" : ", RGB") + ", 8 bits";
        return what + ": "
                + (other > 0 ? other + " not of the model's size and kind (" + model + ")" : "")
                + (other > 0 && metadata > 0 ? ", " : "")
                + (metadata > 0 ? metadata + " with metadata" : "");
    }
}
