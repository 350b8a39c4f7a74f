package dev.ardm.fuzz;

import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.image.ImageDecoder;
import dev.ardm.data.image.ImageFiles;
import dev.ardm.data.items.ItemSets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** An image of any format. What is read is written as PNG and read again, which must be the same. */
final class ImageTarget implements FuzzTarget {
    /**
     * Flat images of any size take a few bytes and as long to unpack as others, so that the limit of what is read takes seconds here. See
     * docs/security.md.
     */
    private static final int MOST_VALUES = 1 << 20;

    @Override
    public String name() {
        return "image";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(DataException.class);
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        ImageDecoder.decode(input, "input", MOST_VALUES);
        ItemSet images = ItemSets.open(scratch.file("input", input));
        if (images.space().rank() != 3 || images.space().extent(2) > 4) {
            return; // an array, which another target is for
        }
        Path png = scratch.path("again.png");
        ImageFiles.write(images.space(), images.item(0), png);
        ItemSet again;
        try {
            again = ItemSets.open(png, images.space());
        } catch (DataException e) {
            throw new PropertyViolation("an image that was written can be read", e);
        }
        PropertyViolation.unless(Arrays.equals(again.item(0), images.item(0)), "an image is restored value for value");
    }
}
