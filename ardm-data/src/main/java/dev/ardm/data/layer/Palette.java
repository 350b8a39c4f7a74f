package dev.ardm.data.layer;

import dev.ardm.data.DataException;
import dev.ardm.data.layer.LayerLayout.Colours;
import dev.ardm.data.png.PngChunk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The colours of an image whose samples are their numbers. */
final class Palette {
    /** None. */
    static final Palette NONE = new Palette(new byte[0]);

    private final byte[] rgb;
    /** Numbers by colour, the first of those that are the same. */
    private final Map<Integer, Integer> numbers = new HashMap<>();

    /**
     * @param rgb three bytes for each colour
     */
    Palette(byte[] rgb) {
        this.rgb = rgb;
        for (int i = 0; i < rgb.length / 3; i++) {
            numbers.putIfAbsent(colour(i), i);
        }
    }

    /** Of the chunks before the image data. */
    static Palette of(List<PngChunk> chunks) {
        return chunks.stream()
                .filter(chunk -> chunk.type().equals("PLTE"))
                .findFirst()
                .map(chunk -> new Palette(chunk.data()))
                .orElse(NONE);
    }

    private int channel(int number, int channel) {
        return rgb[3 * number + channel] & 0xFF;
    }

    private int colour(int number) {
        return channel(number, 0) << 16 | channel(number, 1) << 8 | channel(number, 2);
    }

    /**
     * The stored form of a plane of numbers: their colours, if these determine the numbers.
     *
     * @param channels of the model
     */
    Colours colours(int[] plane, int channels) {
        boolean grey = true;
        for (int number : plane) {
            if (number >= rgb.length / 3 || numbers.getOrDefault(colour(number), -1) != number) {
                return Colours.INDEX;
            }
            grey &= channel(number, 0) == channel(number, 1) && channel(number, 0) == channel(number, 2);
        }
        if (grey) {
            return Colours.ONE;
        }
        return channels == 3 ? Colours.THREE : Colours.INDEX;
    }

    /** Planes of colours, one or three. */
    List<int[]> planes(int[] plane, Colours colours) {
        int count = colours == Colours.THREE ? 3 : 1;
        int[][] planes = new int[count][plane.length];
        for (int p = 0; p < plane.length; p++) {
            for (int c = 0; c < count; c++) {
                planes[c][p] = channel(plane[p], c);
            }
        }
        return List.of(planes);
    }

    /** The numbers of colours. */
    int[] indices(List<int[]> planes, SideReader in) throws DataException {
        int[] red = planes.get(0);
        int[] green = planes.get(planes.size() == 3 ? 1 : 0);
        int[] blue = planes.get(planes.size() == 3 ? 2 : 0);
        int[] indices = new int[red.length];
        for (int p = 0; p < indices.length; p++) {
            Integer number = numbers.get(red[p] << 16 | green[p] << 8 | blue[p]);
            if (number == null) {
                throw in.damaged("a colour that the palette does not have");
            }
            indices[p] = number;
        }
        return indices;
    }
}
