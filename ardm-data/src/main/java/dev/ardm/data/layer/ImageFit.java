package dev.ardm.data.layer;

import dev.ardm.core.Space;
import dev.ardm.data.items.ImageFileList;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether image files can be items of a model's size, or have to be images of any size.
 *
 * @param images their number
 * @param other those of another size, other channels or another depth than the model's
 * @param metadata those that fit, but have metadata that is to be kept
 * @param whole those that are kept whole
 * @param kept the part of the files that is restored
 */
public record ImageFit(int images, int other, int metadata, int whole, Kept kept, Space space) {
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
        int whole = 0;
        ImageFileList.Cursor cursor = files.cursor();
        while (cursor.next()) {
            ItemFit fit = ItemFit.of(cursor.bytes(), cursor.path(), space, kept);
            if (fit == null) {
                cursor.passOver();
                continue;
            }
            images++;
            other += fit == ItemFit.OTHER ? 1 : 0;
            metadata += fit == ItemFit.METADATA ? 1 : 0;
            whole += fit == ItemFit.FILE ? 1 : 0;
        }
        return new ImageFit(images, other, metadata, whole, kept, space);
    }

    /** Whether they have to be images of any size. */
    public boolean anySize() {
        return images > 0 && (kept == Kept.FILE || other + metadata + whole > 0);
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
        List<String> reasons = new ArrayList<>();
        if (other > 0) {
            reasons.add(other + " not of the model's size and kind (" + model + ")");
        }
        if (metadata > 0) {
            reasons.add(metadata + " with metadata");
        }
        if (whole > 0) {
            reasons.add(whole + " kept whole");
        }
        return what + ": " + String.join(", ", reasons);
    }
}
