package dev.ardm.data.image;

import dev.ardm.core.Space;
import dev.ardm.data.Spaces;
import dev.ardm.data.file.Staging;
import dev.ardm.data.png.PngText;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Contact sheets: many items in one picture for people to look at. */
public final class ImageGrid {
    /** Pixels between two items and around them. */
    public static final int GAP = 2;

    private static final int BACKGROUND = 0x404040;
    private static final int LIGHT = 204;
    private static final int DARK = 153;
    private static final int SQUARE = 4;
    private static final long MAX_PIXELS = 1L << 27;

    private ImageGrid() {}

    /**
     * Draws items row by row. Values are stretched from {@code [0, K-1]} to {@code [0, 255]}; items with alpha stand over
     * a checkerboard.
     *
     * @param columns items per row, at least 1
     * @param scale side in pixels of the square drawn for each pixel of an item, at least 1
     * @throws IllegalArgumentException if there are no items, they are not images of 1 to 4 channels, or the sheet would
     *     exceed 2^27 pixels
     */
    public static BufferedImage render(Space space, List<int[]> items, int columns, int scale) {
        Spaces.requireImage(space);
        if (items.isEmpty() || columns < 1 || scale < 1) {
            throw new IllegalArgumentException("a grid needs at least one item, one column and a scale of 1, got "
                    + items.size() + ", " + columns + ", " + scale);
        }
        int across = Math.min(columns, items.size());
        int down = (items.size() + across - 1) / across;
        long cellWidth = (long) space.extent(1) * scale;
        long cellHeight = (long) space.extent(0) * scale;
        long width = GAP + across * (cellWidth + GAP);
        long height = GAP + down * (cellHeight + GAP);
        if (Math.max(width, height) > MAX_PIXELS || width * height > MAX_PIXELS) {
            throw new IllegalArgumentException("a grid of " + width + "x" + height + " pixels is too large");
        }
        BufferedImage sheet = new BufferedImage((int) width, (int) height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                sheet.setRGB(x, y, BACKGROUND);
            }
        }
        for (int i = 0; i < items.size(); i++) {
            space.check(items.get(i));
            int left = GAP + i % across * ((int) cellWidth + GAP);
            int top = GAP + i / across * ((int) cellHeight + GAP);
            for (int y = 0; y < cellHeight; y++) {
                for (int x = 0; x < cellWidth; x++) {
                    boolean light = (x / SQUARE + y / SQUARE) % 2 == 0;
                    int rgb = colour(space, items.get(i), y / scale, x / scale, light ? LIGHT : DARK);
                    sheet.setRGB(left + x, top + y, rgb);
                }
            }
        }
        return sheet;
    }

    /** Draws the sheet of a set's items and writes it as PNG, with text entries if any. */
    public static void write(
            Path path, Space space, List<int[]> items, int columns, int scale, Map<String, String> texts)
            throws IOException {
        Staging.file(path, out -> PngText.write(render(space, items, columns, scale), texts, out));
    }

    /** Draws the sheet of a set's items and writes it as PNG. */
    public static void write(Path path, Space space, List<int[]> items, int columns, int scale) throws IOException {
        write(path, space, items, columns, scale, Map.of());
    }

    private static int colour(Space space, int[] item, int y, int x, int under) {
        int channels = space.extent(2);
        int top = space.maxCategories() - 1;
        int at = (y * space.extent(1) + x) * channels;
        int alpha = channels % 2 == 0 ? stretched(item[at + channels - 1], top) : 255;
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
            int value = stretched(item[channels < 3 ? at : at + c], top);
            rgb = rgb << 8 | (value * alpha + under * (255 - alpha) + 127) / 255;
        }
        return rgb;
    }

    private static int stretched(int value, int top) {
        return (int) ((value * 255L + top / 2) / top);
    }
}
