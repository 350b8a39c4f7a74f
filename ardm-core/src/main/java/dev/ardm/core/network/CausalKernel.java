package dev.ardm.core.network;

/**
 * Which places a convolution sees that comes before an output's own place in raster order: a tap is {@code dilation} times {@code (right,
 * above)}, {@code above} rows higher and {@code right} places further to the right (van den Oord et al. 2016, "Pixel recurrent neural
 * networks", section 3.4). Its own row ends at the place, or before it.
 *
 * <p>Rows above reach to the right no further than a wavefront allows: if place (x, y) is computed at step {@code x + slope * y}, all taps
 * are at earlier steps.
 *
 * @param rows rows above that are seen, in [0, 64]
 * @param reach places that are seen to the left and, at most, to the right, in [0, 1024]
 * @param dilation places from one tap to the next along both axes, in [1, 65536]
 * @param slope of the wavefront, in [1, 64]
 * @param self whether the place itself is seen
 */
public record CausalKernel(int rows, int reach, int dilation, int slope, boolean self) {
    /** Checks the sizes. */
    public CausalKernel {
        within("rows", rows, 0, 64);
        within("reach", reach, 0, 1024);
        within("dilation", dilation, 1, 1 << 16);
        within("slope", slope, 1, 64);
        if (rows == 0 && reach == 0 && !self) {
            throw new IllegalArgumentException("a causal convolution must see something");
        }
    }

    /** The taps of a causal convolution of a sequence. */
    public static CausalKernel of(Layer.Conv1d layer) {
        if (!layer.causal()) {
            throw new IllegalArgumentException("convolution " + layer.name() + " is not causal");
        }
        return new CausalKernel(0, layer.kernel() - 1, layer.dilation(), 1, true);
    }

    static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be in [" + least + ", " + most + "], got " + value);
        }
    }

    /** Taps to the right of the place's column in a row above, or 0 in its own row. */
    public int right(int above) {
        return above == 0 ? 0 : Math.min(reach, slope * above - 1);
    }

    /** The most taps to the right in any row. */
    public int right() {
        return right(rows);
    }

    /** Taps in a row: from {@code -reach} to {@link #right} in rows above; in its own row up to the place or the one before it. */
    public int tapsInRow(int above) {
        return reach + right(above) + (above > 0 || self ? 1 : 0);
    }

    /** Number of taps. */
    public int taps() {
        int taps = 0;
        for (int above = 0; above <= rows; above++) {
            taps += tapsInRow(above);
        }
        return taps;
    }

    /**
     * Where each tap is in a rectangle of {@code rows + 1} rows of {@code reach + 1 + right()} places, in raster order: the rest of the
     * rectangle is not seen.
     */
    public int[] inRectangle() {
        int[] places = new int[taps()];
        int columns = reach + 1 + right();
        int next = 0;
        for (int above = rows; above >= 0; above--) {
            for (int tap = 0; tap < tapsInRow(above); tap++) {
                places[next++] = (rows - above) * columns + tap;
            }
        }
        return places;
    }
}
