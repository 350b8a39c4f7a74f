package dev.ardm.app.fill;

import dev.ardm.core.Item;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which values of items are known. */
public interface FillMask {
    /**
     * For each value whether it is known.
     *
     * @param length how many values the item must have; those after its own are missing
     * @throws IOException if a mask file cannot be read, the item is damaged, or it has no field of a name
     * @throws IllegalArgumentException if the mask does not fit the item
     */
    boolean[] known(Item item, int length) throws IOException;

    /**
     * Understands a mask: {@code missing:PART} or {@code known:PART}, and of images also painted ones.
     *
     * @param threshold the least brightness of what is missing in a painted mask, of 255; null to find it
     * @throws IllegalArgumentException saying what is wrong with the text and what is allowed
     */
    static FillMask of(String text, DataFormat format, @Nullable Integer threshold) {
        if (threshold != null && format.layout().hasSide()) {
            throw new IllegalArgumentException("a threshold is for masks that are images");
        }
        return switch (format.layout().kind()) {
            case SEQUENCES, RECORDS -> new SequenceMask(text, format);
            case ROWS -> new FieldMask(text, format);
            case VALUES, VALUE_RECORDS, IMAGES -> ImageMask.of(text, format.space(), threshold);
        };
    }

    /** How many values are missing. */
    static int missing(boolean[] known) {
        int count = 0;
        for (boolean flag : known) {
            count += flag ? 0 : 1;
        }
        return count;
    }

    /** All of that many values are known. */
    static boolean[] all(int values) {
        boolean[] known = new boolean[values];
        Arrays.fill(known, true);
        return known;
    }
}
