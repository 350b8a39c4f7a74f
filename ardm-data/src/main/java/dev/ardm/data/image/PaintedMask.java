package dev.ardm.data.image;

import dev.ardm.data.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A mask painted as an image, as painting tools make them: what is bright is missing, what is dark or transparent is known. If all
 * that is painted has one colour, on a transparent ground, the paint is what is missing.
 */
public final class PaintedMask {
    /** Brightness of white. */
    public static final int WHITE = 255;

    /** Two levels closer than this could be one level with noise. */
    private static final int LEAST_CONTRAST = 64;

    /** Of so many pixels one may be neither dark nor bright, such as at soft edges. */
    private static final int ONE_UNCLEAR_IN = 20;

    private PaintedMask() {}

    /**
     * Reads a mask.
     *
     * @param grid of the item; the mask has its height and width
     * @param threshold the least brightness of what is missing, from 1 to {@link #WHITE}; null for the middle between the dark and the
     *     bright pixels
     * @return for each value whether it is known
     * @throws DataException if the file is not a readable image, has another size, or, without a threshold, does not clearly have a
     *     dark and a bright part
     */
    public static boolean[] read(Path path, Masks.Grid grid, @Nullable Integer threshold) throws IOException {
        DecodedImage image = ImageDecoder.decode(path);
        if (image == null) {
            throw DataException.in(path.toString(), "not an image");
        }
        if (image.height() != grid.height() || image.width() != grid.width()) {
            throw DataException.in(
                    path.toString(),
                    "a mask of " + image.height() + "x" + image.width() + " pixels does not fit items of "
                            + grid.height() + "x" + grid.width());
        }
        int[] brightness = brightness(image);
        int least = threshold != null ? threshold : threshold(path, brightness);
        boolean[] known = new boolean[Math.multiplyExact(brightness.length, grid.channels())];
        for (int i = 0; i < known.length; i++) {
            known[i] = brightness[i / grid.channels()] < least;
        }
        return known;
    }

    /** From 0 to {@link #WHITE} for each pixel: the largest of its channels, as far as it is opaque. */
    private static int[] brightness(DecodedImage image) {
        int channels = image.channels();
        int colours = channels - (image.hasAlpha() ? 1 : 0);
        long most = (1L << image.bits()) - 1;
        int[] colour = new int[image.height() * image.width()];
        long[] opacity = new long[colour.length];
        for (int p = 0; p < colour.length; p++) {
            for (int c = 0; c < colours; c++) {
                colour[p] = Math.max(colour[p], image.values()[p * channels + c]);
            }
            opacity[p] = image.hasAlpha() ? image.values()[p * channels + colours] : most;
        }
        boolean paint = image.hasAlpha() && oneColour(image, colours, opacity);
        int[] brightness = new int[colour.length];
        for (int p = 0; p < colour.length; p++) {
            long value = paint ? opacity[p] * most : colour[p] * opacity[p];
            brightness[p] = (int) ((value * WHITE + most * most / 2) / (most * most));
        }
        return brightness;
    }

    /** Whether all pixels that are not transparent have one colour, and there are others. */
    private static boolean oneColour(DecodedImage image, int colours, long[] opacity) {
        int first = -1;
        boolean transparent = false;
        for (int p = 0; p < opacity.length; p++) {
            transparent |= opacity[p] == 0;
            if (opacity[p] > 0) {
                first = first < 0 ? p : first;
                int at = p * image.channels();
                int with = first * image.channels();
                if (!Arrays.equals(image.values(), at, at + colours, image.values(), with, with + colours)) {
                    return false;
                }
            }
        }
        return transparent && first >= 0;
    }

    private static int threshold(Path path, int[] brightness) throws DataException {
        int dark = Arrays.stream(brightness).min().orElse(0);
        int bright = Arrays.stream(brightness).max().orElse(0);
        if (dark == bright) {
            return WHITE / 2 + 1;
        }
        if (Arrays.stream(brightness).allMatch(value -> value == dark || value == bright)) {
            return bright; // Such as 0 and 1.
        }
        int quarter = (bright - dark) / 4;
        long unclear = Arrays.stream(brightness)
                .filter(value -> value > dark + quarter && value < bright - quarter)
                .count();
        if (bright - dark < LEAST_CONTRAST || unclear > brightness.length / ONE_UNCLEAR_IN) {
            throw DataException.in(
                    path.toString(),
                    "the mask is not clearly of two levels: its brightness is from " + dark + " to " + bright + " of "
                            + WHITE + ", and " + unclear + " of " + brightness.length
                            + " pixels are in the middle of that; --threshold N makes what is at least N bright"
                            + " missing");
        }
        return (dark + bright + 1) / 2;
    }
}
