package dev.ardm.data.format;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How files are opened as items.
 *
 * @param nextTo a file that is being written, next to which scratch files for many names may be
 * @param layout that the items must have; empty for the one that suits the files
 * @param kept what of image files comes back, where that is not only the values
 * @param refusal why images cannot be coded in windows, in words; empty if they can
 */
public record InputOptions(Path nextTo, Optional<ItemLayout> layout, Kept kept, Optional<String> refusal) {
    /** For whatever layout suits the files, with the metadata of images. */
    public static InputOptions nextTo(Path target) {
        return new InputOptions(target, Optional.empty(), Kept.METADATA, Optional.empty());
    }

    /** The same for one layout. */
    public InputOptions with(ItemLayout wanted) {
        return new InputOptions(nextTo, Optional.of(wanted), kept, refusal);
    }

    /** The same, with something else kept of image files. */
    public InputOptions keeping(Kept what) {
        return new InputOptions(nextTo, layout, what, refusal);
    }

    /** The same for a model that cannot code images in windows, for a reason. */
    public InputOptions withoutWindows(String why) {
        return new InputOptions(nextTo, layout, kept, Optional.of(why));
    }
}
