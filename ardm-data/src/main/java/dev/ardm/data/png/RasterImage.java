package dev.ardm.data.png;

/**
 * The samples of an image as its file stores them.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param kind what they mean
 * @param bits of each sample: 1, 2, 4 (grey and palettes only), 8 or 16 (no palettes)
 * @param samples {@code height x width x channels}, row-major, each in [0, 2^bits)
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; only carries values.
public record RasterImage(int height, int width, ColourKind kind, int bits, int[] samples) {
    /**
     * @throws IllegalArgumentException if the image does not exist
     */
    public RasterImage {
        if (height < 1 || width < 1 || !kind.allows(bits)) {
            throw new IllegalArgumentException(
                    "no image: " + height + "x" + width + ", " + kind + " of " + bits + " bits");
        }
        if (samples.length != (long) height * width * kind.channels()) {
            throw new IllegalArgumentException(
                    "an image of " + height + "x" + width + ", " + kind + ", has not " + samples.length + " samples");
        }
    }

    /** Their number. */
    public int pixels() {
        return height * width;
    }

    /** Bytes of a whole pixel, at least 1: how far PNG's filters look back. */
    int pixelBytes() {
        return Math.max(1, kind.channels() * bits / 8);
    }
}
