package dev.ardm.app.report;

import dev.ardm.core.Space;
import java.util.Arrays;

/** Images with holes for people to look at: the same images with an alpha channel, through which a hole shows. */
public final class Holes {
    private final Space space;
    private final int channels;

    /** @param of the space of the images, of 1 to 4 channels */
    public Holes(Space of) {
        channels = of.extent(2);
        space = Space.image(of.extent(0), of.extent(1), channels + channels % 2, of.maxCategories());
    }

    /** The space of the images made here. */
    public Space space() {
        return space;
    }

    /** An image as it is. */
    public int[] whole(int[] item) {
        boolean[] known = new boolean[item.length];
        Arrays.fill(known, true);
        return damaged(item, known);
    }

    /** An image that is transparent where not all of a pixel is known. */
    public int[] damaged(int[] item, boolean[] known) {
        int wide = space.extent(2);
        int[] out = new int[space.dimensions()];
        for (int pixel = 0; pixel < item.length / channels; pixel++) {
            boolean all = true;
            for (int c = 0; c < channels; c++) {
                out[pixel * wide + c] = item[pixel * channels + c];
                all &= known[pixel * channels + c];
            }
            int alpha = pixel * wide + wide - 1;
            if (!all) {
                out[alpha] = 0;
            } else if (wide > channels) {
                out[alpha] = space.maxCategories() - 1;
            }
        }
        return out;
    }
}
