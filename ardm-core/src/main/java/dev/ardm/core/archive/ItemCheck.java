package dev.ardm.core.archive;

import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.model.LikelihoodModel;
import java.util.Arrays;

/** Refuses items that a coder or archive would refuse, before they are coded together with others. */
final class ItemCheck {
    private final Space space;
    private final ItemLayout layout;

    ItemCheck(LikelihoodModel model, ItemLayout layout) {
        this.space = model.space();
        this.layout = layout;
    }

    /**
     * Checks an item.
     *
     * @throws IllegalArgumentException if its values are outside the space, an archive cannot keep its name or time, or items of
     *     this archive have no such shape, number of values or side information
     */
    void require(Item item) {
        item.label();
        if (layout.records()) {
            requireRecord(item);
            return;
        }
        if (item.isWhole()) {
            if (item.bytes() > ArchiveFormat.MAX_STREAM_BYTES - ArchiveFormat.CHECKSUM_BYTES) {
                throw new IllegalArgumentException("a file of " + item.bytes() + " bytes, more than an item can have");
            }
            return;
        }
        if (item.side().length > 0 && !layout.hasSide()) {
            throw new IllegalArgumentException("items of this archive have no side information");
        }
        if (layout.images()) {
            requireImage(item);
            return;
        }
        if (item.shape().length > 0) {
            throw new IllegalArgumentException("only images of any size have a shape of their own");
        }
        if (layout.sequences()) {
            space.checkValues(item.values());
        } else {
            space.check(item.values());
        }
    }

    private void requireRecord(Item record) {
        if (record.shape().length > 0) {
            throw new IllegalArgumentException("only images of any size have a shape of their own");
        }
        int most = ArchiveFormat.MAX_STREAM_BYTES / 2 - RecordGroup.MOST_RECORDS;
        if (record.values().length > most || record.side().length > most) {
            throw new IllegalArgumentException("a record of " + record.values().length + " values and "
                    + record.side().length + " bytes of side information; the most are " + most);
        }
        if (!layout.hasSide()) {
            if (record.side().length > 0) {
                throw new IllegalArgumentException("items of this archive have no side information");
            }
            space.check(record.values());
        } else {
            space.checkValues(record.values());
        }
    }

    private void requireImage(Item image) {
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
