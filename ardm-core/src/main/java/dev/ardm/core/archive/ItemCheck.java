package dev.ardm.core.archive;

import dev.ardm.coding.DocumentLayout;
import dev.ardm.core.Space;
import dev.ardm.core.model.LikelihoodModel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Refuses what a coder or an archive would refuse, before others wait with it to be coded. */
final class ItemCheck {
    private final Space space;
    private final @Nullable DocumentLayout layout;

    /**
     * @param layout what documents are, or null where items are nothing but their values
     */
    ItemCheck(LikelihoodModel model, @Nullable DocumentLayout layout) {
        this.space = model.space();
        this.layout = layout;
    }

    /**
     * Checks an item of as many values as the space has, which may become a document without anything beside its values.
     *
     * @throws IllegalArgumentException if it is not of the space
     */
    void requireItem(ArchiveItem item) {
        space.check(item.values());
        if (layout != null) {
            requireDocument(item);
        }
    }

    /**
     * Checks a document.
     *
     * @throws IllegalArgumentException if its values are not of the space, or it has a shape that it cannot have
     * @throws IllegalStateException if items are nothing but their values
     */
    void requireDocument(ArchiveItem document) {
        DocumentLayout kind = layout;
        if (kind == null) {
            throw new IllegalStateException("an archive of items that are nothing but their values");
        }
        if (kind.images()) {
            requireImage(document);
        } else if (document.shape().length > 0) {
            throw new IllegalArgumentException("documents that are no images have no shape of their own");
        } else if (document.values().length == space.dimensions()) {
            space.check(document.values());
        } else if (kind.sequences()) {
            space.checkValues(document.values());
        } else {
            throw new IllegalArgumentException(
                    "an item of " + space + " has " + space.dimensions() + " values, got " + document.values().length);
        }
    }

    private void requireImage(ArchiveItem image) {
        int[] shape = image.shape();
        long values = space.extent(2);
        for (int extent : shape) {
            values = extent < 1 || values < 0 || values > Integer.MAX_VALUE ? -1 : values * extent;
        }
        if (shape.length != 3 || values != image.values().length) {
            throw new IllegalArgumentException(
                    "an image has a height, a width and a number of layers, and as many values as they say; got "
                            + Arrays.toString(shape) + " and " + image.values().length + " values");
        }
        space.checkValues(image.values());
    }
}
