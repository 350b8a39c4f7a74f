package dev.ardm.data.image;

/**
 * The samples of an image as its file holds them: row-major height, width, channel.
 *
 * @param bits 1, 2, 4 (grey only), 8 or 16 per channel
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; only carries values.
public record DecodedImage(int height, int width, int channels, int bits, int[] values) {
    int[] shape() {
        return new int[] {height, width, channels};
    }

    boolean hasAlpha() {
        return channels == 2 || channels == 4;
    }

    /** {@code 32x32, RGB with alpha (4 channels), 8 bits}. */
    String describe() {
        return height + "x" + width + ", " + kind(channels) + ", " + bits + (bits == 1 ? " bit" : " bits");
    }

    /** The same image with levels of few bits spread to 8. */
    public DecodedImage ofWholeBytes() {
        return bits >= 8 ? this : new ImageLayout(channels, 8).widen(this);
    }

    static String kind(int channels) {
        return switch (channels) {
            case 1 -> "grey (1 channel)";
            case 2 -> "grey with alpha (2 channels)";
            case 3 -> "RGB (3 channels)";
            case 4 -> "RGB with alpha (4 channels)";
            default -> channels + " channels";
        };
    }
}
